using System.Security.Cryptography;
using System.Text;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>What opens in place of the six digits when the phone is lost. Each code works once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    private const int HashBytes = 16;

    /// <summary>As many rounds as a password's hash has.</summary>
    private const int Rounds = 210_000;

    // Without characters that look alike on paper: 10 of these 29 are 48 bits.
    private const string Alphabet = "abcdefghjkmnpqrtuvwxyz2346789";
    private const int HalfLength = 5;

    /// <summary>New codes, "abcde-fghjk".</summary>
    public static IReadOnlyList<string> New() =>
        [.. Enumerable.Range(0, Count).Select(_ => Half() + "-" + Half())];

    /// <summary>What is kept of these codes. It takes half a second on purpose, and so comes before a change.</summary>
    /// <param name="codes">As <see cref="New"/> gives them.</param>
    /// <param name="authenticatorKey">See <see cref="HashOf"/>.</param>
    public static IReadOnlyList<string> HashesOf(IReadOnlyList<string> codes, string authenticatorKey) =>
        [.. codes.Select(code => HashOf(code, authenticatorKey))];

    /// <summary>A code as it was printed, however it was typed; null when it has not the length of one.</summary>
    public static string? Read(string typed)
    {
        var letters = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return letters.Length == 2 * HalfLength ? letters.Insert(HalfLength, "-") : null;
    }

    /// <summary>
    /// What is kept of a code: PBKDF2 over SHA-256 in base64, so that a copy of the database with its keys opens no account.
    /// </summary>
    /// <param name="code">As <see cref="Read"/> gives it.</param>
    /// <param name="authenticatorKey">Salts it: 20 random bytes of the person's own.</param>
    public static string HashOf(string code, string authenticatorKey) => Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(
        code, Encoding.ASCII.GetBytes(authenticatorKey), Rounds, HashAlgorithmName.SHA256, HashBytes));

    private static string Half() => RandomNumberGenerator.GetString(Alphabet, HalfLength);
}
