using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Groups;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>The week of Friday 20 November 2026 and the week after.</summary>
public sealed class CopyWeekTests
{
    private static readonly DateOnly Monday = new(2026, 11, 16);

    [Theory]
    [InlineData(7)]
    [InlineData(14)]
    public async Task Single_broadcasts_come_again_a_week_later_and_only_once(int ahead)
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", $"{ahead}.00:00:00"));
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily.When(rule => rule with { Recurrence = Recurrence.Once }));

        Assert.Equal(1, await CopyAsync(controller));
        Assert.Equal(0, await CopyAsync(controller));
        await controller.Get<SchedulePlanner>().PlanAllAsync(CancellationToken.None);
        Assert.Equal(0, await CopyAsync(controller));

        controller.Time.Advance(TimeSpan.FromDays(1));
        await controller.Get<SchedulePlanner>().PlanAllAsync(CancellationToken.None);
        Assert.Equal(["11-20 17:00:00 Planned", "11-27 17:00:00 Planned"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Week_beyond_the_horizon_is_copied_too()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "7.00:00:00"));
        var daily = await controller.DailyAsync();
        var other = await controller.AddAreaAsync("2");
        await controller.AddNodeAsync(other, "Loa 2");
        var later = daily.When(rule => rule with { Recurrence = Recurrence.Once, From = ScheduleBench.Friday.AddDays(14) });
        await controller.AddAsync(later);
        await controller.AddAsync(later with { Audience = new Audience([other.Id], []) });

        Assert.Equal(2, await CopyAsync(controller, Monday.AddDays(14)));
        Assert.Equal(0, await CopyAsync(controller, Monday.AddDays(14)));
    }

    [Fact]
    public async Task What_repeats_by_itself_is_not_copied()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        await controller.AddAsync(await controller.DailyAsync());

        Assert.Equal(0, await CopyAsync(controller));
    }

    [Fact]
    public async Task Last_week_of_the_calendar_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        Assert.Equal(
            BroadcastRefusal.StartTooFar, await GroupBench.RefusalAsync(() => CopyAsync(controller, new DateOnly(9999, 12, 27))));
    }

    [Fact]
    public async Task Week_of_too_many_is_refused_whole()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "14.00:00:00"));
        var daily = await controller.DailyAsync();
        foreach (var from in new[] { 9, 13, 17 })
        {
            await controller.AddAsync(daily.When(rule => rule with
            {
                Recurrence = Recurrence.Once,
                Times = [.. Enumerable.Range(0, 20).Select(index => new TimeOnly(from, index))],
            }));
        }

        var refused = await Assert.ThrowsAsync<RefusedException>(() => CopyAsync(controller));

        Assert.Equal(ScheduleRefusal.TooManyCopies, refused.Refusal);
        Assert.Equal(60, (await controller.BroadcastsAsync()).Count);
    }

    private static Task<int> CopyAsync(TestController controller, DateOnly? monday = null) =>
        controller.Get<CopyWeek>().HandleAsync(monday ?? Monday, TestController.Officer, CancellationToken.None);
}
