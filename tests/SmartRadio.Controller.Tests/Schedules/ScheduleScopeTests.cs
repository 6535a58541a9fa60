using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>Who reads of which schedules, and how much of their audience.</summary>
public sealed class ScheduleScopeTests
{
    [Fact]
    public async Task Schedule_of_a_province_is_listed_to_its_commune()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("P");
        var commune = await controller.AddAreaAsync("C", province);
        var other = await controller.AddAreaAsync("D");
        await controller.AddNodeAsync(commune);
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily with { Audience = new Audience([province.Id], []) });

        Assert.Equal([schedule.Id], await ListedAsync(controller, commune.Id));
        Assert.Equal([province.Id], (await GetAsync(controller, schedule.Id, commune.Id))!.Seen.Areas);
        Assert.Empty(await ListedAsync(controller, other.Id));
        Assert.Null(await GetAsync(controller, schedule.Id, other.Id));
    }

    [Fact]
    public async Task Commune_sees_of_an_audience_only_what_concerns_it()
    {
        await using var controller = await TestController.StartAsync();
        var mine = await controller.AddAreaAsync("C");
        var other = await controller.AddAreaAsync("D");
        var heard = (await controller.AddNodeAsync(mine)).Node.Id;
        var foreign = (await controller.AddNodeAsync(other)).Node.Id;
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily with { Audience = new Audience([mine.Id, other.Id], [heard, foreign]) });

        var seen = (await GetAsync(controller, schedule.Id, mine.Id))!.Seen;

        Assert.Equal([mine.Id], seen.Areas);
        Assert.Equal([heard], seen.Nodes);
    }

    private static async Task<IEnumerable<long>> ListedAsync(TestController controller, long area)
    {
        var scope = AreaScope.Of(new HashSet<long> { area });
        var (rows, total) = await controller.Get<ScheduleQuery>()
            .ListAsync(scope, new ScheduleFilter(), 10, CancellationToken.None);
        Assert.Equal(rows.Count, total);
        return rows.Select(row => row.Schedule.Id);
    }

    private static Task<ScheduleRow?> GetAsync(TestController controller, long id, long area) =>
        controller.Get<ScheduleQuery>().GetAsync(id, AreaScope.Of(new HashSet<long> { area }), CancellationToken.None);
}
