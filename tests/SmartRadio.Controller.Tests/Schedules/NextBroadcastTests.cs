using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>When a schedule airs next, with what was changed of single broadcasts.</summary>
public sealed class NextBroadcastTests
{
    [Theory]
    [InlineData(20, 18, "11-20 18:00")]
    [InlineData(20, 16, "11-20 16:00")]
    [InlineData(22, 18, "11-21 17:00")]
    public async Task Moved_one_is_told_at_its_new_time(int day, int hour, string next)
    {
        await using var controller = await StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var start = controller.Get<LocalTime>().InstantOf(new DateOnly(2026, 11, day), new TimeOnly(hour, 0));

        await controller.Get<MoveBroadcast>().HandleAsync(
            await FirstAsync(controller), new MoveRequest(start, BulletinId: null), TestController.Officer,
            CancellationToken.None);

        Assert.Equal(next, await NextAsync(controller, schedule.Id));
    }

    [Fact]
    public async Task Cancelled_one_is_passed_over_until_it_comes_back()
    {
        await using var controller = await StartAsync();
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        var first = await FirstAsync(controller);

        await controller.Get<StopBroadcast>().HandleAsync(first, TestController.Officer, CancellationToken.None);
        Assert.Equal("11-21 17:00", await NextAsync(controller, schedule.Id));

        await controller.Get<MoveBroadcast>().RestoreAsync(first, TestController.Officer, CancellationToken.None);
        Assert.Equal("11-20 17:00", await NextAsync(controller, schedule.Id));
    }

    private static Task<TestController> StartAsync() => TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));

    private static async Task<long> FirstAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return (await db.Broadcasts.OrderBy(row => row.Start).FirstAsync()).Id;
    }

    private static async Task<string> NextAsync(TestController controller, long schedule)
    {
        var row = await controller.Get<ScheduleQuery>().GetAsync(schedule, AreaScope.Everywhere, CancellationToken.None);
        return controller.Get<LocalTime>().Of(row!.Next!.Value).ToString(
            "MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}
