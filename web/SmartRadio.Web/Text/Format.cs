using System.Globalization;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller;

namespace SmartRadio.Web.Text;

/// <summary>Writes values the way people here read them: local time, day before month, lengths in minutes.</summary>
internal sealed class Format(IStringLocalizer<ScreenText> screen, LocalTime time)
{
    /// <summary>"05:00:00 hôm nay" or "05:00:00 21/11/2026".</summary>
    public string Instant(DateTimeOffset instant)
    {
        var local = time.Of(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{local:HH:mm:ss} {DayFromToday(local)}");
    }

    /// <summary>"05:00 hôm nay" or "05:00 T7, 21/11/2026".</summary>
    public string Minute(DateTimeOffset instant)
    {
        var local = time.Of(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{local:HH:mm} {DayFromToday(local, isNamed: true)}");
    }

    /// <summary>"05:00 thứ Hai 21/11".</summary>
    public string Weekday(DateTimeOffset instant)
    {
        var local = time.Of(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{local:HH:mm} {Of(local.DayOfWeek)} {local:dd/MM}");
    }

    /// <summary>An instant that somebody planned: its seconds only where it has some.</summary>
    public string Planned(DateTimeOffset instant) => instant.Second == 0 ? Minute(instant) : Instant(instant);

    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string Clock(TimeOnly clock) =>
        clock.ToString(clock.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>"3:05" or "1:02:05".</summary>
    public static string Length(TimeSpan length)
    {
        var rounded = TimeSpan.FromSeconds(Math.Round(length.TotalSeconds));
        return rounded.ToString(rounded.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>A signed length, to the second: "+24:00:00".</summary>
    public static string Difference(TimeSpan length)
    {
        var seconds = (long)Math.Round(Math.Abs(length.TotalSeconds));
        var sign = length < TimeSpan.Zero ? '−' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    /// <summary>How long ago, in the coarsest unit that says something.</summary>
    public string Ago(DateTimeOffset instant)
    {
        var ago = time.Now - instant;
        return ago switch
        {
            { TotalSeconds: < 60 } => screen["Ago.Moment"],
            { TotalMinutes: < 60 } => screen["Ago.Minutes", (int)ago.TotalMinutes],
            { TotalHours: < 24 } => screen["Ago.Hours", (int)ago.TotalHours],
            _ => screen["Ago.Days", (int)ago.TotalDays],
        };
    }

    /// <summary>A number with one decimal, in the reader's notation.</summary>
    public static string Number(double value) => value.ToString("0.0", CultureInfo.CurrentCulture);

    /// <summary>The screen's word for a member of an enumeration: resource "Type.Member".</summary>
    public string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => screen[$"{typeof(TEnum).Name}.{value}"];

    private string DayFromToday(DateTime local, bool isNamed = false) => (local.Date - time.Of(time.Now).Date).Days switch
    {
        -1 => screen["Day.Yesterday"].Value,
        0 => screen["Day.Today"].Value,
        1 => screen["Day.Tomorrow"].Value,
        _ => (isNamed ? $"{screen[$"DayOfWeek.Short.{local.DayOfWeek}"]}, " : string.Empty)
            + Day(DateOnly.FromDateTime(local.Date)),
    };
}
