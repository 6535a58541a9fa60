namespace NanoFramework.IlCheck;

/// <summary>One thing that must not reach a device.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Where">Assembly, type or method; for an instruction with its offset.</param>
/// <param name="What">What was found.</param>
public sealed record Finding(Rule Rule, string Where, string What)
{
    public override string ToString() => $"{Rule}: {Where}: {What}";
}
