using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

public sealed class PlanningTests
{
    [Fact]
    public async Task Schedule_that_cannot_be_reckoned_holds_up_no_other()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        var broken = await controller.AddAsync(daily);
        await controller.AddAsync(daily.When(rule => rule with { Times = [new TimeOnly(18, 0)] }));
        await using (var db = await controller.OpenAsync())
        {
            await db.Schedules.Where(row => row.Id == broken.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Recurrence, (Recurrence)99));
        }

        controller.Time.Advance(TimeSpan.FromDays(1));
        await controller.Get<SchedulePlanner>().PlanAllAsync(CancellationToken.None);

        Assert.Contains("11-21 18:00:00 Planned", await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task A_new_schedule_is_planned_to_the_horizon_at_once()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "3.00:00:00"));
        var daily = await controller.DailyAsync();

        await controller.AddAsync(daily);

        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-21 17:00:00 Planned", "11-22 17:00:00 Planned"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Planning_again_makes_nothing_twice()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        var before = await controller.BroadcastsAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => controller.PlanAsync(schedule.Id)));

        Assert.Equal(7, before.Count);
        Assert.Equal(before, await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task As_time_goes_on_the_horizon_moves()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);

        controller.Time.Advance(TimeSpan.FromHours(10));
        await controller.PlanAsync(schedule.Id);

        Assert.Equal(["11-20 17:00:00 Planned", "11-21 17:00:00 Planned"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Each_repeat_is_a_broadcast_of_its_own_from_start_to_start()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "12:00:00"));
        var daily = await controller.DailyAsync();

        await controller.AddAsync(daily.When(rule => rule with { Repeats = 3, Distance = TimeSpan.FromSeconds(30) }));

        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-20 17:00:30 Planned", "11-20 17:01:00 Planned"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Times_due_while_the_program_was_away_are_missed_and_in_no_plan()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "10:00:00"));
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);

        // Away until Sunday 17:05: Saturday's is past, Sunday's is within its ten minutes.
        await using var later = await controller.RestartAsync(TimeSpan.FromHours((2 * 24) + 9) + TimeSpan.FromMinutes(5));
        await later.Get<SchedulePlanner>().PlanAllAsync(CancellationToken.None);

        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-21 17:00:00 Missed", "11-22 17:00:00 Planned"], await later.BroadcastsAsync());
        await using var db = await later.OpenAsync();
        var missed = await db.Broadcasts.Include(row => row.Targets).SingleAsync(row => row.State == BroadcastState.Missed);
        Assert.All(missed.Targets, target => Assert.Equal(TargetState.Missed, target.State));
        var node = await db.Nodes.Select(row => row.Id).SingleAsync();
        var plan = (await later.Get<PlanComposer>().ComposeAsync(db, new HashSet<string> { node }, CancellationToken.None))[node];
        Assert.DoesNotContain(plan.Entries, entry => entry.Broadcast == missed.Id);
        Assert.Contains(plan.Entries, entry => entry.Broadcast != missed.Id);
    }

    [Fact]
    public async Task Planning_reaches_the_nodes()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        var before = await db.Nodes.AsNoTracking().SingleAsync();

        await controller.AddAsync(daily);

        var after = await db.Nodes.AsNoTracking().SingleAsync();
        Assert.True(after.PlanNumber > before.PlanNumber);
    }

    [Fact]
    public async Task A_node_that_was_revoked_does_not_hold_up_the_others()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "10:00:00"));
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        var first = await db.Nodes.Select(row => row.Id).SingleAsync();
        var second = await controller.AddNodeAsync(await db.Areas.SingleAsync());
        var schedule = await controller.AddAsync(daily with { Audience = new Audience([], [first, second.Node.Id]) });
        await db.Nodes.Where(row => row.Id == first)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, controller.Time.GetUtcNow()));

        controller.Time.Advance(TimeSpan.FromDays(1));
        await controller.PlanAsync(schedule.Id);

        var last = await db.Broadcasts.Include(row => row.Targets).OrderBy(row => row.Start).LastAsync();
        Assert.Equal([second.Node.Id], last.Targets.Select(target => target.NodeId));
    }

    [Fact]
    public async Task Time_of_an_empty_area_stays_open_for_a_node_that_joins()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "10:00:00"));
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        var schedule = await controller.AddAsync(daily);
        await db.Nodes.ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, controller.Time.GetUtcNow()));
        controller.Time.Advance(TimeSpan.FromDays(1));
        await controller.PlanAsync(schedule.Id);
        Assert.Single(await controller.BroadcastsAsync());

        await controller.AddNodeAsync(await db.Areas.SingleAsync());
        await controller.PlanAsync(schedule.Id);

        Assert.Equal(2, (await controller.BroadcastsAsync()).Count);
    }

    [Fact]
    public async Task A_node_that_joins_hears_what_was_planned_before_it_came()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        await controller.AddAsync(daily);
        var node = await db.Nodes.Select(row => row.Id).SingleAsync();
        await controller.AddAsync(
            daily.When(rule => rule with { Times = [new TimeOnly(18, 0)] }) with { Audience = new Audience([], [node]) });
        controller.Time.Advance(TimeSpan.FromHours(9));

        var joined = await controller.AddNodeAsync(await db.Areas.SingleAsync());

        // Friday's 17:00 has begun, and at 18:00 only the other node is meant.
        var heard = await db.Broadcasts.Where(row => row.Targets.Any(target => target.NodeId == joined.Node.Id)).ToListAsync();
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 17, 0, 0, TimeSpan.FromHours(7)), Assert.Single(heard).Start);
        var plan = (await controller.Get<PlanComposer>()
            .ComposeAsync(db, new HashSet<string> { joined.Node.Id }, CancellationToken.None))[joined.Node.Id];
        Assert.Equal(heard[0].Id, Assert.Single(plan.Entries).Broadcast);
    }

    [Fact]
    public async Task Cancelling_takes_back_what_has_not_begun_and_plans_no_more()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        controller.Time.Advance(TimeSpan.FromHours(9));

        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        controller.Time.Advance(TimeSpan.FromDays(7));

        Assert.False(await controller.PlanAsync(schedule.Id));
        Assert.Equal(["11-20 17:00:00 Planned", "11-21 17:00:00 Stopped"], await controller.BroadcastsAsync());
        var again = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None));
        Assert.Equal(BroadcastRefusal.AlreadyOver, again.Refusal);
    }

    [Fact]
    public async Task The_list_shows_the_next_time()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        controller.Time.Advance(TimeSpan.FromHours(10));

        var row = Assert.Single(
            await controller.Get<ScheduleQuery>().ListAsync(AreaScope.Everywhere, 10, CancellationToken.None));

        Assert.Equal((schedule.Id, "Bản tin", "Cán bộ"), (row.Schedule.Id, row.Title, row.Author));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 17, 0, 0, TimeSpan.FromHours(7)), row.Next);
    }
}
