using System.Globalization;
using SmartRadio.Controller;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Web.Schedules;

/// <summary>A block of the week: one entry, or those that share a minute, or an hour of a crowded day.</summary>
/// <param name="Day">0 to 6, from Monday.</param>
/// <param name="From">Minutes after midnight.</param>
/// <param name="To">Minutes after midnight, at least <see cref="WeekGrid.Shortest"/> later.</param>
/// <param name="Lane">From the left.</param>
/// <param name="Lanes">How many stand side by side there.</param>
internal sealed record WeekBlock(int Day, double From, double To, int Lane, int Lanes, IReadOnlyList<CalendarEntry> Entries);

/// <summary>Lays a week out: a column a day, midnight above.</summary>
internal static class WeekGrid
{
    /// <summary>Minutes that a block is high at least, so that a line of text fits in.</summary>
    public const int Shortest = 40;

    private const int Minutes = 24 * 60;
    private const int MostLanes = 3;
    private const int Hour = 60;

    /// <summary>Of a day; more could not be told apart, and thousands make a page that a weak line does not carry.</summary>
    private const int MostBlocks = 48;

    /// <param name="entries">By start.</param>
    /// <param name="place">The column and the minutes after midnight of an instant.</param>
    public static IReadOnlyList<WeekBlock> Of(
        IEnumerable<CalendarEntry> entries, Func<DateTimeOffset, (int Day, double Minute)> place)
    {
        var blocks = new List<WeekBlock>();
        foreach (var day in entries.GroupBy(entry => place(entry.Start).Day).Where(day => day.Key is >= 0 and < 7))
        {
            var group = new List<WeekBlock>();
            var end = 0.0;
            var minutes = day.Select(entry => (int)place(entry.Start).Minute).Distinct().Count();
            var shared = minutes > MostBlocks ? Hour : 1;
            foreach (var minute in day.GroupBy(entry => (int)place(entry.Start).Minute / shared * shared)
                .OrderBy(each => each.Key))
            {
                var from = Math.Min(minute.Key, Minutes - Shortest);
                var to = Math.Min(Minutes, from + Math.Max(Shortest, minute.Max(entry => entry.Length.TotalMinutes)));
                if (from >= end && group.Count > 0)
                {
                    blocks.AddRange(SideBySide(group));
                    group.Clear();
                }

                group.Add(new WeekBlock(day.Key, from, to, Lane: 0, Lanes: 1, [.. minute]));
                end = Math.Max(end, to);
            }

            blocks.AddRange(SideBySide(group));
        }

        return blocks;
    }

    /// <summary>The day that an address names; today where it names none, or one that the calendar does not know.</summary>
    public static DateOnly DayOf(string? text, DateOnly today) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day > LunarCalendar.FirstDay.AddYears(1) && day < LunarCalendar.LastDay.AddYears(-1)
            ? day
            : today;

    /// <summary>The Monday of its week.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>Blocks that overlap one another share the width of the day; more than three in a row begin again.</summary>
    private static List<WeekBlock> SideBySide(List<WeekBlock> group)
    {
        var ends = new double[Math.Min(MostLanes, group.Count)];
        var placed = new List<WeekBlock>();
        foreach (var block in group)
        {
            var lane = Array.FindIndex(ends, end => end <= block.From);
            lane = lane < 0 ? placed.Count % ends.Length : lane;
            ends[lane] = block.To;
            placed.Add(block with { Lane = lane });
        }

        var lanes = placed.Count == 0 ? 1 : placed.Max(block => block.Lane) + 1;
        return placed.ConvertAll(block => block with { Lanes = lanes });
    }
}
