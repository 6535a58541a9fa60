namespace SmartRadio.Controller.People;

/// <summary>Why something about people, passwords and keys was refused.</summary>
[RefusalCodes]
public static class PersonRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownApiKey = nameof(UnknownApiKey);

    public const string SignInFailed = nameof(SignInFailed);

    public const string LockedOut = nameof(LockedOut);

    public const string PasswordTooWeak = nameof(PasswordTooWeak);

    public const string PasswordWrong = nameof(PasswordWrong);

    public const string UserNameTaken = nameof(UserNameTaken);
}
