using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Storage;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>The real scheduler on its real store in the database file.</summary>
public sealed class QuartzStoreTests
{
    private static readonly DateTimeOffset FirstAir = new(2026, 11, 20, 17, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public async Task The_trigger_holds_the_rule_and_fires_at_the_air_times()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();

        var schedule = await controller.AddAsync(daily);

        var trigger = await TriggerAsync(controller, schedule.Id);
        Assert.Equal("FREQ=DAILY", Assert.IsType<IRecurrenceTrigger>(trigger, exactMatch: false).RecurrenceRule);
        Assert.Equal(FirstAir, trigger!.NextFireTimeUtc);
    }

    [Fact]
    public async Task A_restart_finds_the_trigger_in_the_store()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);

        await using var later = await controller.RestartAsync(TimeSpan.FromHours(1));

        Assert.Equal(FirstAir, (await TriggerAsync(later, schedule.Id))!.NextFireTimeUtc);
    }

    [Fact]
    public async Task A_firing_plans_the_next_times()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);

        // Started when Friday's time has come: the trigger is due in the store.
        await using var later = await controller.RestartAsync(TimeSpan.FromHours(9));
        await (await SchedulerAsync(later)).Start();

        await EventuallyAsync(later, async db => await db.Broadcasts.CountAsync(row => row.ScheduleId == schedule.Id) == 2);
        Assert.Equal(["11-20 17:00:00 Planned", "11-21 17:00:00 Planned"], await later.BroadcastsAsync());
    }

    [Fact]
    public async Task Trigger_misfired_long_ago_fires_once_and_records_missed_times()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "08:00:00"));
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);

        await using var later = await controller.RestartAsync(TimeSpan.FromDays(3));
        await (await SchedulerAsync(later)).Start();

        await EventuallyAsync(later, async db => await db.Broadcasts.CountAsync(row => row.ScheduleId == schedule.Id) == 3);
        Assert.Equal(["11-20 17:00:00 Missed", "11-21 17:00:00 Missed", "11-22 17:00:00 Missed"], await later.BroadcastsAsync());
        Assert.Equal(FirstAir.AddDays(3), (await TriggerAsync(later, schedule.Id))!.NextFireTimeUtc);
    }

    [Fact]
    public async Task A_trigger_lost_to_a_crash_is_made_up_for()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        await (await SchedulerAsync(controller)).UnscheduleJob(AirTimes.KeyOf(schedule.Id, 0));

        await controller.Get<SchedulePlanner>().PlanAllAsync(CancellationToken.None);

        Assert.Equal(FirstAir, (await TriggerAsync(controller, schedule.Id))!.NextFireTimeUtc);
    }

    [Fact]
    public async Task A_cancelled_schedule_leaves_no_trigger()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);

        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);

        Assert.Null(await TriggerAsync(controller, schedule.Id));
    }

    [Fact]
    public async Task A_trigger_whose_schedule_is_gone_takes_itself_out()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        await using (var db = await controller.OpenAsync())
        {
            await db.Schedules.ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelledAt, controller.Time.GetUtcNow()));
        }

        await using var later = await controller.RestartAsync(TimeSpan.FromHours(9));
        await (await SchedulerAsync(later)).Start();

        await EventuallyAsync(later, async _ => await TriggerAsync(later, schedule.Id) is null);
    }

    [Fact]
    public async Task Quartz_keeps_its_tables_in_the_same_file()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        await using var connection = new SqliteConnection($"Data Source={controller.Get<DataFolder>().Database};Pooling=False");
        await connection.OpenAsync();
        var command = connection.CreateCommand();
        command.CommandText = "select count(*) from QRTZ_TRIGGERS where TRIGGER_GROUP = 'schedules'";

        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    private static async Task<IScheduler> SchedulerAsync(TestController controller) =>
        await controller.Get<ISchedulerFactory>().GetScheduler();

    private static async Task<ITrigger?> TriggerAsync(TestController controller, long scheduleId) =>
        await (await SchedulerAsync(controller)).GetTrigger(AirTimes.KeyOf(scheduleId, 0));

    private static async Task EventuallyAsync(TestController controller, Func<RadioDb, Task<bool>> condition)
    {
        await using var db = await controller.OpenAsync();
        await Poll.UntilAsync("the database shows it", () => condition(db), static holds => holds);
    }
}
