using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

public sealed class CalendarQueryTests
{
    [Fact]
    public async Task Days_behind_the_horizon_are_told_from_the_rule()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        await controller.AddAsync(await controller.DailyAsync());

        var entries = await ListAsync(controller, 0, 4);

        Assert.Equal([true, true, false, false], entries.Select(entry => entry.Broadcast is not null));
        Assert.Equal(4, entries.Select(entry => entry.Start).Distinct().Count());
    }

    [Fact]
    public async Task Repeats_of_an_air_time_before_the_days_are_told()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "00:01:00"));
        await controller.AddAsync((await controller.DailyAsync()).When(rule => rule with
        {
            Times = [new TimeOnly(8, 30)],
            Repeats = 14,
            Distance = TimeSpan.FromHours(1),
            Recurrence = Recurrence.Once,
        }));
        var local = controller.Get<LocalTime>();

        var entries = await controller.Get<CalendarQuery>().ListAsync(
            AreaScope.Everywhere, local.InstantOf(ScheduleBench.Friday, new TimeOnly(19, 0)),
            local.InstantOf(ScheduleBench.Friday, TimeOnly.MaxValue), CancellationToken.None);

        Assert.Equal([19, 20, 21], entries.Select(entry => local.Of(entry.Start).Hour));
    }

    [Fact]
    public async Task Cancelled_broadcasts_are_left_out()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);

        Assert.Empty(await ListAsync(controller, 0, 30));
    }

    [Fact]
    public async Task Five_thousand_are_the_most()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "00:01:00"));
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily.When(rule => rule with
        {
            Times = [.. Enumerable.Range(6, 14).Select(hour => new TimeOnly(hour, 0))],
            Repeats = 20,
            Distance = TimeSpan.FromSeconds(2),
        }));

        Assert.Equal(CalendarQuery.Most, (await ListAsync(controller, 0, 60)).Count);
    }

    private static Task<IReadOnlyList<CalendarEntry>> ListAsync(TestController controller, int from, int to)
    {
        var local = controller.Get<LocalTime>();
        DateTimeOffset At(int day) => local.InstantOf(ScheduleBench.Friday.AddDays(day), TimeOnly.MinValue);
        return controller.Get<CalendarQuery>().ListAsync(AreaScope.Everywhere, At(from), At(to), CancellationToken.None);
    }
}
