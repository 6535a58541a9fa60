using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Tests.Nodes;

/// <summary>How many nodes may be in service, and how many there may have been.</summary>
public sealed class NodeLimitTests
{
    [Fact]
    public async Task Node_beyond_the_most_is_refused_until_one_is_revoked()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Nodes", "1"));
        var area = await controller.AddAreaAsync("1");
        var first = await controller.AddNodeAsync(area);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.AddNodeAsync(area));
        await controller.Get<RevokeNode>().HandleAsync(first.Node.Id, TestController.Officer, CancellationToken.None);
        await controller.AddNodeAsync(area);

        Assert.Equal((NodeRefusal.TooManyNodes, 1), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task Revoked_nodes_count_among_all_there_ever_were()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:AllNodes", "2"));
        var area = await controller.AddAreaAsync("1");
        var first = await controller.AddNodeAsync(area);
        await controller.AddNodeAsync(area);
        await controller.Get<RevokeNode>().HandleAsync(first.Node.Id, TestController.Officer, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.AddNodeAsync(area));

        Assert.Equal((NodeRefusal.TooManyNodesEver, 2), (refused.Refusal, refused.Values[0]));
    }
}
