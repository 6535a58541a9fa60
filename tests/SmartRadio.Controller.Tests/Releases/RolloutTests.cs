using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Releases;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Releases;

public sealed class RolloutTests
{
    [Fact]
    public async Task Rollout_goes_to_the_chosen_then_a_tenth_then_the_rest()
    {
        await using var bench = await RolloutBench.StartAsync(12);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[5]);
        List<int> told = [];
        for (var stage = 1; stage <= Rollout.Stages; stage++)
        {
            await bench.LookAsync();
            var nodes = bench.Told();
            told.Add(nodes.Count);
            foreach (var node in nodes)
            {
                bench.Runs(bench.Nodes.Single(one => one.Node.Id == node), "2.0");
            }

            await bench.LookAsync(minutes: 1);
            Assert.Empty(bench.Told());
            await bench.LookAsync(minutes: 15);
        }

        Assert.Equal([1, 2, 9], told);
        Assert.Equal(RolloutState.Finished, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task The_command_names_the_object_and_the_object_is_there_to_be_fetched()
    {
        await using var bench = await RolloutBench.StartAsync(1);
        var release = await bench.AddAsync("2.0");
        await bench.BeginAsync(release, bench.Nodes[0]);
        await bench.LookAsync();

        var command = UpdateCommand.Read((await bench.Controller.Bus.NextCommandAsync(bench.Nodes[0], CommandType.Update)).Body);

        Assert.Equal(
            ("2.0", release.ObjectId, release.Bytes), (command.Version, Hex.Encode(command.ObjectId), command.ObjectBytes));
        var file = bench.Controller.Get<ObjectStorage>().Open(release.ObjectId);
        byte[] content = [.. Enumerable.Range(file.Layout.ManifestChunks, file.Layout.Pieces).SelectMany(file.Chunk)];
        Assert.Equal(RolloutBench.Program, ReleaseBundle.Read(content).Assemblies.Single());
    }

    [Theory]
    [InlineData(UpdateState.RolledBack, RolloutFailure.RolledBack)]
    [InlineData(UpdateState.Failed, RolloutFailure.NotInstalled)]
    public async Task The_first_node_that_fails_stops_it_and_no_other_node_is_told(UpdateState said, RolloutFailure failure)
    {
        await using var bench = await RolloutBench.StartAsync(5);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0], bench.Nodes[1]);
        await bench.LookAsync();
        Assert.Equal(2, bench.Told().Count);
        bench.Runs(bench.Nodes[1], "2.0");
        bench.Controller.Time.Advance(TimeSpan.FromMinutes(6));
        bench.Says(bench.Nodes[0], said, "2.0");

        await bench.LookAsync();
        await bench.LookAsync(minutes: 60);

        var row = await bench.RowAsync(id);
        Assert.Equal(
            (RolloutState.Stopped, failure),
            (row.State, row.Nodes.Single(node => node.NodeId == bench.Nodes[0].Node.Id).Failure));
        Assert.Empty(bench.Told());
        await using var db = await bench.Controller.OpenAsync();
        Assert.Equal("rollout.stop", (await db.Audit.OrderBy(entry => entry.Id).LastAsync()).Action);
    }

    [Fact]
    public async Task Report_on_an_earlier_release_does_not_count()
    {
        await using var bench = await RolloutBench.StartAsync(1);
        bench.Says(bench.Nodes[0], UpdateState.RolledBack, "1.9");
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.LookAsync();
        bench.Controller.Time.Advance(TimeSpan.FromMinutes(1));
        bench.Says(bench.Nodes[0], UpdateState.RolledBack, "1.9");

        await bench.LookAsync();

        Assert.Equal(RolloutState.Running, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task A_node_on_trial_is_not_yet_updated()
    {
        await using var bench = await RolloutBench.StartAsync(1);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.LookAsync();
        bench.Runs(bench.Nodes[0], "2.0");
        bench.Says(bench.Nodes[0], UpdateState.Trial, "2.0");
        await bench.LookAsync();
        Assert.Equal(RolloutStep.Sent, (await bench.RowAsync(id)).Nodes.Single().Step);

        bench.Says(bench.Nodes[0], UpdateState.None, "");
        await bench.LookAsync();

        Assert.Equal(RolloutState.Finished, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task A_node_that_is_away_is_told_when_it_returns_and_holds_up_nobody()
    {
        await using var bench = await RolloutBench.StartAsync(3);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0], bench.Nodes[1]);
        bench.Leaves(bench.Nodes[1]);
        await bench.LookAsync();
        Assert.Equal([bench.Nodes[0].Node.Id], bench.Told());
        bench.Runs(bench.Nodes[0], "2.0");
        await bench.LookAsync();
        await bench.LookAsync(minutes: 15);
        await bench.LookAsync();
        Assert.Equal([bench.Nodes[2].Node.Id], bench.Told());

        bench.Runs(bench.Nodes[1], "1.0");
        await bench.LookAsync();

        Assert.Equal([bench.Nodes[1].Node.Id], bench.Told());
        Assert.Equal(2, (await bench.RowAsync(id)).Stage);
    }

    [Fact]
    public async Task Updated_nodes_that_vanish_hold_up_the_next_stage()
    {
        await using var bench = await RolloutBench.StartAsync(3);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.LookAsync();
        bench.Runs(bench.Nodes[0], "2.0");
        await bench.LookAsync();
        bench.Leaves(bench.Nodes[0]);

        await bench.LookAsync(minutes: 60);

        Assert.Equal(1, (await bench.RowAsync(id)).Stage);
    }

    [Fact]
    public async Task Lost_command_is_repeated_but_not_to_a_node_busy_with_it()
    {
        await using var bench = await RolloutBench.StartAsync(1);
        await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.LookAsync();
        Assert.Single(bench.Told());
        await bench.LookAsync(minutes: 3);
        Assert.Single(bench.Told());

        bench.Says(bench.Nodes[0], UpdateState.Fetching, "2.0");
        await bench.LookAsync(minutes: 3);

        Assert.Empty(bench.Told());
    }

    [Fact]
    public async Task A_node_that_never_gets_anywhere_fails_after_an_hour()
    {
        await using var bench = await RolloutBench.StartAsync(1);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.LookAsync();
        await bench.LookAsync(minutes: 61);

        var row = await bench.RowAsync(id);
        Assert.Equal((RolloutState.Stopped, RolloutFailure.NoResult), (row.State, row.Nodes.Single().Failure));
    }

    [Fact]
    public async Task Stopped_by_a_person_it_can_go_on_and_tries_what_failed_again()
    {
        await using var bench = await RolloutBench.StartAsync(2);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.LookAsync();
        bench.Told();
        bench.Controller.Time.Advance(TimeSpan.FromMinutes(1));
        bench.Says(bench.Nodes[0], UpdateState.RolledBack, "2.0");
        await bench.LookAsync();

        await bench.Controller.Get<ChangeRollout>().ContinueAsync(id, TestController.Officer, CancellationToken.None);
        await bench.LookAsync(minutes: 1);
        Assert.Equal([bench.Nodes[0].Node.Id], bench.Told());
        bench.Runs(bench.Nodes[0], "2.0");
        await bench.LookAsync();
        await bench.Controller.Get<ChangeRollout>().StopAsync(id, TestController.Officer, CancellationToken.None);
        await bench.LookAsync(minutes: 60);

        var row = await bench.RowAsync(id);
        Assert.Equal((RolloutState.Stopped, 1), (row.State, row.Stage));
        Assert.Empty(bench.Told());
    }

    [Fact]
    public async Task Rollout_goes_on_where_it_was_after_a_restart()
    {
        await using var bench = await RolloutBench.StartAsync(2);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.LookAsync();
        await using var later = await bench.Controller.RestartAsync(TimeSpan.FromMinutes(5));
        later.Get<NodeStatusCache>()
            .Heard(bench.Nodes[0].Node.Id, new Hello { Firmware = "2.0", Hardware = "bench" }, later.Time.GetUtcNow());

        await later.Get<RolloutRunner>().LookAsync(CancellationToken.None);

        var row = (await later.Get<ReleaseQuery>().FindAsync(id, new RolloutNodeFilter(), 100, CancellationToken.None))!;
        Assert.Equal(RolloutStep.Updated, row.Nodes.Single(node => node.Stage == 1).Step);
    }

    [Fact]
    public async Task Revoked_nodes_are_left_out_and_hold_up_nobody()
    {
        await using var bench = await RolloutBench.StartAsync(2);
        var id = await bench.BeginAsync(await bench.AddAsync("2.0"), bench.Nodes[0]);
        await bench.Controller.Get<RevokeNode>()
            .HandleAsync(bench.Nodes[1].Node.Id, TestController.Officer, CancellationToken.None);
        await bench.LookAsync();
        bench.Runs(bench.Nodes[0], "2.0");
        await bench.LookAsync();

        Assert.Equal(RolloutState.Finished, (await bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task Only_one_runs_at_a_time()
    {
        await using var bench = await RolloutBench.StartAsync(2);
        var release = await bench.AddAsync("2.0");
        await bench.BeginAsync(release, bench.Nodes[0]);

        await RefusedAsync(ReleaseRefusal.RolloutRunning, () => bench.BeginAsync(release, bench.Nodes[0]));
    }

    [Fact]
    public async Task Rollout_needs_first_nodes_a_known_release_and_known_nodes()
    {
        await using var bench = await RolloutBench.StartAsync(1);
        var release = await bench.AddAsync("2.0");
        var start = bench.Controller.Get<StartRollout>();

        await RefusedAsync(
            ReleaseRefusal.NoFirstNodes, () => start.HandleAsync(release.Id, [], TestController.Officer, CancellationToken.None));
        await RefusedAsync(
            ReleaseRefusal.UnknownRelease,
            () => start.HandleAsync(99, [bench.Nodes[0].Node.Id], TestController.Officer, CancellationToken.None));
        await RefusedAsync(
            NodeRefusal.UnknownNode,
            () => start.HandleAsync(release.Id, ["0123456789abcdef"], TestController.Officer, CancellationToken.None));
        await RefusedAsync(
            ReleaseRefusal.UnknownRollout,
            () => bench.Controller.Get<ChangeRollout>().StopAsync(1, TestController.Officer, CancellationToken.None));
    }

    internal static async Task RefusedAsync(string expected, Func<Task> work) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RefusedException>(work)).Refusal);
}
