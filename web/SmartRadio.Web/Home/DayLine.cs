using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;

namespace SmartRadio.Web.Home;

/// <summary>One broadcast on the line of a day, or several that begin in one minute and got equally far.</summary>
/// <param name="From">Minutes after midnight.</param>
/// <param name="To">Minutes after midnight, at least <see cref="DayLine.Narrowest"/> later.</param>
/// <param name="Lane">From above, 0 to <see cref="DayLine.Lanes"/> - 1.</param>
internal sealed record DayBlock(double From, double To, int Lane, BroadcastProgress Progress, IReadOnlyList<BroadcastRow> Rows)
{
    public bool IsUrgent => Rows.Any(row => row.Class == BroadcastClass.Emergency);
}

/// <summary>The picture of a day: its broadcasts side by side from 0 to 24 h, and the hours in which nothing may sound.</summary>
internal static class DayLine
{
    public const int Minutes = 24 * 60;
    public const int Lanes = 3;

    /// <summary>Minutes that a block is wide at least: on a phone 330 pixels stand for the day.</summary>
    public const int Narrowest = 20;

    /// <param name="rows">Broadcasts of the day.</param>
    /// <param name="minute">Minutes from midnight to an instant, on the wall clock.</param>
    public static IReadOnlyList<DayBlock> Of(IEnumerable<BroadcastRow> rows, Func<DateTimeOffset, double> minute)
    {
        var ends = new double[Lanes];
        var blocks = new List<DayBlock>();
        var groups = rows.GroupBy(row => ((int)minute(row.Start), row.Progress)).OrderBy(group => group.Key.Item1)
            .ThenBy(group => group.Key.Progress);
        foreach (var group in groups)
        {
            var from = Math.Clamp(group.Key.Item1, 0, Minutes - Narrowest);
            var to = Math.Min(Minutes, group.Max(row => Math.Max(from + Narrowest, minute(row.Start) + row.Length.TotalMinutes)));
            var lane = Array.FindIndex(ends, end => end <= from);
            lane = lane < 0 ? Lanes - 1 : lane;
            ends[lane] = Math.Max(ends[lane], to);
            blocks.Add(new DayBlock(from, to, lane, group.Key.Progress, [.. group]));
        }

        return blocks;
    }
}
