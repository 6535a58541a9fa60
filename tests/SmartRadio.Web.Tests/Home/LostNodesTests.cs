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
        var lost = Of(Tree, (21, false), (22, false), (22, false), (31, true), (31, true));

        Assert.Equal((2L, 3), (Assert.Single(lost.Areas).Area.Id, lost.Areas[0].Nodes));
        Assert.Empty(lost.Nodes);
    }

    [Fact]
    public void Single_node_is_told_by_its_name()
    {
        var lost = Of(Tree, (21, false), (21, true), (22, false), (31, true));

        Assert.Empty(lost.Areas);
        Assert.Equal(["21", "22"], lost.Nodes.Select(node => node.AreaName).Order());
        Assert.Equal(2, lost.Single);
    }

    [Fact]
    public void Commune_whose_only_node_is_off_line_is_told_as_one()
    {
        var lost = Of(Tree, (21, true), (31, false));

        Assert.Equal((3L, 1), (Assert.Single(lost.Areas).Area.Id, lost.Areas[0].Nodes));
        Assert.Equal(0, lost.Single);
    }

    [Fact]
    public void Only_area_of_a_reader_is_told_as_one()
    {
        var part = Tree.Within(SmartRadio.Controller.Changes.AreaScope.Of(new HashSet<long> { 31 }));

        Assert.Equal(31, Assert.Single(Of(part, (31, false)).Areas).Area.Id);
    }

    [Fact]
    public void Highest_lost_area_stands_for_those_below()
    {
        var lost = Of(Tree, (21, false), (31, false));

        Assert.Equal(1, Assert.Single(lost.Areas).Area.Id);
    }

    [Fact]
    public void Reader_of_a_part_hears_of_that_part_only()
    {
        var part = Tree.Within(SmartRadio.Controller.Changes.AreaScope.Of(new HashSet<long> { 3, 31 }));

        var lost = Of(part, (31, false), (31, false));

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

    private static LostNodes Of(AreaTree tree, params (long Area, bool IsOnline)[] nodes) => LostNodes.Of(
        [.. nodes.Index().GroupBy(each => each.Item.Area).Select(group =>
        {
            var reach = new AreaReach(group.Key, named: 5);
            foreach (var (place, (area, isOnline)) in group)
            {
                reach.Add(isOnline, new OfflineNode(place, $"{place}", "Loa", $"{area}", DateTimeOffset.UnixEpoch));
            }

            return reach;
        })], tree);
}
