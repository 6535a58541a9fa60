using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;

namespace SmartRadio.Controller.Tests.Nodes;

/// <summary>What the home page reads of thousands of nodes.</summary>
public sealed class NodeReachTests
{
    [Fact]
    public async Task Nodes_are_counted_by_area_and_few_are_named()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var other = await controller.AddAreaAsync("2");
        var board = controller.Get<NodeStatusCache>();
        for (var index = 0; index < 8; index++)
        {
            var node = await controller.AddNodeAsync(area, $"Loa {index}");
            if (index > 1)
            {
                // The first two were never heard; the last one is on-line.
                board.Present(node.Node.Id, online: true, controller.Time.GetUtcNow().AddMinutes(index % 5));
                board.Present(node.Node.Id, online: index == 7, controller.Time.GetUtcNow());
            }
        }

        await controller.AddNodeAsync(other, "Loa khác");

        var reach = await controller.Get<NodeQuery>().ReachAsync(AreaScope.Everywhere, named: 3, CancellationToken.None);
        var part = await controller.Get<NodeQuery>()
            .ReachAsync(AreaScope.Of(new HashSet<long> { other.Id }), named: 3, CancellationToken.None);

        var full = reach.Single(each => each.AreaId == area.Id);
        Assert.Equal((8, 7), (full.Nodes, full.Offline));
        Assert.Equal(["Loa 4", "Loa 3", "Loa 2"], full.LastOffline.Select(node => node.Name));
        Assert.Equal(controller.Time.GetUtcNow().AddMinutes(4), full.LastSeen);
        Assert.Equal([other.Id], part.Select(each => each.AreaId));
        Assert.Null(part.Single().LastSeen);
    }

    [Fact]
    public async Task List_reads_the_nodes_it_is_of_and_goes_on_after_one_that_left()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var other = await controller.AddAreaAsync("2");
        var nodes = new List<string>();
        for (var index = 0; index < 8; index++)
        {
            nodes.Add((await controller.AddNodeAsync(area, $"Loa {index}")).Node.Id);
        }

        await controller.AddNodeAsync(other, "Loa khác");
        controller.Get<NodeStatusCache>().Present(nodes[6], online: true, controller.Time.GetUtcNow());
        await controller.Get<RevokeNode>().HandleAsync(nodes[3], TestController.Officer, CancellationToken.None);
        var counted = new RowsRead(controller);
        var query = new NodeQuery(
            counted, controller.Get<NodeStatusCache>(), controller.Get<RejectedLedger>(), controller.Get<DataLedger>());

        var (rows, part) = await counted.CountAsync(
            () => query.ListAsync(new NodeFilter(Areas: [other.Id]), 5, CancellationToken.None));
        var rest = await query.ListAsync(new NodeFilter(Areas: [area.Id], After: nodes[3]), 2, CancellationToken.None);
        var online = await query.ListAsync(new NodeFilter(NodeState.Online), 5, CancellationToken.None);
        var revoked = await query.ListAsync(new NodeFilter(NodeState.Revoked), 5, CancellationToken.None);

        Assert.Equal((1, 1, 0, 0), (part.Rows.Count, part.Total, part.Online, part.Left));
        Assert.InRange(rows, 2, 4);
        Assert.Equal(["Loa 4", "Loa 5"], rest.Rows.Select(row => row.Name));
        Assert.Equal((7, 1, 2), (rest.Total, rest.Online, rest.Left));
        Assert.Equal(nodes[6], Assert.Single(online.Rows).Id);
        Assert.Equal(nodes[3], Assert.Single(revoked.Rows).Id);
    }

    [Fact]
    public void Nodes_never_heard_come_last_in_the_order_of_their_names()
    {
        var reach = new AreaReach(1, named: 4);
        DateTimeOffset?[] seen = [null, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), null];
        foreach (var (place, at) in seen.Index())
        {
            reach.Add(isOnline: false, new OfflineNode(place, $"{place}", $"{place}", "Xã", at));
        }

        Assert.Equal([3, 2, 0, 1], reach.LastOffline.Select(node => node.Place));
        Assert.Equal([3, 2, 0, 1], AreaReach.InOrder(reach.LastOffline.Reverse()).Select(node => node.Place));
    }
}
