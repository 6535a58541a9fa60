using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>Two schedules a day of 40 s each in a commune, and a limit of one minute for its province.</summary>
public sealed class LimitQueryTests
{
    [Fact]
    public async Task What_does_not_fit_under_a_new_limit_is_found()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var (province, commune, _) = await PlaceAsync(controller);
        await AddAsync(controller, new Audience([commune.Id], []), 10);
        var late = await AddAsync(controller, new Audience([commune.Id], []), 17);

        var left = await SilencedAsync(controller, province, minutes: 1);

        Assert.Equal(7, left.Count);
        Assert.All(left, entry => Assert.Equal(late.Id, entry.Schedule?.Schedule.Id));
        Assert.Empty(await SilencedAsync(controller, province, minutes: 2));
        Assert.Empty(await SilencedAsync(controller, province, minutes: null));
    }

    [Fact]
    public async Task Areas_with_a_limit_of_their_own_are_left_out()
    {
        await using var controller = await TestController.StartAsync();
        var (province, commune, _) = await PlaceAsync(controller);
        await AddAsync(controller, new Audience([commune.Id], []), 17);
        Assert.Empty(await SilencedAsync(controller, province, minutes: 1));

        await AddAsync(controller, new Audience([commune.Id], []), 18);
        Assert.NotEmpty(await SilencedAsync(controller, province, minutes: 1));
        await SetAsync(controller, commune, 60);
        Assert.Empty(await SilencedAsync(controller, province, minutes: 1));
    }

    [Fact]
    public async Task Day_is_full_where_one_node_has_all_its_minutes()
    {
        await using var controller = await TestController.StartAsync();
        var (province, commune, nodes) = await PlaceAsync(controller);
        await SetAsync(controller, province, 1);
        await AddAsync(controller, new Audience([], [nodes[0]]), 10);
        await AddAsync(controller, new Audience([], [nodes[1]]), 17);
        Assert.Empty(await FullAsync(controller));

        await AddAsync(controller, new Audience([commune.Id], []), 18);

        var full = await FullAsync(controller);
        Assert.Equal(3, full.Count);
        Assert.All(full, day => Assert.Equal(
            (commune.Id, TimeSpan.FromSeconds(80), 1, 1), (day.Area.Id, day.Planned, day.MostMinutes, day.LeftOut.Count)));
        Assert.Equal([20, 21, 22], full.Select(day => day.Day.Day));
    }

    private static async Task<(Area Province, Area Commune, IReadOnlyList<string> Nodes)> PlaceAsync(TestController controller)
    {
        var province = await controller.AddAreaAsync("9");
        var commune = await controller.AddAreaAsync("91", province);
        return (province, commune,
            [(await controller.AddNodeAsync(commune, "Một")).Node.Id, (await controller.AddNodeAsync(commune, "Hai")).Node.Id]);
    }

    private static async Task<Schedule> AddAsync(
        TestController controller, Audience audience, int hour) =>
        await controller.AddAsync(new ScheduleRequest(
            (await controller.AddBulletinAsync(TimeSpan.FromSeconds(40))).Id, BroadcastClass.Normal, audience,
            new RecurrenceRule(Recurrence.Daily, ScheduleBench.Friday, [new TimeOnly(hour, 0)]),
            Tolerance: TimeSpan.FromMinutes(10)));

    private static Task SetAsync(TestController controller, Area area, int minutes) => controller.Get<SetAreaRules>().HandleAsync(
        new SetAreaRulesRequest(area.Id, null, minutes), TestController.Officer, CancellationToken.None);

    private static Task<IReadOnlyList<CalendarEntry>> SilencedAsync(TestController controller, Area area, int? minutes) =>
        controller.Get<LimitQuery>().SilencedAsync(AreaScope.Everywhere, area.Id, minutes, CancellationToken.None);

    private static async Task<IReadOnlyList<FullDay>> FullAsync(TestController controller)
    {
        var local = controller.Get<LocalTime>();
        DateTimeOffset At(int day) => local.InstantOf(ScheduleBench.Friday.AddDays(day), TimeOnly.MinValue);
        var entries = await controller.Get<CalendarQuery>().ListAsync(AreaScope.Everywhere, At(0), At(3), CancellationToken.None);
        return await controller.Get<LimitQuery>().FindAsync(AreaScope.Everywhere, entries, CancellationToken.None);
    }
}
