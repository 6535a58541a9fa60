using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>One broadcast of a series that lies weeks ahead is moved, given another bulletin or cancelled by itself.</summary>
public sealed class MakeOccurrenceTests
{
    private const int Ahead = 70;

    [Fact]
    public async Task Moved_one_stays_moved_when_the_planner_comes_to_it()
    {
        await using var controller = await StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var made = await MakeAsync(controller, schedule.Id, Ahead);
        var other = await controller.AddBulletinAsync(TimeSpan.FromSeconds(3));

        await controller.Get<MoveBroadcast>().HandleAsync(
            made.Id, new MoveRequest(made.Start.AddHours(1), other.Id), TestController.Officer, CancellationToken.None);

        Assert.Equal(["01-29 18:00:00"], await CalendarAsync(controller, Ahead));
        controller.Time.Advance(made.Start.AddDays(-1) - controller.Time.GetUtcNow());
        await controller.PlanAsync(schedule.Id);
        Assert.Equal(
            ["01-29 17:00:00 Stopped", "01-29 18:00:00 Planned"],
            (await controller.BroadcastsAsync()).Where(row => row.StartsWith("01-29", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cancelled_one_is_left_out_and_all_others_are_made()
    {
        await using var controller = await StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var made = await MakeAsync(controller, schedule.Id, Ahead);

        await controller.Get<StopBroadcast>().HandleAsync(made.Id, TestController.Officer, CancellationToken.None);

        Assert.Empty(await CalendarAsync(controller, Ahead));
        Assert.Equal(["01-30 17:00:00"], await CalendarAsync(controller, Ahead + 1));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => MakeAsync(controller, schedule.Id, Ahead));
        Assert.Equal(ScheduleRefusal.NoBroadcastThen, refused.Refusal);
        controller.Time.Advance(made.Start.AddDays(-1) - controller.Time.GetUtcNow());
        await controller.PlanAsync(schedule.Id);
        var rows = await controller.BroadcastsAsync();
        Assert.Contains("01-28 17:00:00 Planned", rows);
        Assert.Equal(["01-29 17:00:00 Stopped"], rows.Where(row => row.StartsWith("01-29", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_is_made_is_not_made_twice()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily.When(
            rule => rule with { Repeats = 3, Distance = TimeSpan.FromMinutes(30) }));
        var (air, repeat) = (At(controller, Ahead), At(controller, Ahead) + TimeSpan.FromMinutes(30));

        var first = await MakeAsync(controller, schedule.Id, repeat);
        var again = await MakeAsync(controller, schedule.Id, repeat);

        Assert.Equal((first.Id, repeat), (again.Id, again.Start));
        controller.Time.Advance(air.AddDays(-1) - controller.Time.GetUtcNow());
        await controller.PlanAsync(schedule.Id);
        Assert.Equal(3, (await controller.BroadcastsAsync()).Count(row => row.StartsWith("01-29", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Ahead, 1, ScheduleRefusal.NoBroadcastThen)]
    [InlineData(-1, 0, BroadcastRefusal.StartInPast)]
    [InlineData(400, 0, BroadcastRefusal.StartTooFar)]
    public async Task Start_that_the_rule_does_not_give_is_refused(int day, int minutes, string refusal)
    {
        await using var controller = await StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var before = await controller.BroadcastsAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => MakeAsync(controller, schedule.Id, At(controller, day).AddMinutes(minutes)));

        Assert.Equal(refusal, refused.Refusal);
        Assert.Equal(before, await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Paused_day_has_none_and_a_pause_takes_it_away()
    {
        await using var controller = await StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        await MakeAsync(controller, schedule.Id, Ahead);
        var day = ScheduleBench.Friday.AddDays(Ahead);

        await controller.Get<PauseSchedule>().HandleAsync(
            schedule.Id, day, day.AddDays(1), TestController.Officer, CancellationToken.None);

        Assert.Contains("01-29 17:00:00 Stopped", await controller.BroadcastsAsync());
        var refused = await Assert.ThrowsAsync<RefusedException>(() => MakeAsync(controller, schedule.Id, Ahead + 1));
        Assert.Equal(ScheduleRefusal.NoBroadcastThen, refused.Refusal);
        await controller.Get<PauseSchedule>().ResumeAsync(schedule.Id, day, TestController.Officer, CancellationToken.None);
        Assert.Equal(["01-29 17:00:00"], await CalendarAsync(controller, Ahead));
    }

    [Fact]
    public async Task Changed_or_cancelled_schedule_takes_it_away()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        await MakeAsync(controller, schedule.Id, Ahead);
        var from = ScheduleBench.Friday.AddDays(Ahead - 1);

        await controller.Get<ChangeSchedule>().HandleAsync(
            schedule.Id, from, daily.When(rule => rule with { From = from, Times = [new(6, 0)] }), TestController.Officer,
            CancellationToken.None);

        Assert.Equal(["01-29 06:00:00"], await CalendarAsync(controller, Ahead));
        Assert.Contains("01-29 17:00:00 Stopped", await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Node_that_joins_later_hears_it()
    {
        await using var controller = await StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var made = await MakeAsync(controller, schedule.Id, Ahead);
        await using var db = await controller.OpenAsync();

        await controller.AddNodeAsync(await db.Areas.SingleAsync());

        Assert.Equal(2, await db.Targets.CountAsync(target => target.BroadcastId == made.Id));
    }

    private static Task<TestController> StartAsync() =>
        TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));

    private static DateTimeOffset At(TestController controller, int day) =>
        controller.Get<LocalTime>().InstantOf(ScheduleBench.Friday.AddDays(day), new TimeOnly(17, 0));

    private static Task<Broadcast> MakeAsync(TestController controller, long schedule, int day) =>
        MakeAsync(controller, schedule, At(controller, day));

    private static Task<Broadcast> MakeAsync(TestController controller, long schedule, DateTimeOffset start) =>
        controller.Get<MakeOccurrence>().HandleAsync(schedule, start, TestController.Officer, CancellationToken.None);

    private static async Task<IEnumerable<string>> CalendarAsync(TestController controller, int day)
    {
        var local = controller.Get<LocalTime>();
        var midnight = local.InstantOf(ScheduleBench.Friday.AddDays(day), TimeOnly.MinValue);
        var entries = await controller.Get<CalendarQuery>().ListAsync(
            AreaScope.Everywhere, midnight, midnight.AddDays(1), CancellationToken.None);
        return entries.Select(entry => local.Of(entry.Start).ToString(
            "MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
    }
}
