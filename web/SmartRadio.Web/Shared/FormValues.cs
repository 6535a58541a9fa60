using System.Globalization;
using SmartRadio.Controller;
using SmartRadio.Controller.Access;

namespace SmartRadio.Web.Shared;

/// <summary>Reads what a browser's fields send; anything else is refused by the field's name.</summary>
internal static class FormValues
{
    private static readonly string[] InstantShapes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] ClockShapes = ["HH:mm", "HH:mm:ss"];

    /// <summary>A field of type "datetime-local": what the clocks here show.</summary>
    public static DateTimeOffset Instant(string? text, string field, LocalTime time) =>
        DateTime.TryParseExact(text, InstantShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? time.InstantOf(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : throw new RefusedException(Refusal.Malformed, field);

    public static DateOnly Day(string? text, string field) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new RefusedException(Refusal.Malformed, field);

    public static TimeOnly Clock(string? text, string field) =>
        TimeOnly.TryParseExact(text, ClockShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            ? clock
            : throw new RefusedException(Refusal.Malformed, field);

    /// <summary>The number of a row, or null.</summary>
    public static long? Id(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The number of a row; nothing written = null.</summary>
    public static long? OptionalId(string? text, string field) => string.IsNullOrEmpty(text)
        ? null
        : Id(text) ?? throw new RefusedException(Refusal.Malformed, field);

    /// <summary>A whole number, at most a million either way: enough for all fields, and no sum of two overflows.</summary>
    public static int Number(string? text, string field) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is >= -1_000_000 and <= 1_000_000
            ? number
            : throw new RefusedException(Refusal.Malformed, field);

    /// <summary>
    /// Seconds with a point before the decimals, at most a million; nothing written = 0. The parser reads "-Infinity" and "NaN",
    /// whatever the style.
    /// </summary>
    public static TimeSpan Seconds(string? text, string field) =>
        string.IsNullOrEmpty(text)
            ? TimeSpan.Zero
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= 0 and <= 1_000_000
                ? TimeSpan.FromSeconds(seconds)
                : throw new RefusedException(Refusal.Malformed, field);

    /// <summary>A number of a list of choices, with a point before the decimals, at most a million; nothing written = the usual
    /// one.</summary>
    public static double Decimal(string? text, double usual, string field) =>
        string.IsNullOrEmpty(text)
            ? usual
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number is >= 0 and <= 1_000_000
                ? number
                : throw new RefusedException(Refusal.Malformed, field);

    public static Role Role(string? text) => Choice<Role>(text) ?? throw new RefusedException(Refusal.Malformed, "role");

    /// <summary>
    /// A choice by its one name in any case, or null. The library's parser takes numbers too, and adds those of a list.
    /// </summary>
    public static T? Choice<T>(string? text)
        where T : struct, Enum =>
        Array.FindIndex(Enum.GetNames<T>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at
            ? Enum.GetValues<T>()[at]
            : null;

    /// <summary>Seconds of a body, at most a million; what lies below zero is for the command to refuse.</summary>
    public static TimeSpan Seconds(double seconds, string field) => double.IsNaN(seconds)
        ? throw new RefusedException(Refusal.Malformed, field)
        : TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1_000_000));
}
