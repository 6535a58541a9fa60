using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Tests.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Changes;

/// <summary>Who stands in the line of changes, and how often.</summary>
public sealed class WaitingChangesTests
{
    [Fact]
    public async Task Person_without_the_right_does_not_join_the_line()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var approver = await AddApproverAsync(controller, daily.Audience.Areas[0]);
        await using var turn = await TakeTurnAsync(controller);

        var refused = await RefusedAsync(
            AirAsync(controller, daily.BulletinId, daily.Audience, BroadcastClass.Emergency, approver));

        Assert.Equal(Refusal.NotAllowed, refused.Refusal);
    }

    [Fact]
    public async Task Key_without_the_right_does_not_join_the_line()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var made = await controller.CreateKeyAsync(TestController.Officer, area: daily.Audience.Areas[0], roles: Role.Monitor);
        var key = TestController.Officer with { KeyId = made.Row.Id };
        await using var turn = await TakeTurnAsync(controller);

        var refused = await RefusedAsync(AirAsync(controller, daily.BulletinId, daily.Audience, BroadcastClass.Emergency, key));

        Assert.Equal(Refusal.NotAllowed, refused.Refusal);
    }

    [Fact]
    public async Task Repeat_of_a_change_is_known_though_the_right_is_gone()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var approver = (await AddApproverAsync(controller, daily.Audience.Areas[0])) with { RequestKey = "once" };
        var first = await AirAsync(controller, daily.BulletinId, daily.Audience, BroadcastClass.Normal, approver);
        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(grant => grant.PersonId == approver.PersonId).ExecuteDeleteAsync();
        }

        var again = await Assert.ThrowsAsync<AlreadyAppliedException>(
            () => AirAsync(controller, daily.BulletinId, daily.Audience, BroadcastClass.Normal, approver));

        Assert.Equal($"broadcast {first.Id}", again.Subject);
    }

    [Fact]
    public async Task One_person_does_not_fill_the_line()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonChanges", "2"));
        var daily = await controller.DailyAsync();
        var approver = await AddApproverAsync(controller, daily.Audience.Areas[0]);
        Task<Broadcast> Air(Actor actor) =>
            AirAsync(controller, daily.BulletinId, daily.Audience, BroadcastClass.Normal, actor);
        List<Task<Broadcast>> waiting;
        Task<int> stop;
        await using (await TakeTurnAsync(controller))
        {
            waiting = [Air(TestController.Officer), Air(TestController.Officer), Air(approver)];
            stop = StopAsync(controller);
            var refused = await RefusedAsync(Air(TestController.Officer));

            Assert.Equal(("TooManyChanges", RefusalKind.TooMany, 2), (refused.Refusal, refused.Kind, refused.Values[0]));
            Assert.False(stop.IsFaulted);
        }

        await Task.WhenAll(waiting);
        await stop;
        await Air(TestController.Officer);
    }

    [Fact]
    public async Task One_person_makes_so_many_changes_a_day_with_each_right()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonDayChanges", "2"));
        await ChangeAsync(controller, Right.Write);
        await ChangeAsync(controller, Right.Write);

        var refused = await RefusedAsync(ChangeAsync(controller, Right.Write));

        Assert.Equal(("TooManyDayChanges", RefusalKind.TooMany, 2), (refused.Refusal, refused.Kind, refused.Values[0]));
        await ChangeAsync(controller, Right.Alert);
        for (var press = 0; press < 3; press++)
        {
            await StopAsync(controller);
        }

        controller.Time.Advance(TimeSpan.FromDays(1));
        await ChangeAsync(controller, Right.Write);
    }

    [Fact]
    public async Task Own_acts_of_one_kind_take_no_place_of_another()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonDayChanges", "2"));
        await ChangeAsync(controller, Right.Own, "draft.save");
        await ChangeAsync(controller, Right.Own, "draft.save");
        await RefusedAsync(ChangeAsync(controller, Right.Own, "draft.save"));

        await ChangeAsync(controller, Right.Own, "session.end");
    }

    private static Task<int> StopAsync(TestController controller) => ChangeAsync(controller, Right.Stop);

    private static Task<int> ChangeAsync(
        TestController controller, Right right, string action = "test.change") => controller.Get<AuditedChanges>().ApplyAsync(
        TestController.Officer, right, action,
        (change, _) =>
        {
            change.WithinScope();
            return Task.FromResult(change.Report(1, "test 1", new { }));
        },
        CancellationToken.None);

    private static Task<WriteScope> TakeTurnAsync(TestController controller) =>
        controller.Get<WriteTurns>().TakeAsync(isUrgent: true, CancellationToken.None);

    // Whoever waits for the turn does not answer at all.
    private static Task<RefusedException> RefusedAsync(Task work) =>
        Assert.ThrowsAsync<RefusedException>(() => work.WaitAsync(TimeSpan.FromSeconds(10)));

    private static Task<Broadcast> AirAsync(
        TestController controller, long bulletin, Audience audience, BroadcastClass broadcastClass, Actor actor) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin, broadcastClass, audience, Start: null, Tolerance: null), actor, CancellationToken.None);

    private static async Task<Actor> AddApproverAsync(TestController controller, long area)
    {
        var id = Guid.NewGuid().ToString();
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = id, UserName = id, DisplayName = "Lan" });
        db.Roles.Add(new RoleGrant { PersonId = id, Role = Role.Approver, AreaId = area });
        await db.SaveChangesAsync();
        return new Actor(id, "Lan");
    }
}
