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

    /// <summary>With the most people.</summary>
    public const string TooManyPeople = nameof(TooManyPeople);

    /// <summary>With the most roles of all people.</summary>
    public const string TooManyRoles = nameof(TooManyRoles);

    /// <summary>With the most roles of one person.</summary>
    public const string TooManyOwnRoles = nameof(TooManyOwnRoles);

    [Refusal(RefusalKind.Unknown)]
    public const string UnknownApiKey = nameof(UnknownApiKey);

    /// <summary>With the most keys that one person may have.</summary>
    public const string TooManyApiKeys = nameof(TooManyApiKeys);

    [Refusal(RefusalKind.Unknown)]
    public const string UnknownSession = nameof(UnknownSession);

    /// <summary>A key is limited to roles that the person holds; at least one.</summary>
    public const string RoleNotHeld = nameof(RoleNotHeld);

    /// <summary>With the most days that a key may last.</summary>
    public const string ExpiryOutOfRange = nameof(ExpiryOutOfRange);

    /// <summary>Administrators and alert officers keep it.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string SecondFactorRequired = nameof(SecondFactorRequired);

    [Refusal(RefusalKind.Conflict)]
    public const string NoSecondFactor = nameof(NoSecondFactor);
}
