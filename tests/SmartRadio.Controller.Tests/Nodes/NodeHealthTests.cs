using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Nodes;

public sealed class NodeHealthTests
{
    [Fact]
    public async Task Reported_line_and_update_are_shown_and_survive_a_restart()
    {
        var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        await controller.RunAsync<UplinkRouter>();
        await controller.RunAsync<NodeStatusWriter>();
        var health = new Health
        {
            Line = LineState.Open,
            LineLevel = 1234,
            Update = UpdateState.RolledBack,
            UpdateVersion = "2.0",
            LastFault = "System.Exception at A::B",
        };

        controller.Bus.ArriveFrom(node, UpType.Health, health.Write());
        await HeardAllAsync(controller, node);

        var heard = controller.Get<NodeStatusCache>().Find(node.Node.Id);
        Assert.Equal((LineState.Open, "System.Exception at A::B"), (heard.Line, heard.LastFault));
        await using var later = await controller.RestartAsync(TimeSpan.FromMinutes(5));
        await later.Get<NodeStatusCache>().LoadAsync(CancellationToken.None);
        var status = later.Get<NodeStatusCache>().Find(node.Node.Id);
        Assert.Equal(
            (LineState.Open, 1234, UpdateState.RolledBack, "2.0"),
            (status.Line, status.LineLevel, status.Update, status.UpdateVersion));
    }

    [Fact]
    public async Task A_malformed_one_is_refused_and_counted()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        await controller.RunAsync<UplinkRouter>();

        controller.Bus.ArriveFrom(node, UpType.Health, [9, 0, 0, 0, 0]);
        await HeardAllAsync(controller, node);

        Assert.Equal(LineState.NotMeasured, controller.Get<NodeStatusCache>().Find(node.Node.Id).Line);
        Assert.Equal(RejectedReason.Malformed, Assert.Single(controller.Get<RejectedLedger>().Of(node.Node.Id)).Reason);
    }

    // Messages are taken in turn: once the last is answered, those before it were taken.
    private static async Task HeardAllAsync(TestController controller, EnrolledNode node)
    {
        controller.Bus.ArriveFrom(node, UpType.ClockRequest, new ClockRequest { NodeSent = 1 }.Write());
        await controller.Bus.NextCommandAsync(node, CommandType.ClockReply);
    }
}
