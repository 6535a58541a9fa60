using System.Security.Cryptography;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>What opens in place of the six digits when the phone is lost. Each code works once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    // Without characters that look alike on paper: 10 of these 29 are 48 bits.
    private const string Alphabet = "abcdefghjkmnpqrtuvwxyz2346789";
    private const int HalfLength = 5;

    /// <summary>New codes, "abcde-fghjk".</summary>
    public static IReadOnlyList<string> New() =>
        [.. Enumerable.Range(0, Count).Select(_ => Half() + "-" + Half())];

    /// <summary>A code as it was printed, however it was typed; null when it has not the length of one.</summary>
    public static string? Read(string typed)
    {
        var letters = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return letters.Length == 2 * HalfLength ? letters.Insert(HalfLength, "-") : null;
    }

    private static string Half() => RandomNumberGenerator.GetString(Alphabet, HalfLength);
}
