using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Groups;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>Two people change one schedule: the second does not put his beside the first one's.</summary>
public sealed class ReplacedScheduleTests
{
    private static readonly DateOnly Saturday = ScheduleBench.Friday.AddDays(1);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 2)]
    public async Task Second_change_of_the_same_days_is_refused(int first, int second)
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);
        var newer = await ChangeAsync(controller, old.Id, At(daily, first, 12));
        var before = await controller.BroadcastsAsync();
        var asked = At(daily, second, 15);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(controller, old.Id, asked));

        Assert.Equal(ScheduleRefusal.ReplacedMeanwhile, refused.Refusal);
        Assert.Equal((newer.Id, newer.From), (refused.Values[0], refused.Values[1]));
        Assert.Equal(ScheduleRefusal.ReplacedMeanwhile, await GroupBench.RefusalAsync(() => controller.Get<PreviewSchedule>()
            .HandleAsync(asked, old.Id, TestController.Officer, CancellationToken.None)));
        Assert.Equal(before, await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Change_that_ends_before_the_newer_begins_is_accepted()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);
        var newer = await ChangeAsync(controller, old.Id, At(daily, 2, 12));

        await ChangeAsync(controller, old.Id, At(daily, 1, 15).When(rule => rule with { Until = Saturday }));
        await ChangeAsync(controller, newer.Id, At(daily, 2, 13));

        Assert.Equal(
            ["11-20 17:00:00", "11-21 15:00:00", "11-22 13:00:00"],
            (await controller.BroadcastsAsync()).Where(row => row.EndsWith("Planned", StringComparison.Ordinal))
                .Select(row => row[..14]));
    }

    [Fact]
    public async Task First_of_three_names_the_last()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);
        var second = await ChangeAsync(controller, old.Id, At(daily, 1, 12));
        var third = await ChangeAsync(controller, second.Id, At(daily, 2, 13));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(controller, old.Id, At(daily, 2, 15)));

        Assert.Equal((third.Id, third.From), (refused.Values[0], refused.Values[1]));
        Assert.Equal(third.Id, (await RowAsync(controller, old.Id)).Newer);
        Assert.Null((await RowAsync(controller, third.Id)).Newer);
    }

    [Fact]
    public async Task Stale_page_neither_pauses_nor_cancels_nor_restores()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var part = await controller.AddAsync(daily);
        await ChangeAsync(controller, part.Id, At(daily, 1, 12));
        var whole = await controller.AddAsync(At(daily, 1, 16));
        await ChangeAsync(controller, whole.Id, At(daily, 1, 17));
        var (pause, cancel) = (controller.Get<PauseSchedule>(), controller.Get<CancelSchedule>());

        Task PauseAsync(long id) =>
            pause.HandleAsync(id, Saturday, Saturday, TestController.Officer, CancellationToken.None);
        Task CancelAsync(long id) => cancel.HandleAsync(id, TestController.Officer, CancellationToken.None);
        await RefusedAsync(() => PauseAsync(part.Id));
        await RefusedAsync(() => PauseAsync(whole.Id));
        await RefusedAsync(() => CancelAsync(whole.Id));
        await RefusedAsync(() => controller.Get<RestoreSchedule>().HandleAsync(
            whole.Id, TestController.Officer, CancellationToken.None));
        // Today's last is over at 17:00; until then there is something of it to cancel.
        controller.Time.Advance(TimeSpan.FromHours(10));
        await RefusedAsync(() => CancelAsync(part.Id));
    }

    [Fact]
    public async Task What_airs_once_is_moved_as_a_whole()
    {
        await using var controller = await StartAsync();
        var once = (await controller.DailyAsync()).When(rule => rule with { Recurrence = Recurrence.Once });
        var old = await controller.AddAsync(once);

        await ChangeAsync(controller, old.Id, At(once, 1, 12));

        Assert.Equal(["11-20 17:00:00 Stopped", "11-21 12:00:00 Planned"], await controller.BroadcastsAsync());
        await RefusedAsync(() => ChangeAsync(controller, old.Id, At(once, 2, 12)));
        await RefusedAsync(() => controller.Get<RestoreSchedule>().HandleAsync(
            old.Id, TestController.Officer, CancellationToken.None));
    }

    private static Task<TestController> StartAsync() => TestController.StartAsync(now: null, ("PlanAhead", "3.00:00:00"));

    private static ScheduleRequest At(ScheduleRequest request, int day, int hour) => request.When(
        rule => rule with { From = ScheduleBench.Friday.AddDays(day), Times = [new TimeOnly(hour, 0)] });

    private static Task<Schedule> ChangeAsync(TestController controller, long id, ScheduleRequest request) =>
        controller.Get<ChangeSchedule>().HandleAsync(
            id, request.Rule.From, request, TestController.Officer, CancellationToken.None);

    private static async Task RefusedAsync(Func<Task> work) =>
        Assert.Equal(ScheduleRefusal.ReplacedMeanwhile, await GroupBench.RefusalAsync(work));

    private static async Task<ScheduleRow> RowAsync(TestController controller, long id) =>
        (await controller.Get<ScheduleQuery>().GetAsync(id, AreaScope.Everywhere, CancellationToken.None))!;
}
