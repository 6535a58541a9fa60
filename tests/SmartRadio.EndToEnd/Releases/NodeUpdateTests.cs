using System.Text;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Releases;

/// <summary>A release from the API over real MQTT into the slots of real node processes, and back out when it is bad.</summary>
[Trait(Instants.Category, Instants.Name)]
public sealed class NodeUpdateTests
{
    /// <summary>Three stages, each of fetching, a restart and a pause, on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Release_goes_in_stages_and_a_bad_one_stops_at_the_first_node()
    {
        await using var radio = await RadioProcess.StartedAsync(
            demo: 1, ("Watch__Rollouts", "00:00:00.5"), ("RolloutSoak", "00:00:02"));
        var area = (await radio.Api.AreasAsync())[0];
        var first = await radio.Api.EnrolAsync("Loa gần", area.Id);
        var second = await radio.Api.EnrolAsync("Loa xa", area.Id);
        await using var one = await NodeProcess.StartAsync(radio, first, "--update-trial", "10");
        await using var two = await NodeProcess.StartAsync(radio, second, "--update-trial", "10");
        await radio.NodesOnlineAsync(3);

        var good = await radio.Api.RollOutAsync(await radio.Api.BringReleaseAsync("2.0", Program("a good program")), first.Id);
        good = await Poll.UntilAsync(
            "all nodes run it", () => radio.Api.RolloutAsync(good.Id), seen => seen.State == "finished", Patience);
        Assert.All(await radio.Api.NodesAsync(), node => Assert.Equal("2.0", node.Firmware));

        var bad = await radio.Api.RollOutAsync(await radio.Api.BringReleaseAsync("3.0", Program("NFMRK broken")), first.Id);
        bad = await Poll.UntilAsync("it stops", () => radio.Api.RolloutAsync(bad.Id), seen => seen.State == "stopped", Patience);

        Assert.Equal("rolledBack", bad.Nodes.Single(node => node.NodeId == first.Id).Failure);
        Assert.Equal("waiting", bad.Nodes.Single(node => node.NodeId == second.Id).Step);
        Assert.All(await radio.Api.NodesAsync(), node => Assert.Equal("2.0", node.Firmware));
    }

    // Some pieces long, so that it comes in chunks.
    private static byte[] Program(string text) =>
        Encoding.ASCII.GetBytes(
            (text.StartsWith("NFMRK", StringComparison.Ordinal) ? text : "NFMRK1 " + text) + new string('.', 20_000));
}
