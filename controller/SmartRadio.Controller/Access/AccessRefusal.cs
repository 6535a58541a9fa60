namespace SmartRadio.Controller.Access;

/// <summary>Why something about roles was refused.</summary>
[RefusalCodes]
public static class AccessRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownPerson = nameof(UnknownPerson);

    [Refusal(RefusalKind.Unknown)]
    public const string UnknownRole = nameof(UnknownRole);

    /// <summary>The person holds the role there already.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string RoleHeld = nameof(RoleHeld);

    /// <summary>Somebody must be left who can give roles everywhere.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string LastAdministrator = nameof(LastAdministrator);
}
