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

/// <summary>What a finger touches: one block, or several where more stand so near that each would be too small.</summary>
/// <param name="From">Minutes after midnight, at most where the first block begins.</param>
/// <param name="To">Minutes after midnight, at least where the last block ends.</param>
internal sealed record DayLink(double From, double To, int Lane, IReadOnlyList<DayBlock> Blocks)
{
    public IEnumerable<BroadcastRow> Rows => Blocks.SelectMany(block => block.Rows);
}

/// <summary>The picture of a day: its broadcasts side by side from 0 to 24 h, and the hours in which nothing may sound.</summary>
internal static class DayLine
{
    public const int Minutes = 24 * 60;
    public const int Lanes = 3;

    /// <summary>Minutes that a block is wide at least: on a phone 330 pixels stand for the day.</summary>
    public const int Narrowest = 20;

    /// <summary>Minutes that stand for 24 pixels where the day has 254, on the narrowest phone.</summary>
    public const int Finger = 140;

    /// <summary>What is touched, by time. Blocks whose places to touch would overlap stand below each other.</summary>
    /// <param name="rows">Broadcasts of the day.</param>
    /// <param name="minute">Minutes from midnight to an instant, on the wall clock.</param>
    public static IReadOnlyList<DayLink> Of(IEnumerable<BroadcastRow> rows, Func<DateTimeOffset, double> minute)
    {
        var last = new int?[Lanes];
        var links = new List<DayLink>();
        var groups = rows.GroupBy(row => ((int)minute(row.Start), row.Progress)).OrderBy(group => group.Key.Item1)
            .ThenBy(group => group.Key.Progress);
        foreach (var group in groups)
        {
            var from = Math.Clamp(group.Key.Item1, 0, Minutes - Narrowest);
            var to = Math.Min(Minutes, group.Max(row => Math.Max(from + Narrowest, minute(row.Start) + row.Length.TotalMinutes)));
            var wide = Math.Max(0, Finger - (to - from)) / 2;
            var (left, right) = (Math.Max(0, from - wide), Math.Min(Minutes, to + wide));
            (left, right) = (Math.Min(left, Minutes - Finger), Math.Max(right, Finger));
            var lane = Array.FindIndex(last, at => at is not { } before || links[before].To <= left);
            var isFree = lane >= 0;
            lane = isFree ? lane : Lanes - 1;
            var block = new DayBlock(from, to, lane, group.Key.Progress, [.. group]);
            if (isFree)
            {
                last[lane] = links.Count;
                links.Add(new DayLink(left, right, lane, [block]));
            }
            else
            {
                var near = links[last[lane]!.Value];
                links[last[lane]!.Value] = near with { To = Math.Max(near.To, to), Blocks = [.. near.Blocks, block] };
            }
        }

        return links;
    }
}
