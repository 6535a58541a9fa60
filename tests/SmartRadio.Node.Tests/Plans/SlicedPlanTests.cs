using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Plans;

/// <summary>A plan is taken over in slices, one a poll: what happens between two of them.</summary>
public class SlicedPlanTests
{
    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public SlicedPlanTests()
    {
        _sound = _station.Serve(8000);
        _station.Store(_sound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stop_between_slices_stops_what_the_plan_would_start(int polls)
    {
        _station.RunTo(Start - 5000).Plan([.. Later(63), Entry(64, _sound, Start)]);
        Poll(polls);

        _station.Send(CommandType.Stop, new StopCommand().Write()).RunTo(Start + 5000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal(
            [(ReceiptStep.Received, ReceiptReason.None), (ReceiptStep.Missed, ReceiptReason.Stopped)],
            _station.StepsOf(64).Where(step => step.Step != ReceiptStep.Verified));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Newer_plan_takes_the_place_of_one_half_taken(int polls)
    {
        _station.Plan([.. Later(63), Entry(64, _sound, Start)]);
        Poll(polls);

        _station.Plan([.. Later(62), Entry(65, _sound, Start + 2000)]).RunTo(Start + 10_000);

        Assert.Equal(65, Assert.Single(_station.Output.Heard).Broadcast);
        Assert.Equal(
            Enumerable.Range(1, 62).Append(65).Select(i => (long)i), Received().Where(broadcast => broadcast is < 63 or 65));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Power_cut_between_slices_loses_nothing(int polls)
    {
        _station.Plan([.. Later(63), Entry(64, _sound, Start)]);
        Poll(polls);

        _station.LosePower().Boot().Connect().RunTo(Start + 5000);

        Assert.Equal(64, Assert.Single(_station.Output.Heard).Broadcast);
        Assert.Equal(Enumerable.Range(1, 64).Select(i => (long)i), Received());
    }

    [Fact]
    public void Sound_that_a_plan_no_longer_names_ends_before_the_plan_is_taken()
    {
        var news = _station.Serve(80_000);
        _station.Store(news);
        _station.Plan(Entry(100, news, Start)).RunTo(Start + 2000);
        Assert.True(_station.Output.IsOpen);

        _station.Plan([.. Later(64)]);

        Assert.False(_station.Output.IsOpen);
    }

    [Fact]
    public void Broadcast_moved_away_is_not_made_ready_while_the_plan_is_taken()
    {
        _station.Plan(Entry(64, _sound, Start)).RunTo(Start - 9000);
        // Nobody polls while something takes long, and then it would be due.
        _station.World.Advance(2_000_000);

        _station.Plan([.. Later(63), Entry(64, _sound, Start + 30_000)]).RunTo(Start + 5000);

        Assert.Equal(0, _station.Output.OpenedAt);
    }

    [Fact]
    public void Sound_goes_on_and_the_next_start_is_kept_while_plans_are_taken()
    {
        var news = _station.Serve(80_000);
        _station.Store(news);
        PlanEntry[] fixedOnes = [Entry(100, news, Start), Entry(101, _sound, Start + 10_000)];
        _station.Plan(fixedOnes).RunTo(Start + 1000);
        for (var second = 0; second < 10; second++)
        {
            _station.Plan([.. fixedOnes, .. Later(60)]).RunFor(1000);
        }

        _station.RunTo(Start + 15_000);

        Assert.Equal([100L, 101L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal(news.Samples, _station.Output.Heard[0].Samples);
        Assert.Equal((Start + 10_000) * 1000, _station.Output.Heard[1].FirstAt, 62.5);
        Assert.False(_station.Output.RanDry);
    }

    private IEnumerable<long> Received() => _station.Receipts.Values
        .Where(receipt => receipt.Step == ReceiptStep.Received).Select(receipt => receipt.Broadcast);

    /// <summary>Broadcasts 1 and up, hours away.</summary>
    private IEnumerable<PlanEntry> Later(int count) =>
        Enumerable.Range(1, count).Select(i => Entry(i, _sound, Start + (i * 3600_000L)));

    private void Poll(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _station.Node.Poll();
        }
    }
}
