using System.Diagnostics.Metrics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.Tests.Broadcasts;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Link;

public sealed class RejectedMessageTests
{
    private static readonly Heartbeat Beat = new() { PlanNumber = 9, Volume = 33, Uptime = 100 };

    /// <summary>What is done to an authentic message before it arrives.</summary>
    private enum Wrong
    {
        BitFlipped,
        Cut,
        Repeated,
        Old,
        ForAnotherNode,
        OfARevokedNode,
    }

    [Fact]
    public async Task Wrong_messages_are_rejected_counted_by_reason_and_change_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        var other = await controller.AddNodeAsync(area, "Khác");
        var revoked = await controller.AddNodeAsync(area, "Thu hồi");
        await using (var db = await controller.OpenAsync())
        {
            await db.NodeKeys.Where(row => row.NodeId == revoked.Node.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, controller.Time.GetUtcNow()));
        }

        await controller.RunAsync<UplinkRouter>();
        var good = controller.Bus.ArriveFrom(node, UpType.Heartbeat, Beat.Write(), counter: 1000);
        var board = controller.Get<NodeStatusCache>();
        await Poll.UntilAsync("the message is taken", () => board.Find(node.Node.Id).UpCounter == 1000);
        var before = board.Find(node.Node.Id);
        var sent = 0;
        var sample =
            from wrong in Gen.Elements(Enum.GetValues<Wrong>())
            from at in Gen.Choose(0, (good.Length * 8) - 1)
            from type in Gen.Choose(0, 6)
            select (wrong, at, type);

        Prop.ForAll(sample.ToArbitrary(), each =>
        {
            var (nodeId, bytes, expected) = Spoil(each.wrong, each.at, (UpType)each.type, node, other, revoked, good);
            controller.Bus.Arrive(Topics.Up(nodeId), bytes);
            sent++;
            Poll.UntilAsync("all are counted", () => Total(controller) == sent).GetAwaiter().GetResult();
            Assert.Contains(
                controller.Get<RejectedLedger>().Of(nodeId),
                count => expected.Contains(count.Reason) && count.Last == controller.Time.GetUtcNow());
            controller.Time.Advance(TimeSpan.FromMilliseconds(1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

        Assert.Equal(before, board.Find(node.Node.Id));
        Assert.Equal(new NodeStatus { NodeId = other.Node.Id }, board.Find(other.Node.Id));
        Assert.Empty(controller.Bus.TakePublished());
        await using var after = await controller.OpenAsync();
        Assert.Equal(0, await after.Receipts.CountAsync());
    }

    [Fact]
    public async Task Every_bit_flipped_is_rejected()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        await controller.RunAsync<UplinkRouter>();
        var good = controller.Bus.ArriveFrom(node, UpType.Heartbeat, Beat.Write(), counter: 5);
        await Poll.UntilAsync("the message is taken", () => controller.Get<NodeStatusCache>().Find(node.Node.Id).UpCounter == 5);

        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var flipped = good.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            controller.Bus.Arrive(Topics.Up(node.Node.Id), flipped);
        }

        await Poll.UntilAsync("all are counted", () => Total(controller) == good.Length * 8);
        Assert.Equal(5, controller.Get<NodeStatusCache>().Find(node.Node.Id).UpCounter);
        Assert.Equal(
            [RejectedReason.Malformed, RejectedReason.Unauthenticated, RejectedReason.WrongNode],
            controller.Get<RejectedLedger>().Of(node.Node.Id).Select(count => count.Reason));
    }

    [Fact]
    public async Task Counts_are_kept_over_a_restart_and_told_on_the_meter()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var meters = controller.Get<IMeterFactory>();
        var metered = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            self.EnableMeasurementEvents(instrument)
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "smartradio.rejections" && instrument.Meter.Scope == meters)
            {
                Interlocked.Add(ref metered, value);
            }
        });
        listener.Start();
        await controller.RunAsync<NodeStatusWriter>();
        await controller.RunAsync<UplinkRouter>();

        controller.Bus.Arrive(Topics.Up(node.Node.Id), [1, 2, 3]);
        controller.Bus.Arrive(Topics.Up(node.Node.Id), [1, 2, 3, 4]);
        await Poll.UntilAsync("all are counted", () => Total(controller) == 2);
        Assert.Equal(2, Interlocked.Read(ref metered));
        var counted = controller.Get<RejectedLedger>().Of(node.Node.Id);

        var again = await controller.RestartAsync(TimeSpan.FromMinutes(1));
        await using var second = again;
        await again.Get<RejectedLedger>().LoadAsync(CancellationToken.None);
        Assert.Equal(counted, again.Get<RejectedLedger>().Of(node.Node.Id));
        await again.RunAsync<NodeStatusWriter>();
        again.Get<RejectedLedger>().Count(node.Node.Id, RejectedBy.Controller, RejectedReason.Malformed, again.Time.GetUtcNow());

        await using var third = await again.RestartAsync(TimeSpan.FromMinutes(1));
        await third.Get<RejectedLedger>().LoadAsync(CancellationToken.None);
        Assert.Equal(3, Assert.Single(third.Get<RejectedLedger>().Of(node.Node.Id)).Count);
    }

    [Fact]
    public async Task Rejections_a_node_reports_add_up_over_its_restarts()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        foreach (var (uptime, rejected) in new[] { (100, 3), (130, 5), (10, 2), (40, 2) })
        {
            controller.Bus.ArriveFrom(
                node, UpType.Heartbeat, new Heartbeat { Volume = 50, Uptime = uptime, Rejected = rejected }.Write());
        }

        var receipt = new Receipt { Number = 1, Step = ReceiptStep.Rejected, Reason = ReceiptReason.Replayed };
        var report = new ReceiptReport { Receipts = [receipt] }.Write();
        controller.Bus.ArriveFrom(node, UpType.Receipts, report);
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);
        controller.Bus.ArriveFrom(node, UpType.Receipts, report);
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);

        var counts = controller.Get<RejectedLedger>().Of(node.Node.Id)
            .ToDictionary(count => (count.By, count.Reason), count => count.Count);
        Assert.Equal(7, counts[(RejectedBy.Node, RejectedReason.InAll)]);
        Assert.Equal(1, counts[(RejectedBy.Node, RejectedReason.Replayed)]);
    }

    [Fact]
    public async Task Rejections_of_the_broker_are_counted_under_the_named_node()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var rejections = controller.Get<BrokerRejections>();
        await controller.RunAsync<BrokerRejections>();

        rejections.Rejected(new RejectedAttempt(BrokerOperation.Connect, node.Node.Id, null, null));
        rejections.Rejected(new RejectedAttempt(BrokerOperation.Publish, node.Node.Id, "sr/1/o/00", null));
        rejections.Rejected(new RejectedAttempt(BrokerOperation.Subscribe, node.Node.Id, "#", null));
        rejections.Rejected(new RejectedAttempt(BrokerOperation.Connect, "0123456789abcdef", null, null));
        rejections.Rejected(new RejectedAttempt(BrokerOperation.Connect, "<script>", null, null));

        await Poll.UntilAsync("all are counted", () => Total(controller) == 5);
        Assert.Equal(
            [RejectedReason.Connect, RejectedReason.Publish, RejectedReason.Subscribe],
            controller.Get<RejectedLedger>().Of(node.Node.Id).Select(count => count.Reason));
        Assert.Equal(2, Assert.Single(controller.Get<RejectedLedger>().Of(RejectedLedger.Strangers)).Count);
    }

    [Fact]
    public async Task Flood_of_rejected_attempts_is_counted_sparingly_and_hides_no_other()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        var rejections = controller.Get<BrokerRejections>();
        await controller.RunAsync<BrokerRejections>();

        for (var i = 0; i < 1000; i++)
        {
            rejections.Rejected(new RejectedAttempt(BrokerOperation.Connect, "noise", null, null));
        }

        rejections.Rejected(new RejectedAttempt(BrokerOperation.Connect, node.Node.Id, null, null));
        await Poll.UntilAsync("few are counted", () => Total(controller) == BrokerRejections.MostPerAccount + 1);
        Assert.Equal(1, Assert.Single(controller.Get<RejectedLedger>().Of(node.Node.Id)).Count);
        controller.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 1000; i++)
        {
            rejections.Rejected(new RejectedAttempt(BrokerOperation.Connect, $"noise {i}", null, null));
        }

        await Poll.UntilAsync(
            "few are counted", () => Total(controller) == BrokerRejections.MostPerAccount + 1 + BrokerRejections.MostPerSecond);
    }

    private static (string NodeId, byte[] Bytes, RejectedReason[] Expected) Spoil(
        Wrong wrong, int at, UpType type, EnrolledNode node, EnrolledNode other, EnrolledNode revoked, byte[] good)
    {
        var flipped = good.ToArray();
        flipped[at / 8] ^= (byte)(1 << (at % 8));
        return wrong switch
        {
            Wrong.BitFlipped =>
                (node.Node.Id, flipped, [RejectedReason.Malformed, RejectedReason.WrongNode, RejectedReason.Unauthenticated]),
            Wrong.Cut => (node.Node.Id, good[..(at / 8)], [RejectedReason.Malformed]),
            Wrong.Repeated => (node.Node.Id, good, [RejectedReason.Replayed]),
            Wrong.Old => (node.Node.Id, Sealed(node, type, at), [RejectedReason.Replayed]),
            Wrong.ForAnotherNode => (other.Node.Id, good, [RejectedReason.WrongNode]),
            _ => (revoked.Node.Id, Sealed(revoked, type, 2000 + at), [RejectedReason.Revoked]),
        };
    }

    /// <summary>Authentic, under a counter below that of the good message, or of a node that is no more.</summary>
    private static byte[] Sealed(EnrolledNode node, UpType type, int counter) => new Envelope
    {
        Type = (byte)type,
        NodeId = Convert.FromHexString(node.Node.Id),
        Counter = counter,
        Expires = long.MaxValue,
        Body = Beat.Write(),
    }.Seal(new NodeKeys(node.Secret).Up);

    private static long Total(TestController controller)
    {
        using var db = controller.OpenAsync().GetAwaiter().GetResult();
        var nodes = db.Nodes.Select(node => node.Id).ToList();
        return nodes.Append(RejectedLedger.Strangers)
            .Sum(id => controller.Get<RejectedLedger>().Of(id).Sum(count => count.Count));
    }
}
