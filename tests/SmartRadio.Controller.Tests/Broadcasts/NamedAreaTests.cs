using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>An audience is looked at as it is named: every loudspeaker that joins an area later hears what names it.</summary>
public sealed class NamedAreaTests
{
    [Fact]
    public async Task Area_without_a_loudspeaker_needs_the_right_too()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var mine = daily.Audience.Areas[0];
        var foreign = await controller.AddAreaAsync("2");
        var both = new Audience([mine, foreign.Id], []);
        var approver = await AddPersonAsync(controller, Role.Approver, mine);
        var editor = await AddPersonAsync(controller, Role.Editor, mine);

        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => AirAsync(controller, daily.BulletinId, both, approver)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => AddAsync(controller, daily with { Audience = both }, editor)));
        Assert.Null(await RefusalAsync(() => AirAsync(controller, daily.BulletinId, daily.Audience, approver)));
        Assert.Null(await RefusalAsync(() => AddAsync(controller, daily, editor)));
    }

    [Fact]
    public async Task Foreign_area_is_refused_before_its_loudspeakers_are_looked_for()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var foreign = await controller.AddAreaAsync("2");
        var officer = await AddPersonAsync(controller, Role.AlertOfficer, daily.Audience.Areas[0]);

        var refusal = await RefusalAsync(() => AirAsync(
            controller, daily.BulletinId, new Audience([foreign.Id], []), officer, BroadcastClass.Emergency));

        Assert.Equal(Refusal.NotAllowed, refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Quiet_hours_hold_where_no_loudspeaker_is_yet(bool below)
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var town = await controller.AddAreaAsync("2");
        await controller.AddNodeAsync(town);
        var school = await controller.AddAreaAsync("3", below ? town : null, QuietHours.Parse("07:00-09:00"));
        var audience = new Audience(below ? [town.Id] : [town.Id, school.Id], []);
        var early = daily.When(rule => rule with { Times = [new TimeOnly(8, 30)] }) with { Audience = audience };

        var aired = await RefusalAsync(() => AirAsync(controller, daily.BulletinId, audience, TestController.Officer));
        var planned = await RefusalAsync(() => AddAsync(controller, early, TestController.Officer));

        Assert.Equal((BroadcastRefusal.InQuietHours, BroadcastRefusal.InQuietHours), (aired, planned));
    }

    [Fact]
    public async Task Own_approval_does_not_count_where_no_loudspeaker_is_yet()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var home = daily.Audience.Areas[0];
        var other = await controller.AddAreaAsync("2");
        var hamlet = await controller.AddAreaAsync("3", other);
        var author = await AddPersonAsync(controller, Role.Approver, area: null);
        await AddPersonAsync(controller, Role.Approver, hamlet.Id);
        await using (var db = await controller.OpenAsync())
        {
            // Else the officer approves everywhere.
            await db.Roles.Where(grant => grant.PersonId == TestController.Officer.PersonId).ExecuteDeleteAsync();
            await db.Bulletins.ExecuteUpdateAsync(set => set
                .SetProperty(row => row.AreaId, home)
                .SetProperty(row => row.CreatedById, author.PersonId)
                .SetProperty(row => row.ApprovedById, author.PersonId));
        }

        var refusal = await RefusalAsync(
            () => AirAsync(controller, daily.BulletinId, new Audience([home, other.Id], []), author));

        Assert.Equal(BulletinRefusal.AuthorIsApprover, refusal);
        Assert.Null(await RefusalAsync(() => AirAsync(controller, daily.BulletinId, daily.Audience, author)));
    }

    private static async Task<Actor> AddPersonAsync(TestController controller, Role role, long? area)
    {
        var id = Guid.NewGuid().ToString();
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = id, UserName = id, DisplayName = "Lan" });
        db.Roles.Add(new RoleGrant { PersonId = id, Role = role, AreaId = area });
        await db.SaveChangesAsync();
        return new Actor(id, "Lan");
    }

    private static Task<Broadcast> AirAsync(
        TestController controller, long bulletin, Audience audience, Actor actor,
        BroadcastClass broadcastClass = BroadcastClass.Normal) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin, broadcastClass, audience, Start: null, Tolerance: null), actor, CancellationToken.None);

    private static Task<Schedule> AddAsync(TestController controller, ScheduleRequest request, Actor actor) =>
        controller.Get<AddSchedule>().HandleAsync(request, actor, CancellationToken.None);

    private static async Task<string?> RefusalAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
