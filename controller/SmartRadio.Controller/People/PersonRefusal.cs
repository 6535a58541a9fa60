namespace SmartRadio.Controller.People;

/// <summary>Why something about people, passwords and keys was refused.</summary>
[RefusalCodes]
public static class PersonRefusal
{
    public const string SignInFailed = nameof(SignInFailed);

    public const string LockedOut = nameof(LockedOut);

    public const string PasswordTooWeak = nameof(PasswordTooWeak);

    public const string PasswordWrong = nameof(PasswordWrong);

    /// <summary>The digits or the recovery code do not fit, or were used before.</summary>
    public const string CodeWrong = nameof(CodeWrong);

    public const string UserNameTaken = nameof(UserNameTaken);
}
