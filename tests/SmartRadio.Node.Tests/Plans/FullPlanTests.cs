using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Plans;

public class FullPlanTests
{
    [Fact]
    public void Emergency_sounds_though_plan_journal_and_outbox_are_full()
    {
        var station = new Station { Acknowledges = false }.Boot().Connect().RunFor(5000);
        var news = station.Serve(800_000);
        var alert = station.Serve(16_000);
        station.Store(news);
        station.Store(alert);
        var start = World.Dawn + 60_000;
        long broadcast = 0;
        for (var filled = 0; filled <= ReceiptOutbox.Capacity; filled += 2 * Protocol.Plans.Plan.MaxEntries)
        {
            station.Plan([.. Waiting(Protocol.Plans.Plan.MaxEntries)]).RunFor(1000);
        }

        station.Plan([.. Waiting(Protocol.Plans.Plan.MaxEntries)]).RunTo(start + 5000);
        var emergency = Entry(++broadcast, alert, start + 8000, BroadcastClass.Emergency);
        station.Plan([.. Waiting(Protocol.Plans.Plan.MaxEntries - 1), emergency]).RunTo(start + 20_000);

        var heard = Assert.Single(station.Output.Heard, heard => heard.Broadcast == emergency.Broadcast);
        Assert.Equal(alert.Samples, heard.Samples);
        Assert.Equal(emergency.Start * 1000, heard.FirstAt, 62.5);

        IEnumerable<PlanEntry> Waiting(int count) =>
            Enumerable.Range(0, count).Select(_ => Entry(++broadcast, news, start, BroadcastClass.Priority));
    }
}
