using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Bulletins;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>A schedule whose bulletin was withdrawn is nowhere taken for one that airs something.</summary>
public sealed class WithdrawnBulletinTests
{
    [Fact]
    public async Task Schedule_has_no_next_time_and_needs_another_bulletin()
    {
        await using var controller = await TestController.StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var before = await RowAsync(controller, schedule);
        Assert.NotNull(before.Next);
        Assert.Equal((false, false, true), (before.IsWithdrawn, before.NeedsBulletin, before.IsOpen));

        await controller.WithdrawAsync(schedule.BulletinId);

        var row = await RowAsync(controller, schedule);
        Assert.Null(row.Next);
        Assert.Equal((true, true, true), (row.IsWithdrawn, row.NeedsBulletin, row.IsOpen));
        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        row = await RowAsync(controller, schedule);
        Assert.Equal((true, false, false), (row.IsWithdrawn, row.NeedsBulletin, row.IsOpen));
    }

    [Fact]
    public async Task Schedule_that_is_over_needs_no_other_bulletin()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily.When(rule => rule with { Recurrence = Recurrence.Once }));
        controller.Time.Advance(TimeSpan.FromDays(1));

        await controller.WithdrawAsync(schedule.BulletinId);

        var row = await RowAsync(controller, schedule);
        Assert.Equal((true, false, false), (row.IsWithdrawn, row.NeedsBulletin, row.IsOpen));
    }

    [Fact]
    public async Task Calendar_is_empty_before_and_behind_the_horizon()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());

        await controller.WithdrawAsync(schedule.BulletinId);

        var local = controller.Get<LocalTime>();
        var from = local.InstantOf(ScheduleBench.Friday, TimeOnly.MinValue);
        Assert.Empty(await controller.Get<CalendarQuery>().ListAsync(
            AreaScope.Everywhere, from, from.AddDays(30), CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_clashes_with_it()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        var other = daily with { BulletinId = (await controller.AddBulletinAsync(TimeSpan.FromSeconds(2))).Id };
        Assert.Single((await LookAsync(controller, other)).Clashes);

        await controller.WithdrawAsync(daily.BulletinId);

        Assert.Empty((await LookAsync(controller, other)).Clashes);
    }

    [Fact]
    public async Task New_quiet_hours_silence_nothing_of_it()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        var hours = new QuietHours(new TimeOnly(16, 0), new TimeOnly(18, 0));
        Task<IReadOnlyList<SilencedSchedule>> SilencedAsync() => controller.Get<SilencedQuery>().FindAsync(
            AreaScope.Everywhere, daily.Audience.Areas[0], hours, CancellationToken.None);
        Assert.Single(await SilencedAsync());

        await controller.WithdrawAsync(daily.BulletinId);

        Assert.Empty(await SilencedAsync());
    }

    private static async Task<ScheduleRow> RowAsync(TestController controller, Schedule schedule) =>
        (await controller.Get<ScheduleQuery>().GetAsync(schedule.Id, AreaScope.Everywhere, CancellationToken.None))!;

    private static Task<ScheduleOutlook> LookAsync(TestController controller, ScheduleRequest request) =>
        controller.Get<PreviewSchedule>().HandleAsync(
            request, replaces: null, TestController.Officer, CancellationToken.None);
}
