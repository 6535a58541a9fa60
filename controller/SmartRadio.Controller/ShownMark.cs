using System.Security.Cryptography;
using System.Text.Json;

namespace SmartRadio.Controller;

/// <summary>
/// A short mark of values as a form shows them. The form sends it back, so that a change that was made meanwhile is not undone
/// unread.
/// </summary>
internal static class ShownMark
{
    private const int Bytes = 8;

    public static string Of(params object?[] values) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(values)).AsSpan(0, Bytes));

    /// <param name="seen">The mark of what somebody has seen; null = he sets the values whatever they are.</param>
    /// <param name="now">The mark of what they are.</param>
    /// <exception cref="RefusedException"><see cref="Refusal.ChangedMeanwhile"/>.</exception>
    public static void Check(string? seen, string now)
    {
        if (seen is not null && seen != now)
        {
            throw new RefusedException(Refusal.ChangedMeanwhile);
        }
    }
}
