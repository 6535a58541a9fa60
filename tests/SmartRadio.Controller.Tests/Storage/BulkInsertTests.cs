using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class BulkInsertTests
{
    [Fact]
    public async Task Rows_come_back_as_they_were_given()
    {
        await using var controller = await TestController.StartAsync();
        var (broadcast, nodes) = await PlannedAsync(controller);
        var told = new Target
        {
            BroadcastId = broadcast,
            NodeId = nodes[0],
            AreaId = 1,
            ObjectId = new string('a', 32),
            State = TargetState.Interrupted,
            Reason = ReceiptReason.Preempted,
            StartedAt = controller.Time.GetUtcNow(),
            EndedAt = controller.Time.GetUtcNow() + TimeSpan.FromSeconds(9),
            Samples = 72_000,
        };
        var silent = new Target { BroadcastId = broadcast, NodeId = nodes[1], AreaId = 1 };

        await using (var db = await controller.OpenAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.InsertAsync([told, silent], CancellationToken.None);
            await transaction.CommitAsync();
        }

        await using var after = await controller.OpenAsync();
        Assert.Equivalent(told, await after.Targets.SingleAsync(target => target.NodeId == nodes[0]), strict: true);
        Assert.Equivalent(silent, await after.Targets.SingleAsync(target => target.NodeId == nodes[1]), strict: true);
    }

    [Fact]
    public async Task Rows_without_a_transaction_are_not_stored()
    {
        await using var controller = await TestController.StartAsync();
        var (broadcast, nodes) = await PlannedAsync(controller);
        await using var db = await controller.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => db.InsertAsync([new Target { BroadcastId = broadcast, NodeId = nodes[0] }], CancellationToken.None));

        Assert.Equal(0, await db.Targets.CountAsync());
    }

    [Fact]
    public async Task Targets_of_a_new_broadcast_are_not_followed()
    {
        await using var controller = await TestController.StartAsync();
        var (_, nodes) = await PlannedAsync(controller);
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        await using var db = await controller.OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rows = await db.Nodes.AsNoTracking().ToListAsync();
        var draft = new BroadcastDraft(BroadcastClass.Normal, new Audience([1], []), controller.Time.GetUtcNow(), TimeSpan.Zero);

        var made = await controller.Get<BroadcastMaker>().MakeAsync(db, rows, bulletin, draft, CancellationToken.None);

        Assert.Empty(db.ChangeTracker.Entries<Target>());
        Assert.Equal(
            nodes.Count, await db.Targets.CountAsync(target => target.BroadcastId == made.Id && target.ObjectId != null));
    }

    private static async Task<(long Broadcast, IReadOnlyList<string> Nodes)> PlannedAsync(TestController controller)
    {
        var area = await controller.AddAreaAsync("1");
        var first = await controller.AddNodeAsync(area, "A");
        var second = await controller.AddNodeAsync(area, "B");
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        await using var db = await controller.OpenAsync();
        var broadcast = new Broadcast
        {
            BulletinId = bulletin.Id,
            Audience = new Audience([area.Id], []),
            Start = controller.Time.GetUtcNow()
        };
        db.Broadcasts.Add(broadcast);
        await db.SaveChangesAsync();
        return (broadcast.Id, [first.Node.Id, second.Node.Id]);
    }
}
