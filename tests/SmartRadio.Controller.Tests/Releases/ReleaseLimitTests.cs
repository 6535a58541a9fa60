using SmartRadio.Controller.Releases;

namespace SmartRadio.Controller.Tests.Releases;

/// <summary>How many releases and rollouts there may be.</summary>
public sealed class ReleaseLimitTests
{
    [Fact]
    public async Task Release_beyond_the_most_is_refused_and_leaves_no_file()
    {
        await using var bench = await RolloutBench.StartAsync(1, ("Limits:Releases", "1"));
        await bench.AddAsync("2.0");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => bench.AddAsync("2.1", [.. RolloutBench.Program, .. RolloutBench.Program]));

        Assert.Equal((ReleaseRefusal.TooManyReleases, 1), (refused.Refusal, refused.Values[0]));
        Assert.Single(Directory.GetFiles(Path.Combine(bench.Controller.Folder, "objects")));
    }

    [Fact]
    public async Task Rollout_beyond_the_most_is_refused()
    {
        await using var bench = await RolloutBench.StartAsync(1, ("Limits:Rollouts", "1"));
        var release = await bench.AddAsync("2.0");
        var first = await bench.BeginAsync(release, bench.Nodes[0]);
        await bench.Controller.Get<ChangeRollout>().StopAsync(first, TestController.Officer, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => bench.BeginAsync(release, bench.Nodes[0]));

        Assert.Equal((ReleaseRefusal.TooManyRollouts, 1), (refused.Refusal, refused.Values[0]));
    }
}
