using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Bulletins;
using SmartRadio.Controller.Tests.Groups;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>What comes back with a schedule, and when it may not come back.</summary>
public sealed class RestoreScheduleTests
{
    private static readonly Actor Officer = TestController.Officer;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Repeats_of_an_air_time_that_has_begun_come_back(bool paused)
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var schedule = await controller.AddAsync(
            daily.When(rule => rule with { Repeats = 3, Distance = TimeSpan.FromMinutes(30) }));
        controller.Time.Advance(TimeSpan.FromHours(9) + TimeSpan.FromMinutes(10));

        await LeaveOutAsync(controller, schedule.Id, paused);
        Assert.Equal(["11-20 17:00:00"], await PlannedAsync(controller, "11-20"));
        await TakeBackAsync(controller, schedule.Id, paused);

        Assert.Equal(["11-20 17:00:00", "11-20 17:30:00", "11-20 18:00:00"], await PlannedAsync(controller, "11-20"));
    }

    [Fact]
    public async Task Only_one_of_two_that_followed_each_other_comes_back()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);
        var next = await ChangeAsync(controller, old.Id, At(daily, 0, 18));
        await CancelAsync(controller, next.Id);

        await RestoreAsync(controller, old.Id);

        Assert.Equal(
            ScheduleRefusal.ReplacedMeanwhile, await GroupBench.RefusalAsync(() => RestoreAsync(controller, next.Id)));
    }

    [Fact]
    public async Task None_comes_back_beside_a_part_of_what_took_its_place()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);
        var next = await ChangeAsync(controller, old.Id, At(daily, 0, 18));
        var last = await ChangeAsync(controller, next.Id, At(daily, 1, 19));
        await CancelAsync(controller, last.Id);

        Assert.Equal(
            ScheduleRefusal.ReplacedMeanwhile, await GroupBench.RefusalAsync(() => RestoreAsync(controller, old.Id)));
        // It airs on other days than the rest of the one before.
        await RestoreAsync(controller, last.Id);
    }

    [Fact]
    public async Task Broadcast_does_not_come_back_beside_that_of_the_changed_schedule()
    {
        await using var controller = await StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);
        await using var db = await controller.OpenAsync();
        var first = await db.Broadcasts.OrderBy(row => row.Start).Select(row => row.Id).FirstAsync();
        await ChangeAsync(controller, old.Id, daily with { Tolerance = TimeSpan.FromMinutes(5) });

        Assert.Equal(BroadcastRefusal.AlreadyOver, await GroupBench.RefusalAsync(
            () => controller.Get<MoveBroadcast>().RestoreAsync(first, Officer, CancellationToken.None)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Own_approval_does_not_do_for_what_comes_back(bool paused)
    {
        await using var controller = await StartAsync();
        var home = await controller.AddAreaAsync("C");
        var daily = await controller.DailyAsync();
        var bulletin = await controller.SpeakAsync(Recordings.Text);
        var schedule = await controller.AddAsync((daily with { BulletinId = bulletin.Id }).When(
            rule => rule with { Until = rule.From }));
        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(grant => grant.Role == Role.Approver).ExecuteDeleteAsync();
            db.Users.AddRange(
                new Person { Id = "lan", UserName = "lan", DisplayName = "Lan" },
                new Person { Id = "hoa", UserName = "hoa", DisplayName = "Hoa" });
            db.Roles.AddRange(
                new RoleGrant { PersonId = "lan", Role = Role.Approver, AreaId = home.Id },
                new RoleGrant { PersonId = "hoa", Role = Role.Approver, AreaId = daily.Audience.Areas[0] });
            await db.SaveChangesAsync();
            await db.Bulletins.ExecuteUpdateAsync(set => set
                .SetProperty(row => row.CreatedById, "lan").SetProperty(row => row.AreaId, home.Id));
        }

        await LeaveOutAsync(controller, schedule.Id, paused);
        await controller.Get<ApproveBulletin>().HandleAsync(
            bulletin.Id, new Actor("lan", "Lan"), progress: null, CancellationToken.None);

        Assert.Equal(
            BulletinRefusal.AuthorIsApprover,
            await GroupBench.RefusalAsync(() => TakeBackAsync(controller, schedule.Id, paused)));
        Assert.Empty(await controller.BroadcastsAsync());
    }

    private static Task<TestController> StartAsync() => TestController.StartAsync(now: null, ("PlanAhead", "3.00:00:00"));

    private static ScheduleRequest At(ScheduleRequest request, int day, int hour) => request.When(
        rule => rule with { From = ScheduleBench.Friday.AddDays(day), Times = [new TimeOnly(hour, 0)] });

    private static async Task<IEnumerable<string>> PlannedAsync(TestController controller, string day) =>
        (await controller.BroadcastsAsync()).Where(row => row.StartsWith(day, StringComparison.Ordinal)
            && row.EndsWith("Planned", StringComparison.Ordinal)).Select(row => row[..14]);

    private static Task LeaveOutAsync(TestController controller, long id, bool paused) => paused
        ? controller.Get<PauseSchedule>().HandleAsync(
            id, ScheduleBench.Friday, ScheduleBench.Friday, Officer, CancellationToken.None)
        : CancelAsync(controller, id);

    private static Task TakeBackAsync(TestController controller, long id, bool paused) => paused
        ? controller.Get<PauseSchedule>().ResumeAsync(id, ScheduleBench.Friday, Officer, CancellationToken.None)
        : RestoreAsync(controller, id);

    private static Task<Schedule> ChangeAsync(TestController controller, long id, ScheduleRequest request) =>
        controller.Get<ChangeSchedule>().HandleAsync(id, request.Rule.From, request, Officer, CancellationToken.None);

    private static Task CancelAsync(TestController controller, long id) =>
        controller.Get<CancelSchedule>().HandleAsync(id, Officer, CancellationToken.None);

    private static Task RestoreAsync(TestController controller, long id) =>
        controller.Get<RestoreSchedule>().HandleAsync(id, Officer, CancellationToken.None);
}
