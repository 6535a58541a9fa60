using System.Globalization;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>Wall clocks in Viet Nam, which the program goes by wherever it runs.</summary>
internal static class VietnamTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    public static DateTime Of(DateTimeOffset instant) => instant.ToOffset(Offset).DateTime;

    /// <summary>The first Monday after today, as fields and addresses say a day.</summary>
    public static string NextMonday()
    {
        var today = DateOnly.FromDateTime(Of(DateTimeOffset.UtcNow));
        return today.AddDays(7 - (((int)today.DayOfWeek + 6) % 7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A whole second so far ahead, and never second 0, which browsers leave out of what they show.</summary>
    public static DateTimeOffset Ahead(TimeSpan ahead)
    {
        var second = (DateTimeOffset.UtcNow + ahead).ToUnixTimeSeconds() + 1;
        return DateTimeOffset.FromUnixTimeSeconds(second % 60 == 0 ? second + 1 : second);
    }
}
