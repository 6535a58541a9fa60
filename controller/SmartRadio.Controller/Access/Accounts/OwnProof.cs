namespace SmartRadio.Controller.Access.Accounts;

/// <summary>What people give to show again that it is they who ask.</summary>
/// <param name="Password">The present one.</param>
/// <param name="Code">Digits of the app, or a recovery code; not looked at where no second factor is set up.</param>
public sealed record OwnProof(string Password, string Code = "")
{
    /// <summary>Keeps password and code out of logs.</summary>
    public override string ToString() => "a proof";
}
