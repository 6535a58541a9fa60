using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>A node that lost its counters asks where it stood.</summary>
public sealed class CounterRecoveryAnswerTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, ResumeRequest.NonceLength).Select(i => (byte)i)];

    [Fact]
    public async Task Node_never_heard_begins_at_the_start_and_obeys_only_what_follows()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        await controller.RunAsync<UplinkRouter>();

        var reply = await AskAsync(controller, node);

        Assert.Equal(Nonce, reply.Nonce);
        Assert.Equal((0, 0), (reply.UpCounter, reply.Receipt));
        Assert.Equal(controller.Get<CommandCounter>().Last, reply.CommandCounter);
        Assert.True(controller.Get<CommandCounter>().Next() > reply.CommandCounter);
    }

    [Fact]
    public async Task Node_is_told_where_it_stood_though_all_else_is_rejected()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await ReceiptStoreTests.AirAsync(controller);
        controller.Bus.ArriveFrom(node, UpType.Receipts, Report(broadcast.Id, 17), (9L << 32) + 5);
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);

        controller.Bus.ArriveFrom(
            node, UpType.Hello, new Hello { Firmware = "lost", Hardware = "it", PlanNumber = 0 }.Write(), (1L << 32) + 1);
        var reply = await AskAsync(controller, node);

        Assert.Equal((9L << 32) + 5, reply.UpCounter);
        Assert.Equal(17, reply.Receipt);
        Assert.Equal(RejectedReason.Replayed, Assert.Single(controller.Get<RejectedLedger>().Of(node.Node.Id)).Reason);
        var next = ((reply.UpCounter >> 32) + 1) << 32;
        controller.Bus.ArriveFrom(
            node, UpType.Hello, new Hello { Firmware = "found", Hardware = "it", PlanNumber = 0 }.Write(), next + 1);
        controller.Bus.ArriveFrom(node, UpType.ClockRequest, new ClockRequest { NodeSent = 1 }.Write(), next + 2);
        await controller.Bus.NextCommandAsync(node, CommandType.ClockReply);
        Assert.Equal("found", controller.Get<NodeStatusCache>().Find(node.Node.Id).Firmware);
    }

    [Fact]
    public async Task Question_changes_nothing_and_is_answered_once_a_second()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        await controller.RunAsync<UplinkRouter>();
        controller.Bus.ArriveFrom(node, UpType.Hello, new Hello { Firmware = "1", Hardware = "it", PlanNumber = 0 }.Write(), 100);
        await AskAsync(controller, node, counter: 1);
        var before = controller.Get<NodeStatusCache>().Find(node.Node.Id);
        for (var i = 0; i < 50; i++)
        {
            controller.Bus.ArriveFrom(node, UpType.ResumeRequest, new ResumeRequest { Nonce = Nonce }.Write(), counter: 1000);
        }

        controller.Bus.ArriveFrom(node, UpType.ResumeRequest, [1, 2, 3], counter: 1);
        controller.Bus.ArriveFrom(node, UpType.ClockRequest, new ClockRequest { NodeSent = 1 }.Write(), counter: 101);

        Assert.Equal(
            (byte)CommandType.ClockReply, Envelope.Parse(await controller.Bus.NextOnAsync(Topics.Command(node.Node.Id))).Type);
        Assert.Equal(before with { UpCounter = 101 }, controller.Get<NodeStatusCache>().Find(node.Node.Id));
        controller.Time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(controller, node);
    }

    [Fact]
    public async Task A_stranger_is_told_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        var other = await controller.AddNodeAsync(area, "Khác");
        await controller.RunAsync<UplinkRouter>();

        var forged = new Envelope
        {
            Type = (byte)UpType.ResumeRequest,
            NodeId = Convert.FromHexString(node.Node.Id),
            Counter = 1,
            Body = Nonce
        };
        controller.Bus.Arrive(Topics.Up(node.Node.Id), forged.Seal(new NodeKeys(other.Secret).Up));
        await AskAsync(controller, other);

        Assert.Equal(RejectedReason.Unauthenticated, Assert.Single(controller.Get<RejectedLedger>().Of(node.Node.Id)).Reason);
    }

    private static async Task<ResumeReply> AskAsync(TestController controller, EnrolledNode node, long counter = 1)
    {
        controller.Bus.ArriveFrom(node, UpType.ResumeRequest, new ResumeRequest { Nonce = Nonce }.Write(), counter);
        return ResumeReply.Read((await controller.Bus.NextCommandAsync(node, CommandType.ResumeReply)).Body);
    }

    private static byte[] Report(long broadcast, long number) => new ReceiptReport
    {
        Receipts = [new Receipt { Number = number, Broadcast = broadcast, Step = ReceiptStep.Received,
            Instant = 1_795_125_600_000 }],
    }.Write();
}
