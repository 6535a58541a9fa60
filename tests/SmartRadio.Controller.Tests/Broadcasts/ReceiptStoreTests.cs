using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Broadcasts;

public sealed class ReceiptStoreTests
{
    [Fact]
    public async Task An_acknowledged_receipt_is_in_the_database()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);

        controller.Bus.ArriveFrom(
            node, UpType.Receipts, Report(broadcast, (1, ReceiptStep.Started, 0), (2, ReceiptStep.Finished, 16000)));

        var ack = ReceiptAck.Read((await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck)).Body);
        Assert.Equal((1, 2), (ack.First, ack.Last));
        await using var db = await controller.OpenAsync();
        Assert.Equal([1L, 2L], await db.Receipts.OrderBy(r => r.Number).Select(r => r.Number).ToListAsync());
        var target = await db.Targets.SingleAsync();
        Assert.Equal((TargetState.Played, 16000L), (target.State, target.Samples));
        Assert.Equal(controller.Time.GetUtcNow().ToUnixTimeMilliseconds(), target.StartedAt?.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_receipt_sent_twice_is_stored_once_and_acknowledged_twice()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);
        var body = Report(broadcast, (1, ReceiptStep.Received, 0));

        controller.Bus.ArriveFrom(node, UpType.Receipts, body);
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);
        controller.Bus.ArriveFrom(node, UpType.Receipts, body);
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);

        await using var db = await controller.OpenAsync();
        Assert.Single(await db.Receipts.ToListAsync());
    }

    [Fact]
    public async Task A_receipt_that_comes_behind_later_ones_is_stored_too()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);

        controller.Bus.ArriveFrom(node, UpType.Receipts, Report(broadcast, (3, ReceiptStep.Started, 0)));
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);
        controller.Bus.ArriveFrom(
            node, UpType.Receipts, Report(broadcast, (2, ReceiptStep.Verified, 0), (3, ReceiptStep.Started, 0)));
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);

        await using var db = await controller.OpenAsync();
        Assert.Equal([2L, 3L], await db.Receipts.OrderBy(r => r.Number).Select(r => r.Number).ToListAsync());
    }

    [Fact]
    public async Task An_end_that_comes_days_late_still_counts()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);
        controller.Time.Advance(TimeSpan.FromHours(2));
        await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None);
        await using (var db = await controller.OpenAsync())
        {
            Assert.Equal(TargetState.Unknown, (await db.Targets.SingleAsync()).State);
            Assert.Equal(BroadcastState.Missed, (await db.Broadcasts.SingleAsync()).State);
        }

        controller.Bus.ArriveFrom(
            node, UpType.Receipts, Report(broadcast, (1, ReceiptStep.Started, 0), (2, ReceiptStep.Finished, 16000)));
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);

        await using (var db = await controller.OpenAsync())
        {
            Assert.Equal(TargetState.Played, (await db.Targets.SingleAsync()).State);
            Assert.Equal(BroadcastState.Finished, (await db.Broadcasts.SingleAsync()).State);
        }
    }

    [Fact]
    public async Task A_replayed_message_changes_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);
        var old = controller.Bus.ArriveFrom(
            node, UpType.Receipts, Report(broadcast, (1, ReceiptStep.Interrupted, 10)), counter: 5);
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);

        controller.Bus.Arrive(Topics.Up(node.Node.Id), old);
        controller.Bus.ArriveFrom(node, UpType.Receipts, Report(broadcast, (2, ReceiptStep.Finished, 16000)), counter: 6);

        var ack = ReceiptAck.Read((await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck)).Body);
        Assert.Equal(2, ack.First);
    }

    [Fact]
    public async Task A_message_under_another_nodes_key_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);
        await using var db = await controller.OpenAsync();
        var stranger = await controller.AddNodeAsync(await db.Areas.FirstAsync(), "Người lạ");

        controller.Bus.ArriveFrom(
            new EnrolledNode(node.Node, stranger.Secret), UpType.Receipts, Report(broadcast, (1, ReceiptStep.Finished, 16000)));
        controller.Bus.ArriveFrom(node, UpType.Receipts, Report(broadcast, (2, ReceiptStep.Received, 0)));

        var ack = ReceiptAck.Read((await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck)).Body);
        Assert.Equal(2, ack.First);
        Assert.Equal([2L], await db.Receipts.Select(r => r.Number).ToListAsync());
    }

    [Fact]
    public async Task Bytes_of_any_length_harm_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);
        var whole = controller.Bus.ArriveFrom(node, UpType.Heartbeat, new Heartbeat { Volume = 50 }.Write());
        for (var length = 0; length < whole.Length; length++)
        {
            controller.Bus.Arrive(Topics.Up(node.Node.Id), whole[..length]);
        }

        controller.Bus.Arrive("sr/1/n/up", []);
        controller.Bus.Arrive("sr/1/n/0123456789abcdef/up", whole);
        controller.Bus.ArriveFrom(node, UpType.Receipts, Report(broadcast, (1, ReceiptStep.Received, 0)));

        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);
    }

    internal static async Task<(EnrolledNode Node, Broadcast Broadcast)> AirAsync(TestController controller, int nodes = 1)
    {
        var area = await controller.AddAreaAsync("1", quiet: QuietHours.None);
        var node = await controller.AddNodeAsync(area);
        for (var more = 1; more < nodes; more++)
        {
            await controller.AddNodeAsync(area, $"Cụm loa {more}");
        }

        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(2));
        var request = new AirRequest(bulletin.Id, BroadcastClass.Normal, new Audience([area.Id], []), null, null);
        var broadcast = await controller.Get<AirBulletin>().HandleAsync(request, TestController.Officer, CancellationToken.None);
        await controller.RunAsync<UplinkRouter>();
        await controller.RunAsync<ReceiptStore>();
        return (node, broadcast);
    }

    private static byte[] Report(Broadcast broadcast, params (long Number, ReceiptStep Step, long Samples)[] receipts) =>
        new ReceiptReport
        {
            Receipts =
        [
            .. receipts.Select(receipt => new Receipt
            {
                Number = receipt.Number,
                Broadcast = broadcast.Id,
                Step = receipt.Step,
                Instant = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7)).ToUnixTimeMilliseconds(),
                Samples = receipt.Samples,
            }),
        ],
        }.Write();
}
