namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>Who needs a second factor.</summary>
public sealed class SecondFactorOptions
{
    /// <summary>Everybody, from the next look at a page on; otherwise it is each person's choice.</summary>
    public bool SecondFactorForAll { get; set; }
}
