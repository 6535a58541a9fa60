using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>What a cancelled schedule leaves in the books, and how it is written.</summary>
public sealed class CancelScheduleTests
{
    [Fact]
    public async Task Cancelling_stops_whoever_has_not_ended()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        var area = await db.Areas.SingleAsync();
        var waiting = await db.Nodes.Select(node => node.Id).SingleAsync();
        var (early, ended) = ((await controller.AddNodeAsync(area)).Node.Id, (await controller.AddNodeAsync(area)).Node.Id);
        var stopped = (await controller.AddNodeAsync(area)).Node.Id;
        var schedule = await controller.AddAsync(daily);
        DateTimeOffset? before = controller.Time.GetUtcNow();
        // A node whose clock is ahead may sound already, and one may have told that it cannot.
        await SetAsync(db, early, TargetState.Playing);
        await SetAsync(db, ended, TargetState.Rejected);
        await SetAsync(db, stopped, TargetState.Playing, before);
        var plans = await PlansAsync(db);
        controller.Time.Advance(TimeSpan.FromMinutes(1));

        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);

        DateTimeOffset? now = controller.Time.GetUtcNow();
        var targets = await db.Targets.AsNoTracking().ToDictionaryAsync(target => target.NodeId);
        Assert.Equal((TargetState.Missed, ReceiptReason.Stopped, now), Of(targets[waiting]));
        Assert.Equal((TargetState.Playing, ReceiptReason.None, now), Of(targets[early]));
        Assert.Equal((TargetState.Rejected, ReceiptReason.None, null), Of(targets[ended]));
        Assert.Equal((TargetState.Playing, ReceiptReason.None, before), Of(targets[stopped]));
        var broadcast = await db.Broadcasts.AsNoTracking().SingleAsync();
        Assert.Equal((BroadcastState.Stopped, now), (broadcast.State, broadcast.StoppedAt));
        var raised = (await PlansAsync(db)).Where(plan => plan.Value > plans[plan.Key]).Select(plan => plan.Key);
        Assert.Equal(new[] { waiting, early }.Order(), raised.Order());
    }

    [Fact]
    public async Task Cancelling_loads_no_targets_while_others_wait()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        int? loaded = null;
        var door = Door(controller, change => loaded = change.Db.ChangeTracker.Entries<Target>().Count());

        await new CancelSchedule(door, controller.Get<AirTimes>(), controller.Get<LocalTime>())
            .HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);

        Assert.Equal(0, loaded);
        Assert.Equal(["11-20 17:00:00 Stopped", "11-21 17:00:00 Stopped"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Repeats_for_many_nodes_are_planned_in_several_turns()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            var nodes = Enumerable.Range(0, 1000).Select(
                number => new Node { Id = $"{number:x16}", Name = "Cụm loa", AreaId = daily.Audience.Areas[0] });
            await db.InsertAsync(nodes, CancellationToken.None);
            await transaction.CommitAsync();
        }

        await controller.AddAsync(daily.When(rule => rule with { Repeats = 3, Distance = TimeSpan.FromSeconds(30) }));

        var turns = await db.Audit.CountAsync(entry => entry.Action == "schedule.plan");
        Assert.Equal((3, 3, 3003), (turns, await db.Broadcasts.CountAsync(), await db.Targets.CountAsync()));
    }

    [Fact]
    public async Task Planning_that_was_cut_short_goes_on_with_the_next_repeat()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(
            daily.When(rule => rule with { Repeats = 3, Distance = TimeSpan.FromSeconds(30) }));
        var whole = await controller.BroadcastsAsync();
        await using (var db = await controller.OpenAsync())
        {
            var last = await db.Broadcasts.MaxAsync(row => row.Id);
            await db.Targets.Where(target => target.BroadcastId == last).ExecuteDeleteAsync();
            await db.Broadcasts.Where(row => row.Id == last).ExecuteDeleteAsync();
            await db.Schedules.ExecuteUpdateAsync(set => set.SetProperty(row => row.PlannedThrough, row => row.CreatedAt));
        }

        await controller.PlanAsync(schedule.Id);

        Assert.Equal(whole, await controller.BroadcastsAsync());
    }

    private static (TargetState, ReceiptReason, DateTimeOffset?) Of(Target target) =>
        (target.State, target.Reason, target.StoppedAt);

    private static Task<Dictionary<string, long>> PlansAsync(RadioDb db) =>
        db.Nodes.AsNoTracking().ToDictionaryAsync(node => node.Id, node => node.PlanNumber);

    private static Task<int> SetAsync(RadioDb db, string node, TargetState state, DateTimeOffset? stopped = null) =>
        db.Targets.Where(target => target.NodeId == node).ExecuteUpdateAsync(set => set
            .SetProperty(target => target.State, state)
            .SetProperty(target => target.StoppedAt, stopped));

    private static AuditedChanges Door(TestController controller, Action<Change> part)
    {
        var events = new Events(
            controller.Get<IServiceProvider>(), [],
            [
                new Part(typeof(ScheduleCancelled), (_, change, _, _) =>
                {
                    part(change);
                    return Task.CompletedTask;
                }),
            ],
            controller.Get<ChangeFeed>(), NullLogger<Events>.Instance);
        return new AuditedChanges(
            controller.Get<WaitingChanges>(), controller.Get<WriteTurns>(), controller.Get<WriteAheadLog>(),
            controller.Get<IRights>(), events, controller.Time, NullLogger<AuditedChanges>.Instance);
    }
}
