using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Nodes;
using SmartRadio.Web.Home;

namespace SmartRadio.Web.Tests.Home;

public sealed class LostNodesTests
{
    private static readonly AreaTree Tree = new(
    [
        Area(1, null), Area(2, 1), Area(21, 2), Area(22, 2), Area(3, 1), Area(31, 3),
    ]);

    [Fact]
    public void Commune_without_any_node_on_line_is_told_as_one()
    {
        var lost = LostNodes.Of([Node(21, false), Node(22, false), Node(22, false), Node(31, true), Node(31, true)], Tree);

        Assert.Equal((2L, 3), (Assert.Single(lost.Areas).Area.Id, lost.Areas[0].Nodes));
        Assert.Empty(lost.Nodes);
    }

    [Fact]
    public void Single_node_is_told_by_its_name()
    {
        var lost = LostNodes.Of([Node(21, false), Node(21, true), Node(31, false)], Tree);

        Assert.Empty(lost.Areas);
        Assert.Equal([21L, 31L], lost.Nodes.Select(node => node.AreaId).Order());
    }

    [Fact]
    public void Highest_lost_area_stands_for_those_below()
    {
        var lost = LostNodes.Of([Node(21, false), Node(31, false)], Tree);

        Assert.Equal(1, Assert.Single(lost.Areas).Area.Id);
    }

    [Fact]
    public void Reader_of_a_part_hears_of_that_part_only()
    {
        var part = Tree.Within(SmartRadio.Controller.Changes.AreaScope.Of(new HashSet<long> { 3, 31 }));

        var lost = LostNodes.Of([Node(31, false), Node(31, false)], part);

        Assert.Equal(3, Assert.Single(lost.Areas).Area.Id);
    }

    private static Area Area(long id, long? parent) => new()
    {
        Id = id,
        ParentId = parent,
        Code = $"{id}",
        Name = $"{id}",
        Level = "Xã",
    };

    private static NodeRow Node(long area, bool online) => new(
        $"{area}", $"{area}", area, $"{area}", 80, LowData: false, PlanNumber: 0,
        new NodeStatus { NodeId = $"{area}", Online = online, LastSeen = DateTimeOffset.UnixEpoch });
}
