namespace SmartRadio.Controller.People;

/// <summary>Why something about people, passwords and keys was refused.</summary>
[RefusalCodes]
public static class PersonRefusal
{
    public const string SignInFailed = nameof(SignInFailed);

    [Refusal(RefusalKind.TooMany)]
    public const string LockedOut = nameof(LockedOut);

    public const string PasswordTooWeak = nameof(PasswordTooWeak);

    /// <summary>It is among the first that somebody tries: common, or made of names that are known here.</summary>
    public const string PasswordGuessable = nameof(PasswordGuessable);

    /// <summary>A printed password is changed to another one.</summary>
    public const string PasswordSame = nameof(PasswordSame);

    /// <summary>The last proof of who sits there is too old for what is asked.</summary>
    public const string ProofNeeded = nameof(ProofNeeded);

    public const string PasswordWrong = nameof(PasswordWrong);

    /// <summary>A second factor is set up, and the proof has no code.</summary>
    public const string CodeNeeded = nameof(CodeNeeded);

    /// <summary>The digits or the recovery code do not fit, or were used before.</summary>
    public const string CodeWrong = nameof(CodeWrong);

    public const string EmailWrong = nameof(EmailWrong);

    public const string UserNameTaken = nameof(UserNameTaken);

    /// <summary>With the name, and the one it could be taken for.</summary>
    public const string NameLooksTaken = nameof(NameLooksTaken);
}
