using SmartRadio.Controller.Broadcasts;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class TargetIndexTests
{
    [Fact]
    public async Task Open_targets_of_nodes_are_found_by_an_index()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        string[] nodes = ["a", "b"];

        var plan = await QueryPlan.OfAsync(
            db, db.Targets.Where(target => nodes.Contains(target.NodeId) && target.State < TargetState.Played));

        Assert.Contains("USING INDEX IX_Targets_NodeId", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_by_node_holds_no_history()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        string[] nodes = ["a", "b"];

        var plan = await QueryPlan.OfAsync(db, db.Targets.Where(target => nodes.Contains(target.NodeId)));

        Assert.DoesNotContain("IX_Targets_NodeId", plan, StringComparison.Ordinal);
    }
}
