using SmartRadio.Node.Hardware;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Reports;

public class ReceiptReporterTests
{
    private const long Start = World.Dawn + 60_000;

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public ReceiptReporterTests() => _sound = _station.Serve(8000);

    [Fact]
    public void Receipts_are_sent_again_until_acknowledged()
    {
        _station.Acknowledges = false;
        _station.Plan(Entry(1, _sound, Start)).RunFor(600_000);
        Assert.InRange(_station.Reports.Count(report => report.Receipts[0].Number == 1), 4, 10);

        _station.Acknowledges = true;
        _station.RunFor(600_000);
        var reports = _station.Reports.Count;

        Assert.Equal(reports, _station.RunFor(600_000).Reports.Count);
    }

    [Fact]
    public void Receipts_are_sent_within_two_seconds_of_the_step()
    {
        _station.Plan(Entry(1, _sound, Start)).RunFor(Intervals.Spread + 10);
        Assert.Contains((ReceiptStep.Received, ReceiptReason.None), _station.StepsOf(1));

        _station.RunTo(Start + Intervals.Spread + 10);
        Assert.Contains((ReceiptStep.Started, ReceiptReason.None), _station.StepsOf(1));
    }

    [Fact]
    public void Receipts_survive_power_cuts_until_acknowledged()
    {
        _station.Acknowledges = false;
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 5000).LosePower().Boot();
        _station.Receipts.Clear();
        _station.Acknowledges = true;

        _station.Connect().RunFor(5000);

        Assert.Equal(
            [ReceiptStep.Received, ReceiptStep.Verified, ReceiptStep.Started, ReceiptStep.Finished],
            _station.StepsOf(1).Select(step => step.Step));
        var reports = _station.Reports.Count;
        Assert.Equal(reports, _station.LosePower().Boot().Connect().RunFor(60_000).Reports.Count);
    }

    [Fact]
    public void Receipts_all_arrive_once_after_days_without_a_link()
    {
        var entries = Enumerable.Range(0, 60).Select(i => Entry(i + 1, _sound, Start + (i * 7200_000))).ToArray();
        _station.Plan(entries).RunFor(10_000).Disconnect().RunTo(Start + (60 * 7200_000));

        _station.Connect().RunFor(60_000);

        Assert.Equal(60, _station.Output.Heard.Count);
        Assert.Equal(240, _station.Receipts.Count);
        Assert.Equal(Enumerable.Range(1, 240).Select(i => (long)i), _station.Receipts.Keys);
        Assert.InRange(_station.Reports.Sum(report => report.Receipts.Length), 240, 250);
    }

    [Fact]
    public void Receipts_are_on_the_medium_before_they_are_sent()
    {
        _station.Plan(Entry(1, _sound, Start)).RunTo(Start + 5000);

        var book = new PlayJournal(new TwoSlotFile(_station.Files.AfterPowerCut(), "book", _station.Keys.Store));

        Assert.Equal(_station.Receipts.Keys.Max(), book.Outbox.LastNumber);
    }

    [Fact]
    public void Receipts_are_not_sent_while_they_cannot_be_stored()
    {
        _station.Files.TotalBytes = 0;

        _station.Deliver(new byte[60]).RunFor(30_000);
        Assert.Empty(_station.Receipts);

        _station.Files.TotalBytes = 1_000_000;
        _station.Deliver(new byte[60]).RunFor(1000);
        Assert.Equal(2, _station.StepsOf(0).Count());
    }

    [Fact]
    public void Receipts_keep_within_their_bound()
    {
        var outbox = new ReceiptOutbox();
        for (var i = 0; i < ReceiptOutbox.Capacity + 10; i++)
        {
            outbox.Add(new Receipt { Step = ReceiptStep.Received });
        }

        Assert.Equal(ReceiptOutbox.Capacity, outbox.Count);
        Assert.Equal(11, ReceiptReport.Read(outbox.Next(0)).Receipts[0].Number);
    }

    [Fact]
    public void Receipts_sum_up_to_exactly_what_was_heard()
    {
        _station.Plan(
            Entry(1, _sound, Start),
            Entry(2, _station.Serve(80_000), Start + 2000, flags: PlanEntry.Resume),
            Entry(3, _sound, Start + 4000, BroadcastClass.Emergency)).RunTo(Start + 8000);
        _station.Send(CommandType.Stop, new StopCommand { Broadcast = 2 }.Write()).RunFor(5000);

        var last = _station.Receipts.Values.Where(receipt => receipt.Step is ReceiptStep.Finished or ReceiptStep.Interrupted)
            .GroupBy(receipt => receipt.Broadcast).Sum(group => group.Last().Samples);

        Assert.Equal(_station.Output.Heard.Sum(heard => heard.Samples.Count), last);
    }
}
