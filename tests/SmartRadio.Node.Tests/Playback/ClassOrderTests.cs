using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Playback;

public class ClassOrderTests
{
    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _long;
    private readonly BenchSound _short;

    public ClassOrderTests()
    {
        _long = _station.Serve(80_000);
        _short = _station.Serve(16_000);
    }

    [Theory]
    [InlineData(BroadcastClass.Relay, BroadcastClass.Normal)]
    [InlineData(BroadcastClass.Normal, BroadcastClass.Priority)]
    [InlineData(BroadcastClass.Priority, BroadcastClass.Live)]
    [InlineData(BroadcastClass.Live, BroadcastClass.Emergency)]
    public void A_higher_class_takes_the_output_at_its_very_sample(BroadcastClass lower, BroadcastClass higher)
    {
        _station.Plan(Entry(1, _long, Start, lower), Entry(2, _short, Start + 3000, higher)).RunTo(Start + 20_000);

        Assert.Equal([1L, 2L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal(24_000, _station.Output.Heard[0].Samples.Count);
        Assert.Equal(_station.Output.Heard[0].LastAt, _station.Output.Heard[1].FirstAt, 62.5);
        Assert.Equal((Start + 3000) * 1000, _station.Output.Heard[1].FirstAt, 62.5);
        Assert.Equal(_short.Samples, _station.Output.Heard[1].Samples);
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Preempted), _station.StepsOf(1).Last());
        Assert.Equal(24_000, _station.Receipts.Values.Single(r => r.Step == ReceiptStep.Interrupted).Samples);
    }

    [Fact]
    public void The_lower_resumes_where_it_was_cut_if_its_policy_says_so()
    {
        _station.Plan(Entry(1, _long, Start, flags: PlanEntry.Resume), Entry(2, _short, Start + 3000, BroadcastClass.Emergency))
            .RunTo(Start + 20_000);

        Assert.Equal([1L, 2L, 1L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal(_long.Samples, _station.Output.Heard[0].Samples.Concat(_station.Output.Heard[2].Samples));
        Assert.Equal(
            [ReceiptStep.Received, ReceiptStep.Verified, ReceiptStep.Started, ReceiptStep.Interrupted,
                ReceiptStep.Started, ReceiptStep.Finished],
            _station.StepsOf(1).Select(step => step.Step));
        Assert.Equal(80_000, _station.Receipts.Values.Last(r => r.Broadcast == 1).Samples);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Of_two_that_start_together_the_first_in_the_plan_is_aired_first(long first, long second)
    {
        _station.Plan(
                Entry(first, _short, Start, BroadcastClass.Priority), Entry(second, _short, Start, BroadcastClass.Priority))
            .RunTo(Start + 20_000);

        Assert.Equal([first, second], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.All(_station.Output.Heard, heard => Assert.Equal(16_000, heard.Samples.Count));
    }

    [Fact]
    public void Broadcast_learnt_of_late_waits_until_the_amplifier_is_awake()
    {
        var lower = Entry(1, _long, Start, BroadcastClass.Normal);
        var higher = Entry(2, _short, Start - 600, BroadcastClass.Emergency);
        _station.Plan(lower, Entry(3, _short, Start + 60_000)).RunTo(Start - 650).Plan(lower, higher).RunTo(Start + 20_000);

        Assert.Equal(2, _station.Output.Heard[0].Broadcast);
        Assert.True(_station.Output.Heard[0].FirstAt - _station.Output.OpenedAt >= 299_000);
    }

    [Fact]
    public void The_lower_does_not_resume_after_its_latest_start()
    {
        var lower = Entry(1, _long, Start, flags: PlanEntry.Resume);
        lower.LatestStart = Start + 4000;

        _station.Plan(lower, Entry(2, _short, Start + 3000, BroadcastClass.Emergency)).RunTo(Start + 20_000);

        Assert.Equal([1L, 2L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal((ReceiptStep.Interrupted, ReceiptReason.Preempted), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Equals_wait_for_each_other()
    {
        _station.Plan(Entry(1, _long, Start), Entry(2, _short, Start + 3000)).RunTo(Start + 20_000);

        Assert.Equal(_long.Samples, _station.Output.Heard[0].Samples);
        Assert.Equal(_short.Samples, _station.Output.Heard[1].Samples);
        Assert.InRange(_station.Output.Heard[1].Announced, Start + 10_000, Start + 10_300);
    }

    [Fact]
    public void Equals_are_missed_when_the_output_is_not_free_by_their_latest_start()
    {
        var second = Entry(2, _short, Start + 3000);
        second.LatestStart = Start + 5000;

        _station.Plan(Entry(1, _long, Start), second).RunTo(Start + 20_000);

        Assert.Equal(1, Assert.Single(_station.Output.Heard).Broadcast);
        Assert.Equal((ReceiptStep.Missed, ReceiptReason.Busy), _station.StepsOf(2).Last());
    }

    [Fact]
    public void The_higher_goes_first_when_both_begin_at_once()
    {
        _station.Plan(Entry(1, _short, Start), Entry(2, _short, Start, BroadcastClass.Priority)).RunTo(Start + 10_000);

        Assert.Equal([2L, 1L], _station.Output.Heard.Select(heard => heard.Broadcast));
        Assert.Equal(Start, _station.Output.Heard[0].Announced);
    }

    [Fact]
    public void A_higher_one_of_another_rate_cuts_in_on_time_too()
    {
        var wide = Entry(2, _long, Start + 3000, BroadcastClass.Emergency);
        wide.Codec = CodecId.ULaw16;

        _station.Plan(Entry(1, _long, Start), wide).RunTo(Start + 20_000);

        Assert.Equal([8000, 16000], _station.Output.Heard.Select(heard => heard.Rate));
        Assert.Equal((Start + 3000) * 1000, _station.Output.Heard[1].FirstAt, 62.5);
        Assert.Equal(_long.Samples, _station.Output.Heard[1].Samples);
        // The driver's ring is run out, opened anew and full of silence at first.
        Assert.InRange(_station.Output.Heard[0].Samples.Count, 19_000, 19_500);
    }

    [Fact]
    public void An_emergency_for_now_begins_within_half_a_second()
    {
        _station.Plan(Entry(1, _long, Start)).RunTo(Start + 3000);
        _station.Store(_short);
        var emergency = Entry(2, _short, _station.World.Now, BroadcastClass.Emergency);

        _station.Plan(Entry(1, _long, Start), emergency).RunFor(3000);

        Assert.InRange(_station.Output.Heard[1].Announced - emergency.Start, 0, 500);
        Assert.Equal(_short.Samples, _station.Output.Heard[1].Samples);
    }
}
