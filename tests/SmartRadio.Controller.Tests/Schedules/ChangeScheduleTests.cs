using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>A schedule that is changed, paused, cancelled by a slip, or ends after so many times.</summary>
public sealed class ChangeScheduleTests
{
    private static readonly (string, string) ThreeDays = ("PlanAhead", "3.00:00:00");

    [Fact]
    public async Task Change_from_a_day_keeps_what_lies_before_it()
    {
        await using var controller = await TestController.StartAsync(now: null, ThreeDays);
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);

        var made = await controller.Get<ChangeSchedule>().HandleAsync(
            old.Id, ScheduleBench.Friday.AddDays(1),
            daily.When(rule => rule with { From = ScheduleBench.Friday.AddDays(1), Times = [new(18, 0)] }),
            TestController.Officer, CancellationToken.None);

        Assert.Equal(
            [
                "11-20 17:00:00 Planned", "11-21 17:00:00 Stopped", "11-21 18:00:00 Planned", "11-22 17:00:00 Stopped",
                "11-22 18:00:00 Planned",
            ],
            await controller.BroadcastsAsync());
        await using var db = await controller.OpenAsync();
        var kept = await db.Schedules.SingleAsync(row => row.Id == old.Id);
        Assert.Equal((ScheduleBench.Friday, null), (kept.Until, kept.CancelledAt));
        Assert.NotEqual(old.Id, made.Id);
    }

    [Fact]
    public async Task Change_from_its_first_day_takes_its_place()
    {
        await using var controller = await TestController.StartAsync(now: null, ThreeDays);
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);

        await controller.Get<ChangeSchedule>().HandleAsync(
            old.Id, ScheduleBench.Friday, daily.When(rule => rule with { Times = [new(16, 0)], Until = ScheduleBench.Friday }),
            TestController.Officer, CancellationToken.None);

        Assert.Equal(
            ["11-20 16:00:00 Planned", "11-20 17:00:00 Stopped", "11-21 17:00:00 Stopped", "11-22 17:00:00 Stopped"],
            await controller.BroadcastsAsync());
        await using var db = await controller.OpenAsync();
        Assert.NotNull((await db.Schedules.SingleAsync(row => row.Id == old.Id)).CancelledAt);
    }

    [Fact]
    public async Task Change_keeps_how_late_it_may_start()
    {
        await using var controller = await TestController.StartAsync(now: null, ThreeDays);
        var daily = await controller.DailyAsync() with { Tolerance = TimeSpan.FromMinutes(7) };
        var old = await controller.AddAsync(daily);

        var made = await controller.Get<ChangeSchedule>().HandleAsync(
            old.Id, ScheduleBench.Friday, daily with { Tolerance = null }, TestController.Officer, CancellationToken.None);

        Assert.Equal(TimeSpan.FromMinutes(7), made.Tolerance);
    }

    [Fact]
    public async Task Change_that_is_refused_changes_nothing()
    {
        await using var controller = await TestController.StartAsync(now: null, ThreeDays);
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);
        var before = await controller.BroadcastsAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<ChangeSchedule>().HandleAsync(
            old.Id, ScheduleBench.Friday, daily.When(rule => rule with { Times = [new(23, 30)] }), TestController.Officer,
            CancellationToken.None));

        Assert.Equal(BroadcastRefusal.InQuietHours, refused.Refusal);
        Assert.Equal(before, await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Pause_withdraws_its_days_and_its_end_plans_them_again()
    {
        await using var controller = await TestController.StartAsync(now: null, ThreeDays);
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        var (pause, saturday) = (controller.Get<PauseSchedule>(), ScheduleBench.Friday.AddDays(1));

        await pause.HandleAsync(schedule.Id, saturday, saturday, TestController.Officer, CancellationToken.None);
        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-21 17:00:00 Stopped", "11-22 17:00:00 Planned"], await controller.BroadcastsAsync());
        controller.Time.Advance(TimeSpan.FromMinutes(5));
        await pause.ResumeAsync(schedule.Id, saturday, TestController.Officer, CancellationToken.None);

        Assert.Equal(
            [
                "11-20 17:00:00 Planned", "11-21 17:00:00 Planned", "11-21 17:00:00 Stopped", "11-22 17:00:00 Planned",
            ],
            (await controller.BroadcastsAsync()).Order());
    }

    [Fact]
    public async Task Cancellation_can_be_taken_back_for_a_short_while()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        controller.Time.Advance(RestoreSchedule.Within - TimeSpan.FromSeconds(1));

        await controller.Get<RestoreSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);

        Assert.Equal(["11-20 17:00:00 Planned", "11-20 17:00:00 Stopped"], (await controller.BroadcastsAsync()).Order());
        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        controller.Time.Advance(RestoreSchedule.Within + TimeSpan.FromSeconds(1));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<RestoreSchedule>().HandleAsync(
            schedule.Id, TestController.Officer, CancellationToken.None));
        Assert.Equal(BroadcastRefusal.TooLateToRestore, refused.Refusal);
    }

    [Fact]
    public async Task What_was_changed_by_itself_comes_back_as_it_was()
    {
        await using var controller = await TestController.StartAsync(now: null, ThreeDays);
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var other = await controller.AddBulletinAsync(TimeSpan.FromSeconds(3));
        await using (var db = await controller.OpenAsync())
        {
            var rows = await db.Broadcasts.OrderBy(row => row.Start).ToListAsync();
            var move = controller.Get<MoveBroadcast>();
            await move.HandleAsync(
                rows[1].Id, new MoveRequest(rows[1].Start.AddHours(1), null), TestController.Officer, CancellationToken.None);
            await move.HandleAsync(
                rows[2].Id, new MoveRequest(rows[2].Start, other.Id), TestController.Officer, CancellationToken.None);
        }

        controller.Time.Advance(TimeSpan.FromMinutes(5));
        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        controller.Time.Advance(TimeSpan.FromMinutes(1));
        await controller.Get<RestoreSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);

        await using var after = await controller.OpenAsync();
        var planned = await after.Broadcasts.Where(row => row.State == BroadcastState.Planned).OrderBy(row => row.Start)
            .ToListAsync();
        var local = controller.Get<LocalTime>();
        Assert.Equal(
            [("20 17", schedule.BulletinId), ("21 18", schedule.BulletinId), ("22 17", other.Id)],
            planned.ConvertAll(row => ($"{local.Of(row.Start):dd HH}", row.BulletinId)));
    }

    [Fact]
    public async Task Broadcast_cancelled_by_itself_stays_so_when_a_pause_ends()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        await using var db = await controller.OpenAsync();
        var single = await db.Broadcasts.SingleAsync();
        await controller.Get<StopBroadcast>().HandleAsync(single.Id, TestController.Officer, CancellationToken.None);
        controller.Time.Advance(TimeSpan.FromMinutes(1));
        var pause = controller.Get<PauseSchedule>();
        await pause.HandleAsync(
            schedule.Id, ScheduleBench.Friday, ScheduleBench.Friday, TestController.Officer, CancellationToken.None);

        await pause.ResumeAsync(schedule.Id, ScheduleBench.Friday, TestController.Officer, CancellationToken.None);

        Assert.Equal(["11-20 17:00:00 Stopped"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Schedule_of_three_times_ends_after_three()
    {
        await using var controller = await TestController.StartAsync(now: null, ThreeDays);
        var daily = await controller.DailyAsync();

        await controller.AddAsync(daily.When(rule => rule with { Times = [new(17, 0), new(9, 30)], Count = 3 }));

        Assert.Equal(
            ["11-20 09:30:00 Planned", "11-20 17:00:00 Planned", "11-21 09:30:00 Planned"], await controller.BroadcastsAsync());
    }

    [Theory]
    [InlineData(ScheduleRefusal.TimesOutOfRange)]
    [InlineData(ScheduleRefusal.CountOutOfRange)]
    [InlineData(ScheduleRefusal.PausesOutOfRange)]
    [InlineData(ScheduleRefusal.TimesTooClose)]
    public async Task Rule_that_cannot_be_is_refused(string refusal)
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var asked = daily.When(rule => refusal switch
        {
            ScheduleRefusal.TimesOutOfRange => rule with { Times = [new(17, 0), new(17, 0)] },
            ScheduleRefusal.CountOutOfRange => rule with { Count = 0 },
            ScheduleRefusal.PausesOutOfRange =>
                rule with { Pauses = [new(ScheduleBench.Friday, ScheduleBench.Friday.AddDays(-1))] },
            // Two seconds, and again after a minute.
            _ => rule with { Times = [new(17, 0), new(17, 1)], Repeats = 2, Distance = TimeSpan.FromMinutes(1) },
        });

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.AddAsync(asked));

        Assert.Equal(refusal, refused.Refusal);
    }
}
