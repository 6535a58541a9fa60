using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Broadcasts;

public sealed class AirBulletinTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task An_area_means_every_node_below_it()
    {
        await using var controller = await TestController.StartAsync();
        var commune = await controller.AddAreaAsync("1");
        var hamlet = await controller.AddAreaAsync("2", commune);
        await controller.AddNodeAsync(commune, "A");
        await controller.AddNodeAsync(hamlet, "B");
        await controller.AddNodeAsync(await controller.AddAreaAsync("3"), "Elsewhere");

        var broadcast = await AirAsync(controller, new Audience([commune.Id], []));

        var proof = await controller.Get<ProofQuery>().GetAsync(broadcast.Id, AreaScope.Everywhere, 9, CancellationToken.None);
        var nodes = proof!.Detail.Broadcast.Nodes;
        Assert.Equal(["A", "B"], proof.Named.Select(target => target.Place.NodeName));
        Assert.Equal((2, 0, 0), (nodes.Should, nodes.Played, nodes.Failed));
    }

    [Fact]
    public async Task Now_means_soon_and_an_emergency_sooner()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);

        var normal = await AirAsync(controller, new Audience([area.Id], []));
        var emergency = await AirAsync(controller, new Audience([area.Id], []), BroadcastClass.Emergency);

        Assert.True(normal.Start > controller.Time.GetUtcNow());
        Assert.True(emergency.Start < normal.Start);
        Assert.True(emergency.Start - controller.Time.GetUtcNow() <= TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(BroadcastRefusal.AudienceEmpty)]
    [InlineData(AreaRefusal.UnknownArea, 99L)]
    [InlineData(NodeRefusal.UnknownNode, null, "0123456789abcdef")]
    public async Task An_audience_that_means_nobody_is_refused(string refusal, long? area = null, string? node = null)
    {
        await using var controller = await TestController.StartAsync();
        await controller.AddNodeAsync(await controller.AddAreaAsync("1"));
        await AssertRefusedAsync(controller, refusal, new Audience(area is { } a ? [a] : [], node is null ? [] : [node]));
    }

    [Fact]
    public async Task An_area_without_nodes_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await AssertRefusedAsync(controller, BroadcastRefusal.AudienceHasNoNodes, new Audience([area.Id], []));
    }

    [Fact]
    public async Task Unapproved_bulletin_is_not_aired()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        var draft = await controller.AddBulletinAsync(Length, approved: false);
        await AssertRefusedAsync(controller, BulletinRefusal.NotApproved, new Audience([area.Id], []), bulletinId: draft.Id);
    }

    [Theory]
    [InlineData(-60, BroadcastRefusal.StartInPast)]
    [InlineData(400L * 24 * 3600, BroadcastRefusal.StartTooFar)]
    public async Task A_start_in_the_past_or_years_away_is_refused(long seconds, string refusal)
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        var start = controller.Time.GetUtcNow().AddSeconds(seconds);
        await AssertRefusedAsync(controller, refusal, new Audience([area.Id], []), start: start);
    }

    [Theory]
    [InlineData(BroadcastClass.Live)]
    [InlineData(BroadcastClass.Relay)]
    [InlineData((BroadcastClass)77)]
    public async Task Only_the_three_classes_of_bulletins_are_aired(BroadcastClass broadcastClass)
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        await AssertRefusedAsync(controller, BroadcastRefusal.UnknownClass, new Audience([area.Id], []), broadcastClass);
    }

    [Fact]
    public async Task In_quiet_hours_only_an_emergency_is_taken()
    {
        // 03:15, the hour of the incident in Nghệ An that this rule comes from.
        await using var controller = await TestController.StartAsync(
            new DateTimeOffset(2026, 11, 20, 3, 15, 0, TimeSpan.FromHours(7)));
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        var audience = new Audience([area.Id], []);

        await AssertRefusedAsync(controller, BroadcastRefusal.InQuietHours, audience, BroadcastClass.Priority);
        var emergency = await AirAsync(controller, audience, BroadcastClass.Emergency);

        Assert.Equal(BroadcastState.Planned, emergency.State);
    }

    [Fact]
    public async Task A_broadcast_is_over_when_every_node_has_accounted_for_it()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        var broadcast = await AirAsync(controller, new Audience([area.Id], []));
        controller.Time.Advance(TimeSpan.FromSeconds(8));
        var closer = controller.Get<BroadcastCloser>();
        Assert.Equal(0, await closer.CloseAsync(CancellationToken.None));

        await using (var db = await controller.OpenAsync())
        {
            var target = await db.Targets.SingleAsync(t => t.NodeId == node.Node.Id);
            target.Apply(new Receipt { Broadcast = broadcast.Id, Step = ReceiptStep.Started }, resumes: false);
            target.Apply(new Receipt { Broadcast = broadcast.Id, Step = ReceiptStep.Finished, Samples = 16000 }, resumes: false);
            await db.SaveChangesAsync();
        }

        Assert.Equal(1, await closer.CloseAsync(CancellationToken.None));
        var row = (await controller.Get<BroadcastQuery>()
            .FindAsync(broadcast.Id, AreaScope.Everywhere, CancellationToken.None))!.Broadcast;
        Assert.Equal((BroadcastState.Finished, 1, 1), (row.State, row.Nodes.Played, row.Nodes.Should));
    }

    private static async Task<Broadcast> AirAsync(
        TestController controller,
        Audience audience,
        BroadcastClass broadcastClass = BroadcastClass.Normal,
        DateTimeOffset? start = null,
        long? bulletinId = null)
    {
        var bulletin = bulletinId ?? (await controller.AddBulletinAsync(Length)).Id;
        return await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin, broadcastClass, audience, start, null), TestController.Officer, CancellationToken.None);
    }

    /// <summary>Refused for this reason, and nothing is left behind: no broadcast, no audit row, no newer plan.</summary>
    private static async Task AssertRefusedAsync(
        TestController controller,
        string refusal,
        Audience audience,
        BroadcastClass broadcastClass = BroadcastClass.Normal,
        DateTimeOffset? start = null,
        long? bulletinId = null)
    {
        await using var db = await controller.OpenAsync();
        var before = await StateAsync(db);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => AirAsync(controller, audience, broadcastClass, start, bulletinId));

        Assert.Equal(refusal, refused.Refusal);
        Assert.Equal(before, await StateAsync(db));
    }

    private static async Task<(int Broadcasts, int Audit, long Plans)> StateAsync(RadioDb db) =>
        (await db.Broadcasts.CountAsync(), await db.Audit.CountAsync(), await db.Nodes.SumAsync(node => node.PlanNumber));
}
