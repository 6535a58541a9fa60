using System.Security.Cryptography;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>A person whose password was made by the program.</summary>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="Password">To be printed once; only its hash is kept.</param>
public sealed record GeneratedPassword(string UserName, string Password)
{
    private const int Length = 23;

    // Without characters that look alike on paper: 23 of these 54 are 132 bits.
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyzACDEFGHJKLMNPQRTUVWXYZ2346789";

    /// <summary>Keeps the password out of logs.</summary>
    public override string ToString() => $"password of {UserName}";

    internal static GeneratedPassword For(string userName) => new(userName, RandomNumberGenerator.GetString(Alphabet, Length));
}
