using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>Repeats after midnight belong to the day of their air time, whatever is done with a day.</summary>
public sealed class MidnightRepeatsTests
{
    private static readonly string[] ThreeDays =
    [
        "11-20 23:00", "11-21 00:20", "11-21 23:00", "11-22 00:20", "11-22 23:00", "11-23 00:20",
    ];

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Pause_leaves_out_the_repeats_of_its_own_days(int ahead)
    {
        await using var controller = await StartAsync(ahead);
        var schedule = await AddAsync(controller);
        var (pause, saturday) = (controller.Get<PauseSchedule>(), ScheduleBench.Friday.AddDays(1));

        await pause.HandleAsync(schedule.Id, saturday, saturday, TestController.Officer, CancellationToken.None);
        Assert.Equal(ThreeDays.Where((_, at) => at is not (2 or 3)), await ShownAsync(controller));

        await pause.ResumeAsync(schedule.Id, saturday, TestController.Officer, CancellationToken.None);
        Assert.Equal(ThreeDays, await ShownAsync(controller));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Change_leaves_the_repeats_of_the_day_before(int ahead)
    {
        await using var controller = await StartAsync(ahead);
        var schedule = await AddAsync(controller);
        var saturday = ScheduleBench.Friday.AddDays(1);
        var changed = RequestOf(schedule).When(
            rule => rule with { From = saturday, Times = [new TimeOnly(12, 0)], Repeats = 1 });

        await controller.Get<ChangeSchedule>().HandleAsync(
            schedule.Id, saturday, changed, TestController.Officer, CancellationToken.None);

        Assert.Equal(
            ["11-20 23:00", "11-21 00:20", "11-21 12:00", "11-22 12:00"], (await ShownAsync(controller)).Take(4));
    }

    private static Task<TestController> StartAsync(int ahead) =>
        TestController.StartAsync(now: null, ("PlanAhead", $"{ahead}.00:00:01"));

    private static async Task<Schedule> AddAsync(TestController controller)
    {
        var daily = await controller.DailyAsync(QuietHours.None);
        return await controller.AddAsync(daily.When(rule => rule with
        {
            Times = [new TimeOnly(23, 0)],
            Until = rule.From.AddDays(2),
            Repeats = 2,
            Distance = TimeSpan.FromMinutes(80),
        }));
    }

    private static ScheduleRequest RequestOf(Schedule schedule) => new(
        schedule.BulletinId, schedule.Class, schedule.Audience,
        new RecurrenceRule(Recurrence.Daily, schedule.From, schedule.Times), schedule.Tolerance);

    /// <summary>What a calendar shows: what was made, and what will be.</summary>
    private static async Task<IEnumerable<string>> ShownAsync(TestController controller)
    {
        var local = controller.Get<LocalTime>();
        var from = local.InstantOf(ScheduleBench.Friday, TimeOnly.MinValue);
        var shown = await controller.Get<CalendarQuery>().ListAsync(
            AreaScope.Everywhere, from, from.AddDays(5), CancellationToken.None);
        return shown.Select(entry => local.Of(entry.Start).ToString(
            "MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }
}
