using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>What a page of a broadcast reads: names of few nodes, of the others no more than a picture shows.</summary>
public sealed class ProofQueryTests
{
    private const int Nodes = 40;
    private const int Named = 5;

    [Fact]
    public async Task Names_are_read_for_as_many_nodes_as_are_told_by_name()
    {
        await using var controller = await TestController.StartAsync();
        var (broadcast, _) = await AirAsync(controller);

        var (few, proof) = await ReadAsync(controller, broadcast, AreaScope.Everywhere, Named);
        var (more, _) = await ReadAsync(controller, broadcast, AreaScope.Everywhere, 2 * Named);

        Assert.Equal((Named, Nodes), (proof!.Named.Count, proof.Dots.Count));
        Assert.Equal(Named, more - few);
        Assert.InRange(few, Nodes, Nodes + Named + 20);
    }

    [Fact]
    public async Task Nodes_that_failed_are_named_first_and_all_others_by_their_names()
    {
        await using var controller = await TestController.StartAsync();
        var (broadcast, _) = await AirAsync(controller);
        await SetAsync(controller, broadcast, (index, target) => (target.State, target.Reason, target.Samples) = index switch
        {
            30 => (TargetState.Interrupted, ReceiptReason.Stopped, 8000),
            20 => (TargetState.Missed, ReceiptReason.NoSound, 0),
            10 => (TargetState.Missed, ReceiptReason.Stopped, 0),
            _ => (TargetState.Played, ReceiptReason.None, 16_000),
        });

        var (_, proof) = await ReadAsync(controller, broadcast, AreaScope.Everywhere, Named);

        Assert.Equal(["Loa 20", "Loa 30", "Loa 00", "Loa 01", "Loa 02"], proof!.Named.Select(row => row.Place.NodeName));
    }

    [Fact]
    public async Task What_fails_in_the_database_is_what_fails_on_the_page()
    {
        await using var controller = await TestController.StartAsync();
        var (broadcast, _) = await AirAsync(controller);
        TargetState[] states = Enum.GetValues<TargetState>();
        ReceiptReason[] reasons = [ReceiptReason.None, ReceiptReason.Stopped, ReceiptReason.LocalStop, ReceiptReason.Limit];
        var all = (from state in states from reason in reasons from samples in (long[])[0, 8000] select (state, reason, samples))
            .ToList();
        foreach (var part in all.Chunk(Nodes))
        {
            await SetAsync(controller, broadcast, (index, target) =>
                (target.State, target.Reason, target.Samples) = part[index % part.Length]);

            var (_, proof) = await ReadAsync(controller, broadcast, AreaScope.Everywhere, Nodes);

            var failed = proof!.Named.Select(row => row.Progress is BroadcastProgress.HeardInPart or BroadcastProgress.NotReached
                or BroadcastProgress.Refused).ToList();
            Assert.Equal(failed.OrderDescending(), failed);
        }
    }

    [Theory]
    [InlineData(TargetState.Waiting, false)]
    [InlineData(TargetState.Received, false)]
    [InlineData(TargetState.Verified, true)]
    [InlineData(TargetState.Playing, true)]
    [InlineData(TargetState.Played, true)]
    [InlineData(TargetState.Interrupted, true)]
    [InlineData(TargetState.Rejected, false)]
    [InlineData(TargetState.Missed, false)]
    [InlineData(TargetState.Unknown, false)]
    public async Task Nodes_that_hold_the_sound_or_sounded_are_ready(TargetState state, bool isReady)
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        var broadcast = (await AirAsync(controller, area, minutes: 0)).Id;
        await SetAsync(controller, broadcast, (_, target) => target.State = state);

        var (_, proof) = await ReadAsync(controller, broadcast, AreaScope.Everywhere, Named);

        Assert.Equal(isReady ? 1 : 0, proof!.Ready);
    }

    [Fact]
    public async Task Nodes_outside_the_readers_areas_are_neither_shown_nor_counted()
    {
        await using var controller = await TestController.StartAsync();
        var (broadcast, other) = await AirAsync(controller);
        await SetAsync(controller, broadcast, (_, target) => target.State = TargetState.Verified);

        var (_, proof) = await ReadAsync(controller, broadcast, AreaScope.Of(new HashSet<long> { other.Id }), Named);

        Assert.Equal((1, 1, 1), (proof!.Named.Count, proof.Dots.Count, proof.Ready));
        Assert.Equal(other.Id, proof.Named[0].Place.AreaId);
    }

    [Fact]
    public async Task No_more_of_what_sounds_is_read_than_is_shown()
    {
        await using var controller = await TestController.StartAsync();
        var (first, other) = await AirAsync(controller);
        var broadcasts = new List<long> { first };
        for (var more = 1; more < 4; more++)
        {
            broadcasts.Add((await AirAsync(controller, other, minutes: more)).Id);
        }

        foreach (var broadcast in broadcasts)
        {
            await SetAsync(controller, broadcast, (_, target) => target.State = TargetState.Playing);
        }

        var counted = new RowsRead(controller);
        var query = new BroadcastQuery(counted);
        var shown = await query.OnAirAsync(AreaScope.Everywhere, 2, CancellationToken.None);
        var there = await query.OnAirAsync(AreaScope.Of(new HashSet<long> { other.Id }), 9, CancellationToken.None);
        var (rows, areas) = await counted.CountAsync(
            () => query.OnAirAreasAsync(AreaScope.Of(new HashSet<long> { other.Id }), CancellationToken.None));

        Assert.Equal([broadcasts[3], broadcasts[2]], shown.Rows.Select(row => row.Id));
        Assert.Equal((4, 4), (shown.Total, there.Total));
        Assert.Equal([3, 2, 1, 0], there.Rows.Select(row => broadcasts.IndexOf(row.Id)));
        Assert.All(there.Rows, row => Assert.Equal(1, row.Nodes.Should));
        Assert.Equal([other.Id], areas);
        Assert.InRange(rows, 1, 2);
    }

    private static Task<(long Rows, ShownProof? Result)> ReadAsync(
        TestController controller, long broadcast, AreaScope scope, int named)
    {
        var counted = new RowsRead(controller);
        var query = new ProofQuery(counted, new BroadcastQuery(counted));
        return counted.CountAsync(() => query.GetAsync(broadcast, scope, named, CancellationToken.None));
    }

    /// <summary>One broadcast for a commune of many nodes and another with a single one.</summary>
    private static async Task<(long Broadcast, Area Other)> AirAsync(TestController controller)
    {
        var area = await controller.AddAreaAsync("1");
        var other = await controller.AddAreaAsync("2");
        for (var index = 0; index < Nodes - 1; index++)
        {
            await controller.AddNodeAsync(area, $"Loa {index:00}");
        }

        await controller.AddNodeAsync(other, "Loa khác");
        return ((await AirAsync(controller, area, minutes: 0, other)).Id, other);
    }

    private static async Task<Broadcast> AirAsync(TestController controller, Area area, int minutes, params Area[] more) =>
        await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(
                (await controller.AddBulletinAsync(TimeSpan.FromSeconds(2))).Id, BroadcastClass.Normal,
                new Audience([area.Id, .. more.Select(each => each.Id)], []),
                controller.Time.GetUtcNow() + TimeSpan.FromMinutes(10 + minutes), null),
            TestController.Officer, CancellationToken.None);

    private static async Task SetAsync(TestController controller, long broadcast, Action<int, Target> set)
    {
        await using var db = await controller.OpenAsync();
        var targets = await (
            from target in db.Targets
            where target.BroadcastId == broadcast
            join node in db.Nodes on target.NodeId equals node.Id
            orderby node.Name
            select target).ToListAsync();
        foreach (var (index, target) in targets.Index())
        {
            set(index, target);
        }

        await db.SaveChangesAsync();
    }
}
