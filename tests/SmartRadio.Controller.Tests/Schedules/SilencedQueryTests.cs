using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>A schedule of 17:00 in a commune, and new quiet hours for its province.</summary>
public sealed class SilencedQueryTests
{
    private static readonly QuietHours Afternoon = new(new TimeOnly(16, 0), new TimeOnly(18, 0));

    [Fact]
    public async Task Schedule_in_an_area_that_follows_is_found()
    {
        await using var controller = await TestController.StartAsync();
        var (province, schedule) = await PlaceAsync(controller, own: null);

        var found = Assert.Single(await FindAsync(controller, province, Afternoon));

        Assert.Equal((schedule.Id, new TimeOnly(17, 0)), (found.Row.Schedule.Id, Assert.Single(found.Times)));
    }

    [Fact]
    public async Task Schedule_in_an_area_with_hours_of_its_own_is_not()
    {
        await using var controller = await TestController.StartAsync();
        var (province, _) = await PlaceAsync(controller, own: QuietHours.Default);

        Assert.Empty(await FindAsync(controller, province, Afternoon));
    }

    [Fact]
    public async Task Schedule_at_another_time_is_not()
    {
        await using var controller = await TestController.StartAsync();
        var (province, _) = await PlaceAsync(controller, own: null);

        Assert.Empty(await FindAsync(controller, province, new QuietHours(new TimeOnly(12, 0), new TimeOnly(14, 0))));
        Assert.Empty(await FindAsync(controller, province, quiet: null));
    }

    private static async Task<(long Province, Schedule Schedule)> PlaceAsync(TestController controller, QuietHours? own)
    {
        var province = await controller.AddAreaAsync("9");
        var commune = await controller.AddAreaAsync("91", province, own);
        await controller.AddNodeAsync(commune);
        var daily = await controller.DailyAsync();
        return (province.Id, await controller.AddAsync(daily with { Audience = new Audience([commune.Id], []) }));
    }

    private static Task<IReadOnlyList<SilencedSchedule>> FindAsync(TestController controller, long area, QuietHours? quiet) =>
        controller.Get<SilencedQuery>().FindAsync(AreaScope.Everywhere, area, quiet, CancellationToken.None);
}
