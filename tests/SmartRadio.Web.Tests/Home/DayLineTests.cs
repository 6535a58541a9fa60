using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;
using SmartRadio.Web.Home;
using static SmartRadio.Controller.Broadcasts.BroadcastProgress;

namespace SmartRadio.Web.Tests.Home;

public sealed class DayLineTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void Broadcast_stands_at_its_time_for_its_length()
    {
        var block = Assert.Single(Of(Row(5 * 60, 45, Heard)));

        Assert.Equal((300, 345, 0, Heard), (block.From, block.To, block.Lane, block.Progress));
    }

    [Fact]
    public void Short_broadcast_is_wide_enough_to_be_seen() =>
        Assert.Equal(DayLine.Narrowest, Assert.Single(Of(Row(300, 1, Waiting))).To - 300);

    [Fact]
    public void Broadcast_before_midnight_stays_in_the_picture()
    {
        var block = Assert.Single(Of(Row(1439, 30, Waiting)));

        Assert.Equal((DayLine.Minutes - DayLine.Narrowest, DayLine.Minutes), (block.From, block.To));
    }

    [Fact]
    public void Overlapping_broadcasts_stand_below_each_other()
    {
        var blocks = Of(Row(300, 60, Heard), Row(310, 60, Heard), Row(320, 60, Heard), Row(330, 60, Heard), Row(560, 10, Heard));

        Assert.Equal([0, 1, 2, 2, 0], blocks.Select(block => block.Lane));
    }

    [Fact]
    public void Each_block_near_others_is_wide_enough_for_a_finger()
    {
        var links = Links(Row(0, 1, Heard), Row(300, 1, Heard), Row(360, 1, Heard), Row(420, 1, Heard), Row(1430, 1, Waiting));

        Assert.Equal([1, 1, 1, 1, 1], links.Select(link => link.Blocks.Count));
        Assert.Equal([0, 0, 1, 2, 0], links.Select(link => link.Lane));
        Assert.All(links, link => Assert.InRange(link.To - link.From, DayLine.Finger, DayLine.Minutes));
        Assert.Equal((0, (double)DayLine.Minutes), (links[0].From, links[^1].To));
    }

    [Fact]
    public void Blocks_too_near_for_a_finger_are_touched_together()
    {
        var links = Links(Row(300, 5, Heard), Row(310, 5, Heard), Row(320, 5, Heard), Row(330, 5, Heard), Row(340, 5, Waiting));

        Assert.Equal([1, 1, 3], links.Select(link => link.Blocks.Count));
        Assert.Equal(360, links[2].Blocks[^1].To);
        Assert.InRange(links[2].To, 360, DayLine.Minutes);
    }

    [Fact]
    public void Thousands_at_one_minute_are_one_block_for_each_progress()
    {
        var rows = Enumerable.Range(0, 3000).Select(i => Row(300, 5, i % 2 == 0 ? Heard : NotReached)).ToArray();

        Assert.Equal([1500, 1500], Of(rows).Select(block => block.Rows.Count));
    }

    [Fact]
    public void Quiet_hours_over_midnight_are_two_spans()
    {
        Assert.Equal([(0, 285), (1320, 1440)], QuietHours.Default.Spans());
        Assert.Equal([(720, 840)], new QuietHours(new TimeOnly(12, 0), new TimeOnly(14, 0)).Spans());
        Assert.Empty(QuietHours.None.Spans());
    }

    private static List<DayBlock> Of(params BroadcastRow[] rows) => [.. Links(rows).SelectMany(link => link.Blocks)];

    private static IReadOnlyList<DayLink> Links(params BroadcastRow[] rows) =>
        DayLine.Of(rows, instant => (instant - Midnight).TotalMinutes);

    private static BroadcastRow Row(int minute, int length, BroadcastProgress progress) => new(
        minute, new AiredBulletin(1, "Tin"), BroadcastClass.Normal, BroadcastState.Planned, Midnight.AddMinutes(minute),
        TimeSpan.FromMinutes(length), new TargetCounts([(progress, 1)], isPart: false));
}
