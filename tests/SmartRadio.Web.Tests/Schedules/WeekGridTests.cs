using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;
using SmartRadio.Web.Schedules;

namespace SmartRadio.Web.Tests.Schedules;

public sealed class WeekGridTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void Block_stands_at_its_day_and_time_for_its_length()
    {
        var block = Assert.Single(Of(Entry(2, 300, 45)));

        Assert.Equal((2, 300, 345, 0, 1), (block.Day, block.From, block.To, block.Lane, block.Lanes));
    }

    [Fact]
    public void Overlapping_blocks_share_the_width_and_others_do_not()
    {
        var blocks = Of(Entry(0, 300, 60), Entry(0, 330, 60), Entry(0, 600, 60));

        Assert.Equal([(0, 2), (1, 2), (0, 1)], blocks.Select(block => (block.Lane, block.Lanes)));
    }

    [Fact]
    public void Entries_of_one_minute_are_one_block() =>
        Assert.Equal(4, Assert.Single(Of([.. Enumerable.Repeat(Entry(3, 300, 5), 4)])).Entries.Count);

    [Fact]
    public void Crowd_stays_within_the_width()
    {
        var blocks = Of([.. Enumerable.Range(0, 100).Select(minute => Entry(1, 300 + minute, 200))]);

        Assert.All(blocks, block => Assert.True(block.Lane < block.Lanes && block.Lanes <= 3));
    }

    [Fact]
    public void Crowded_day_is_drawn_by_the_hour()
    {
        var blocks = Of([.. Enumerable.Range(0, 1400).Select(minute => Entry(1, minute, 1)), Entry(2, 300, 5), Entry(2, 301, 5)]);

        Assert.Equal((24, 2), (blocks.Count(block => block.Day == 1), blocks.Count(block => block.Day == 2)));
        Assert.Equal(1400, blocks.Where(block => block.Day == 1).Sum(block => block.Entries.Count));
    }

    [Fact]
    public void Block_before_midnight_stays_in_its_column() =>
        Assert.Equal(24 * 60, Assert.Single(Of(Entry(6, 1439, 30))).To);

    [Fact]
    public void Days_of_other_weeks_are_left_out() => Assert.Empty(Of(Entry(7, 300, 5), Entry(-1, 300, 5)));

    private static IReadOnlyList<WeekBlock> Of(params CalendarEntry[] entries) => WeekGrid.Of(entries, instant =>
    {
        var since = instant - Monday;
        return ((int)Math.Floor(since.TotalDays), (since - TimeSpan.FromDays(Math.Floor(since.TotalDays))).TotalMinutes);
    });

    private static CalendarEntry Entry(int day, int minute, int length) => new(
        Monday.AddDays(day).AddMinutes(minute), TimeSpan.FromMinutes(length), "Tin", BroadcastClass.Normal, Broadcast: null,
        Schedule: null);
}
