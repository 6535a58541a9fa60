using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Groups;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>Schedules of an earlier version of a bulletin air the newer one, when somebody says so.</summary>
public sealed class UseNewVersionTests
{
    [Fact]
    public async Task Planned_and_coming_ones_are_new_and_single_changes_stay()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(daily);
        var other = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        var planned = await PlannedAsync(controller);
        await MoveAsync(controller, planned[1].Id, planned[1].Start.AddHours(1), null);
        await MoveAsync(controller, planned[2].Id, planned[2].Start, other.Id);
        await controller.Get<StopBroadcast>().HandleAsync(planned[3].Id, TestController.Officer, CancellationToken.None);
        var next = await NewVersionAsync(controller, daily.BulletinId, TimeSpan.FromSeconds(2));

        Assert.Equal(1, await UseAsync(controller, next.Id));

        Assert.Equal(
            [("11-20 17:00", next.Id), ("11-21 18:00", next.Id), ("11-22 17:00", other.Id), ("11-24 17:00", next.Id)],
            await ShownAsync(controller));
        controller.Time.Advance(TimeSpan.FromDays(1));
        await controller.PlanAsync(schedule.Id);
        Assert.Equal(("11-25 17:00", next.Id), (await ShownAsync(controller))[^1]);
        Assert.Equal(0, await UseAsync(controller, next.Id));
    }

    [Fact]
    public async Task Repeats_of_a_longer_version_start_when_they_did()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily.When(
            rule => rule with { Repeats = 3, Distance = TimeSpan.FromMinutes(1), Until = ScheduleBench.Friday }));
        var next = await NewVersionAsync(controller, daily.BulletinId, TimeSpan.FromSeconds(60));

        await UseAsync(controller, next.Id);

        Assert.Equal(
            ["17:00:00", "17:01:00", "17:02:00"],
            (await PlannedAsync(controller)).Select(row => $"{controller.Get<LocalTime>().Of(row.Start):HH:mm:ss}"));
        Assert.All(await PlannedAsync(controller), row => Assert.Equal(next.Id, row.BulletinId));
        var longest = await NewVersionAsync(controller, daily.BulletinId, TimeSpan.FromSeconds(61), version: 3);
        Assert.Equal(
            ScheduleRefusal.DistanceTooShort, await GroupBench.RefusalAsync(() => UseAsync(controller, longest.Id)));
    }

    [Fact]
    public async Task Version_that_would_run_into_quiet_hours_changes_nothing()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        await controller.AddAsync(daily.When(rule => rule with { Times = [new TimeOnly(21, 29, 50)] }));
        var before = await ShownAsync(controller);
        var next = await NewVersionAsync(controller, daily.BulletinId, TimeSpan.FromHours(1));

        Assert.Equal(BroadcastRefusal.InQuietHours, await GroupBench.RefusalAsync(() => UseAsync(controller, next.Id)));

        Assert.Equal(before, await ShownAsync(controller));
        await using var db = await controller.OpenAsync();
        Assert.All(await db.Schedules.ToListAsync(), row => Assert.Equal(daily.BulletinId, row.BulletinId));
    }

    [Fact]
    public async Task Schedules_of_other_areas_are_left_as_they_are()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var far = await controller.AddAsync(daily);
        var near = await controller.AddAreaAsync("2");
        await controller.AddNodeAsync(near, "Loa 2");
        await controller.AddEditorAsync(near.Id);
        var own = await controller.AddAsync(daily with { Audience = new Audience([near.Id], []) });
        var next = await NewVersionAsync(controller, daily.BulletinId, TimeSpan.FromSeconds(2));

        Assert.Equal(
            1, await controller.Get<UseNewVersion>().HandleAsync(next.Id, GroupBench.Editor, CancellationToken.None));

        await using var db = await controller.OpenAsync();
        Assert.Equal(
            [(far.Id, daily.BulletinId), (own.Id, next.Id)],
            (await db.Schedules.OrderBy(row => row.Id).ToListAsync()).ConvertAll(row => (row.Id, row.BulletinId)));
    }

    private static Task<TestController> StartAsync() => TestController.StartAsync(now: null, ("PlanAhead", "5.00:00:00"));

    private static Task<int> UseAsync(TestController controller, long bulletin) =>
        controller.Get<UseNewVersion>().HandleAsync(bulletin, TestController.Officer, CancellationToken.None);

    private static Task<Broadcast> MoveAsync(TestController controller, long id, DateTimeOffset start, long? bulletin) =>
        controller.Get<MoveBroadcast>().HandleAsync(
            id, new MoveRequest(start, bulletin), TestController.Officer, CancellationToken.None);

    private static async Task<Bulletin> NewVersionAsync(
        TestController controller, long previous, TimeSpan length, int version = 2)
    {
        var made = await controller.AddBulletinAsync(length);
        await using var db = await controller.OpenAsync();
        var row = await db.Bulletins.SingleAsync(each => each.Id == made.Id);
        (row.Version, row.PreviousId, row.RootId) = (version, previous, previous);
        await db.SaveChangesAsync();
        return row;
    }

    private static async Task<List<Broadcast>> PlannedAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return await db.Broadcasts.Where(row => row.State == BroadcastState.Planned).OrderBy(row => row.Start).ToListAsync();
    }

    private static async Task<List<(string, long)>> ShownAsync(TestController controller) =>
        (await PlannedAsync(controller)).ConvertAll(row => (string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{controller.Get<LocalTime>().Of(row.Start):MM-dd HH:mm}"),
            row.BulletinId));
}
