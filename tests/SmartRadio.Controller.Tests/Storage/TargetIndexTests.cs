using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class TargetIndexTests
{
    [Fact]
    public async Task Open_targets_of_nodes_are_found_by_an_index()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        string[] nodes = ["a", "b"];

        var plan = await PlanAsync(
            db, db.Targets.Where(target => nodes.Contains(target.NodeId) && target.State < TargetState.Played));

        Assert.Contains("USING INDEX IX_Targets_NodeId", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_by_node_holds_no_history()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        string[] nodes = ["a", "b"];

        var plan = await PlanAsync(db, db.Targets.Where(target => nodes.Contains(target.NodeId)));

        Assert.DoesNotContain("IX_Targets_NodeId", plan, StringComparison.Ordinal);
    }

    private static async Task<string> PlanAsync(RadioDb db, IQueryable<Target> targets)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = targets.CreateDbCommand();
        command.CommandText = "explain query plan " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(reader.GetOrdinal("detail")));
        }

        return string.Join('\n', steps);
    }
}
