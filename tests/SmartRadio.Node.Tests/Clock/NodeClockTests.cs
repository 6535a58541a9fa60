using SmartRadio.Node.Clock;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Clock;

public class NodeClockTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3_000_000, 50)]
    [InlineData(-7_000_000, -50)]
    public void Clock_finds_the_start_within_milliseconds_over_an_uneven_line(long ahead, long drift)
    {
        var random = new Random(11);
        var station = new Station { Delay = () => 5000 + random.Next(20_000) }.Boot(ahead, drift).Connect().RunFor(5000);
        var sound = station.Serve(8000);
        var start = World.Dawn + 600_000;

        station.Plan(Entry(1, sound, start)).RunTo(start + 3000);

        Assert.Equal(start * 1000, Assert.Single(station.Output.Heard).FirstAt, 5000.0);
    }

    [Fact]
    public void Clock_asks_often_at_first_and_every_quarter_of_a_minute_in_the_end()
    {
        var random = new Random(5);
        var station = new Station { Delay = () => 20_000 + random.Next(20_000) }.Boot().Connect().RunFor(6000);
        Assert.InRange(Questions(station), 4, 7);

        Assert.InRange(Questions(station.RunFor(310_000)), 195, 215);

        var early = Questions(station);
        Assert.InRange(Questions(station.RunFor(1650_000)) - early, 190, 210);

        station.RunFor(1_750_000);
        var before = Questions(station);
        Assert.InRange(Questions(station.RunFor(1650_000)) - before, 92, 108);
        // Over a day no more than one in fifteen seconds.
        Assert.True(before + (((24 * 3600) - 3716) / 16.5) <= 24 * 3600 / 15.0);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    public void Clock_asks_no_more_than_usual_where_a_few_answers_leave_no_doubt(int drift)
    {
        var random = new Random(7);
        var station = new Station { Delay = () => 500 + random.Next(1_000) }.Boot(0, drift).Connect().RunFor(3_600_000);
        var sound = station.Serve(8000);
        var start = station.World.Now + 60_000;

        station.Plan(Entry(1, sound, start)).RunTo(start + 3000);

        Assert.InRange(Questions(station), 3600 / 18, (3600 / 15) + 10);
        Assert.Equal(start * 1000, Assert.Single(station.Output.Heard).FirstAt, 2000.0);
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, -50)]
    [InlineData(3, 20)]
    public void Clock_learns_the_drift_and_stays_right_through_hours_without_a_link(int seed, int drift)
    {
        var (station, start) = AfterTwoHoursOnAnUnevenLine(seed, drift);

        station.RunTo(start + 3000);

        // Without the estimate it would be off by half a second.
        Assert.Equal(start * 1000, Assert.Single(station.Output.Heard).FirstAt, 30_000.0);
    }

    [Fact]
    public void Clock_keeps_time_and_drift_through_a_restart_without_a_link()
    {
        var (station, start) = AfterTwoHoursOnAnUnevenLine(seed: 4, drift: 50);
        station.RunFor(90 * 60_000);
        var ahead = station.Clock.KeptAhead;

        station.LosePower().Boot(ahead, 50).RunTo(start + 3000);

        Assert.Equal(start * 1000, Assert.Single(station.Output.Heard).FirstAt, 80_000.0);
    }

    [Fact]
    public void Clock_believes_no_answer_to_a_question_it_did_not_ask()
    {
        var station = new Station { AnswersClock = false }.Boot().Connect().RunFor(5000);
        var question = station.Up.Last(envelope => envelope.Type == (byte)UpType.ClockRequest);
        var reply = new ClockReply
        {
            RequestCounter = question.Counter + 1,
            NodeSent = ClockRequest.Read(question.Body).NodeSent,
            ControllerReceived = World.Dawn + 3600_000,
            ControllerSent = World.Dawn + 3600_000,
        };

        station.Send(CommandType.ClockReply, reply.Write()).RunFor(40_000);

        Assert.Equal(0, station.Beats.Last().ClockOffset);
        Assert.Equal(1, station.Beats.Last().Rejected);
    }

    [Theory]
    [InlineData(1_200)]
    [InlineData(300)]
    [InlineData(-300)]
    public void Clock_set_right_while_the_output_is_made_ready_keeps_the_instant(int wrong)
    {
        var station = new Station { AnswersClock = false }.Boot(wrong * 1000L).Connect().RunFor(5000);
        var sound = station.Serve(8000);
        var start = World.Dawn + 60_000;
        station.Plan(Entry(1, sound, start));
        while (!station.Output.IsOpen)
        {
            station.RunFor(10);
        }

        station.AnswersClock = true;
        station.Disconnect().Connect().RunTo(start + 3000);

        Assert.Equal(start * 1000, Assert.Single(station.Output.Heard).FirstAt, 10_000.0);
    }

    [Fact]
    public void Clock_believes_an_answer_only_once()
    {
        var station = new Station { AnswersClock = false }.Boot().Connect().RunFor(100);
        var question = station.Up.Last(envelope => envelope.Type == (byte)UpType.ClockRequest);
        var reply = new ClockReply
        {
            RequestCounter = question.Counter,
            NodeSent = ClockRequest.Read(question.Body).NodeSent,
            ControllerReceived = World.Dawn,
            ControllerSent = World.Dawn,
        };
        station.Send(CommandType.ClockReply, reply.Write()).RunFor(9000);

        station.Send(CommandType.ClockReply, reply.Write()).RunFor(40_000);

        Assert.InRange(station.Beats.Last().ClockOffset, -100, 0);
        Assert.Equal(1, station.Beats.Last().Rejected);
    }

    [Fact]
    public void Clock_follows_a_controller_whose_clock_was_stepped()
    {
        var filter = new OffsetFilter(0, 0);
        for (var i = 0; i < 20; i++)
        {
            filter.Add(i * 15_000_000L, (i * 15_000_000L) + 5000, (i * 15_000_000L) + 5000, (i * 15_000_000L) + 10_000);
        }

        Assert.Equal(0, filter.OffsetAt(300_000_000), 100.0);
        filter.Add(400_000_000, 460_005_000, 460_005_000, 400_010_000);

        Assert.Equal(60_000_000, filter.OffsetAt(400_010_000));
    }

    [Fact]
    public void Clock_trusts_the_least_delayed_exchange_of_each_direction()
    {
        var filter = new OffsetFilter(0, 0);
        filter.Add(0, 1_000_000 + 2000, 1_000_000 + 2000, 2000 + 90_000);
        filter.Add(100_000, 1_100_000 + 80_000, 1_180_000, 180_000 + 2000);

        Assert.Equal(1_000_000, filter.OffsetAt(182_000), 100.0);
    }

    private static int Questions(Station station) => station.Up.Count(envelope => envelope.Type == (byte)UpType.ClockRequest);

    /// <summary>A node that holds a broadcast for three hours later, and whose line was just cut.</summary>
    private static (Station Station, long Start) AfterTwoHoursOnAnUnevenLine(int seed, int drift)
    {
        var random = new Random(seed);
        var station = new Station { Delay = () => 10_000 + random.Next(100_000) }.Boot(0, drift).Connect().RunFor(2 * 3600_000);
        var sound = station.Serve(8000);
        station.Store(sound);
        var start = station.World.Now + (3 * 3600_000);
        station.Plan(Entry(1, sound, start)).RunFor(10_000).Disconnect();
        return (station, start);
    }
}
