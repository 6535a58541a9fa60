using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.People;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Access;

/// <summary>Roles on areas reach down the tree; whoever lacks the right changes nothing.</summary>
public sealed class RolesOnAreasTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    /// <summary>What each role may do in its own area.</summary>
    public static TheoryData<Role, bool, bool, bool, bool> Roles => new()
    {
        // role, airs, warns, sets volume, enrols
        { Role.Editor, false, false, false, false },
        { Role.Approver, true, false, false, false },
        { Role.Monitor, false, false, true, false },
        { Role.AlertOfficer, false, true, false, false },
        { Role.Administrator, false, false, true, true },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Role_gives_its_rights_and_no_others(Role role, bool airs, bool warns, bool setsVolume, bool enrols)
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        var bulletin = await controller.AddBulletinAsync(Length);
        var person = await AddPersonAsync(controller, role, area.Id);

        Assert.Equal(airs, await IsAllowedAsync(() => AirAsync(controller, bulletin, area, BroadcastClass.Normal, person)));
        Assert.Equal(warns, await IsAllowedAsync(() => AirAsync(controller, bulletin, area, BroadcastClass.Emergency, person)));
        Assert.Equal(
            setsVolume,
            await IsAllowedAsync(
                () => controller.Get<SetVolume>().HandleAsync(new(node.Node.Id, 50), person, CancellationToken.None)));
        Assert.Equal(enrols, await IsAllowedAsync(
            () => controller.Get<EnrolNode>().HandleAsync(new EnrolNodeRequest("Mới", area.Id), person, CancellationToken.None)));
        Assert.True(
            await IsAllowedAsync(() => controller.Get<StopEverything>().HandleAsync(area: null, person, CancellationToken.None)));
    }

    [Fact]
    public async Task Role_reaches_down_the_tree_and_not_up_or_aside()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("P");
        var mine = await controller.AddAreaAsync("A", province);
        var hamlet = await controller.AddAreaAsync("A1", mine);
        var other = await controller.AddAreaAsync("B", province);
        var below = await controller.AddNodeAsync(hamlet);
        var aside = await controller.AddNodeAsync(other);
        var bulletin = await controller.AddBulletinAsync(Length);
        var monitor = await AddPersonAsync(controller, Role.Monitor, mine.Id);
        var approver = await AddPersonAsync(controller, Role.Approver, mine.Id);

        Assert.True(
            await IsAllowedAsync(
                () => controller.Get<SetVolume>().HandleAsync(new(below.Node.Id, 50), monitor, CancellationToken.None)));
        Assert.False(
            await IsAllowedAsync(
                () => controller.Get<SetVolume>().HandleAsync(new(aside.Node.Id, 50), monitor, CancellationToken.None)));
        Assert.True(await IsAllowedAsync(() => AirAsync(controller, bulletin, hamlet, BroadcastClass.Normal, approver)));
        Assert.False(await IsAllowedAsync(() => AirAsync(controller, bulletin, province, BroadcastClass.Normal, approver)));

        await using var db = await controller.OpenAsync();
        Assert.Equal(80, (await db.Nodes.SingleAsync(node => node.Id == aside.Node.Id)).Volume);
    }

    [Fact]
    public async Task Administrator_gives_only_what_lies_in_his_area()
    {
        await using var controller = await TestController.StartAsync();
        var mine = await controller.AddAreaAsync("A");
        var other = await controller.AddAreaAsync("B");
        var administrator = await AddPersonAsync(controller, Role.Administrator, mine.Id);
        var somebody = await AddPersonAsync(controller, Role.Monitor, mine.Id);

        Assert.True(await IsAllowedAsync(() => GiveAsync(controller, somebody, Role.Editor, mine.Id, administrator)));
        Assert.False(await IsAllowedAsync(() => GiveAsync(controller, somebody, Role.Editor, other.Id, administrator)));
        Assert.False(await IsAllowedAsync(() => GiveAsync(controller, somebody, Role.Editor, area: null, administrator)));
    }

    [Fact]
    public async Task First_role_is_given_by_who_administers_everything()
    {
        await using var controller = await TestController.StartAsync();
        var mine = await controller.AddAreaAsync("A");
        var administrator = await AddPersonAsync(controller, Role.Administrator, mine.Id);
        var somebody = await AddPersonAsync(controller, Role.Monitor, mine.Id);
        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(role => role.PersonId == somebody.PersonId).ExecuteDeleteAsync();
        }

        Assert.False(await IsAllowedAsync(() => GiveAsync(controller, somebody, Role.Monitor, mine.Id, administrator)));
        Assert.True(await IsAllowedAsync(() => GiveAsync(controller, somebody, Role.Monitor, mine.Id, TestController.Officer)));
        Assert.True(await IsAllowedAsync(() => GiveAsync(controller, somebody, Role.Editor, mine.Id, administrator)));
    }

    [Fact]
    public async Task Last_administrator_of_everything_stays()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        var grant = await db.Roles.SingleAsync(row => row.Role == Role.Administrator);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<TakeRole>()
                .HandleAsync(grant.PersonId, grant.Id, TestController.Officer, CancellationToken.None));

        Assert.Equal(AccessRefusal.LastAdministrator, refused.Refusal);
    }

    [Fact]
    public async Task Key_does_no_more_than_it_was_made_for()
    {
        await using var controller = await TestController.StartAsync();
        var mine = await controller.AddAreaAsync("A");
        var other = await controller.AddAreaAsync("B");
        var near = await controller.AddNodeAsync(mine);
        var far = await controller.AddNodeAsync(other);
        var made = await controller.CreateKeyAsync(TestController.Officer, area: mine.Id, roles: Role.Monitor);
        var key = (await controller.Get<ApiKeyQuery>().FindActorAsync(made.Key, CancellationToken.None))!;

        Assert.True(
            await IsAllowedAsync(
                () => controller.Get<SetVolume>().HandleAsync(new(near.Node.Id, 50), key, CancellationToken.None)));
        Assert.False(
            await IsAllowedAsync(
                () => controller.Get<SetVolume>().HandleAsync(new(far.Node.Id, 50), key, CancellationToken.None)));
        Assert.False(await IsAllowedAsync(
            () => controller.Get<EnrolNode>().HandleAsync(new EnrolNodeRequest("Mới", mine.Id), key, CancellationToken.None)));
        Assert.False(await IsAllowedAsync(() => controller.CreateKeyAsync(key)));
    }

    [Fact]
    public async Task Stop_in_one_commune_leaves_the_others_on_air()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("P");
        var mine = await controller.AddAreaAsync("A", province);
        var other = await controller.AddAreaAsync("B", province);
        var near = await controller.AddNodeAsync(mine);
        var far = await controller.AddNodeAsync(other);
        var bulletin = await controller.AddBulletinAsync(Length);
        var aired = await AirAsync(controller, bulletin, province, BroadcastClass.Normal, TestController.Officer);
        var monitor = await AddPersonAsync(controller, Role.Monitor, mine.Id);

        await controller.Get<StopBroadcast>().HandleAsync(aired.Id, monitor, CancellationToken.None);

        await using var db = await controller.OpenAsync();
        var targets = await db.Targets.ToDictionaryAsync(target => target.NodeId);
        Assert.Equal((TargetState.Missed, ReceiptReason.Stopped), (targets[near.Node.Id].State, targets[near.Node.Id].Reason));
        Assert.Equal((TargetState.Waiting, null), (targets[far.Node.Id].State, targets[far.Node.Id].StoppedAt));
        Assert.Equal(BroadcastState.Planned, (await db.Broadcasts.SingleAsync()).State);
    }

    [Fact]
    public async Task Request_key_is_used_once()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        var bulletin = await controller.AddBulletinAsync(Length);
        var actor = TestController.Officer with { RequestKey = "once" };
        var first = await AirAsync(controller, bulletin, area, BroadcastClass.Normal, actor);

        var again = await Assert.ThrowsAsync<AlreadyAppliedException>(
            () => AirAsync(controller, bulletin, area, BroadcastClass.Normal, actor));
        controller.Time.Advance(AuditedChanges.RequestsKept + TimeSpan.FromMinutes(1));
        var later = await AirAsync(controller, bulletin, area, BroadcastClass.Normal, actor);

        Assert.Equal($"broadcast {first.Id}", again.Subject);
        Assert.NotEqual(first.Id, later.Id);
        await using var db = await controller.OpenAsync();
        Assert.Equal(2, await db.Broadcasts.CountAsync());
    }

    private static async Task<Actor> AddPersonAsync(TestController controller, Role role, long area)
    {
        var person = new Person
        {
            Id = Guid.NewGuid().ToString(),
            UserName = Guid.NewGuid().ToString("N"),
            DisplayName = role.ToString()
        };
        await using var db = await controller.OpenAsync();
        db.Users.Add(person);
        db.Roles.Add(new RoleGrant { PersonId = person.Id, Role = role, AreaId = area });
        await db.SaveChangesAsync();
        return new Actor(person.Id, person.DisplayName);
    }

    private static Task<Broadcast> AirAsync(
        TestController controller, Bulletin bulletin, Area area, BroadcastClass broadcastClass, Actor actor) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin.Id, broadcastClass, new Audience([area.Id], []), Start: null, Tolerance: null),
            actor, CancellationToken.None);

    private static Task<RoleGrant> GiveAsync(TestController controller, Actor to, Role role, long? area, Actor actor) =>
        controller.Get<GiveRole>().HandleAsync(new GiveRoleRequest(to.PersonId!, role, area), actor, CancellationToken.None);

    private static async Task<bool> IsAllowedAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (RefusedException refused) when (refused.Refusal == Refusal.NotAllowed)
        {
            return false;
        }
    }
}
