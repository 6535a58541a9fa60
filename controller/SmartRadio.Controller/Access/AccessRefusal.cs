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

    /// <summary>The link was used, ended or replaced, or its time is over.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string InvitationEnded = nameof(InvitationEnded);

    /// <summary>Whoever is kept out gets no link.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string PersonDisabled = nameof(PersonDisabled);
}
