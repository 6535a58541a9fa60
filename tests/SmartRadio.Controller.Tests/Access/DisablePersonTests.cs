using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

/// <summary>A disabled person is out at once; a reset person needs the new link.</summary>
public sealed class DisablePersonTests
{
    [Fact]
    public async Task Disabled_person_does_nothing_more()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("A");
        var node = await controller.AddNodeAsync(area);
        var lan = await AddAsync(controller, "lan", Role.Monitor, area.Id);
        var actor = new Actor(lan.Id, "Lan");
        var key = await controller.CreateKeyAsync(actor);

        await DisableAsync(controller, lan.Id);

        Assert.Null(await controller.Get<ApiKeyQuery>().FindActorAsync(key.Key, CancellationToken.None));
        Assert.Equal(
            Refusal.NotAllowed,
            await RefusalAsync(
                () => controller.Get<SetVolume>().HandleAsync(new(node.Node.Id, 50), actor, CancellationToken.None)));
        Assert.NotEqual(lan.SecurityStamp, (await ReadAsync(controller, lan.Id)).SecurityStamp);

        await controller.Get<EnablePerson>().HandleAsync(lan.Id, TestController.Officer, CancellationToken.None);

        Assert.Null(await controller.Get<ApiKeyQuery>().FindActorAsync(key.Key, CancellationToken.None));
        await controller.Get<SetVolume>().HandleAsync(new(node.Node.Id, 50), actor, CancellationToken.None);
        Assert.Equal(lan.PasswordHash, (await ReadAsync(controller, lan.Id)).PasswordHash);
    }

    [Fact]
    public async Task Disabling_ends_an_unused_link()
    {
        await using var controller = await TestController.StartAsync();
        var link = await InviteAsync(controller, "lan", Role.Editor, area: null);

        await DisableAsync(controller, link.PersonId);
        await controller.Get<EnablePerson>().HandleAsync(link.PersonId, TestController.Officer, CancellationToken.None);

        Assert.Null(await controller.Get<AcceptInvitation>().FindAsync(link.Token, CancellationToken.None));
    }

    [Fact]
    public async Task Reset_ends_the_old_password_and_the_link_before()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, "lan", Role.Editor, area: null);
        var first = await ResetAsync(controller, lan.Id, TestController.Officer);

        var second = await ResetAsync(controller, lan.Id, TestController.Officer);

        var reset = await ReadAsync(controller, lan.Id);
        Assert.Null(reset.PasswordHash);
        Assert.NotEqual(lan.SecurityStamp, reset.SecurityStamp);
        Assert.Null(await controller.Get<AcceptInvitation>().FindAsync(first.Token, CancellationToken.None));
        await controller.Get<AcceptInvitation>()
            .HandleAsync(second.Token, "một mật khẩu khác", address: null, CancellationToken.None);
        Assert.NotNull((await ReadAsync(controller, lan.Id)).PasswordHash);
    }

    [Fact]
    public async Task Disabled_person_gets_no_link()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, "lan", Role.Editor, area: null);
        await DisableAsync(controller, lan.Id);

        Assert.Equal(
            AccessRefusal.PersonDisabled, await RefusalAsync(() => ResetAsync(controller, lan.Id, TestController.Officer)));
    }

    [Fact]
    public async Task Person_with_a_role_elsewhere_is_left_alone()
    {
        await using var controller = await TestController.StartAsync();
        var mine = await controller.AddAreaAsync("A");
        var other = await controller.AddAreaAsync("B");
        var administrator = new Actor((await AddAsync(controller, "boss", Role.Administrator, mine.Id)).Id, "Boss");
        var near = await AddAsync(controller, "near", Role.Editor, mine.Id);
        var both = await AddAsync(controller, "both", Role.Editor, mine.Id);
        await controller.Get<GiveRole>()
            .HandleAsync(new GiveRoleRequest(both.Id, Role.Monitor, other.Id), TestController.Officer, CancellationToken.None);
        var all = await AddAsync(controller, "all", Role.Editor, area: null);
        var editor = new Actor(near.Id, "Near");

        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => DisableAsync(controller, both.Id, administrator)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => ResetAsync(controller, both.Id, administrator)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => DisableAsync(controller, all.Id, administrator)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => ResetAsync(controller, all.Id, administrator)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => DisableAsync(controller, near.Id, editor)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => DisableAsync(controller, "nobody", editor)));
        Assert.Equal(AccessRefusal.UnknownPerson, await RefusalAsync(() => DisableAsync(controller, "nobody", administrator)));
        var (seen, total) = await controller.Get<AccountQuery>().ListAsync(administrator, after: null, 2, CancellationToken.None);
        var (rest, _) = await controller.Get<AccountQuery>().ListAsync(
            administrator, seen[^1].Person.Id, 2, CancellationToken.None);
        Assert.Equal(3, total);
        Assert.Equal(
            [("boss", true), ("both", false), ("near", true)],
            seen.Concat(rest).Select(account => (account.Person.UserName!, account.IsWithin)));
        Assert.Equal(
            Refusal.NotAllowed,
            await RefusalAsync(() => controller.Get<AccountQuery>().ListAsync(editor, after: null, 2, CancellationToken.None)));

        await ResetAsync(controller, near.Id, administrator);
        await DisableAsync(controller, near.Id, administrator);
    }

    [Fact]
    public async Task Person_without_a_role_is_for_administrators_of_everything()
    {
        await using var controller = await TestController.StartAsync();
        var mine = await controller.AddAreaAsync("A");
        var administrator = new Actor((await AddAsync(controller, "boss", Role.Administrator, mine.Id)).Id, "Boss");
        var lan = await AddAsync(controller, "lan", Role.Editor, area: null);
        var role =
            (await controller.Get<AccessQuery>().RolesAsync([lan.Id], CancellationToken.None))[lan.Id].Single();
        await controller.Get<TakeRole>().HandleAsync(lan.Id, role.Id, TestController.Officer, CancellationToken.None);

        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => ResetAsync(controller, lan.Id, administrator)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => DisableAsync(controller, lan.Id, administrator)));
        var seen = await controller.Get<AccountQuery>().FindAsync(lan.Id, administrator, CancellationToken.None);
        Assert.False(seen!.IsWithin);
        await ResetAsync(controller, lan.Id, TestController.Officer);
    }

    [Fact]
    public async Task Key_does_not_reset_its_own_person()
    {
        await using var controller = await TestController.StartAsync();
        await AddAsync(controller, "other", Role.Administrator, area: null);
        var made = await controller.CreateKeyAsync(TestController.Officer, roles: Role.Administrator);
        var key = (await controller.Get<ApiKeyQuery>().FindActorAsync(made.Key, CancellationToken.None))!;

        Assert.Equal(
            Refusal.NotAllowed, await RefusalAsync(() => ResetAsync(controller, TestController.Officer.PersonId!, key)));
    }

    [Fact]
    public async Task Last_administrator_who_can_sign_in_stays()
    {
        await using var controller = await TestController.StartAsync();
        var last = await AddAsync(controller, "boss", Role.Administrator, area: null);
        // Somebody who was invited and never came does not count, nor does a disabled one.
        await InviteAsync(controller, "invited", Role.Administrator, area: null);
        var off = await AddAsync(controller, "off", Role.Administrator, area: null);
        await DisableAsync(controller, off.Id);

        Assert.Equal(AccessRefusal.LastAdministrator, await RefusalAsync(() => DisableAsync(controller, last.Id)));
        Assert.Equal(
            AccessRefusal.LastAdministrator, await RefusalAsync(() => ResetAsync(controller, last.Id, TestController.Officer)));
        var role =
            (await controller.Get<AccessQuery>().RolesAsync([last.Id], CancellationToken.None))[last.Id].Single();
        Assert.Equal(AccessRefusal.LastAdministrator, await RefusalAsync(
            () => controller.Get<TakeRole>().HandleAsync(last.Id, role.Id, TestController.Officer, CancellationToken.None)));
    }

    [Fact]
    public async Task Role_of_another_person_is_not_taken()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, "lan", Role.Editor, area: null);
        var role =
            (await controller.Get<AccessQuery>().RolesAsync([lan.Id], CancellationToken.None))[lan.Id].Single();

        Assert.Equal(AccessRefusal.UnknownRole, await RefusalAsync(
            () => controller.Get<TakeRole>()
                .HandleAsync(TestController.Officer.PersonId!, role.Id, TestController.Officer, CancellationToken.None)));
    }

    private static Task<NewInvitation> InviteAsync(TestController controller, string userName, Role role, long? area) =>
        controller.Get<InvitePerson>()
            .HandleAsync(new InvitePersonRequest(userName, userName, role, area), TestController.Officer, CancellationToken.None);

    private static async Task<Person> AddAsync(TestController controller, string userName, Role role, long? area) =>
        await controller.Get<AcceptInvitation>()
            .HandleAsync(
                (await InviteAsync(controller, userName, role, area)).Token, "loa phường em", address: null,
                CancellationToken.None);

    private static Task DisableAsync(TestController controller, string id, Actor? actor = null) =>
        controller.Get<DisablePerson>().HandleAsync(id, actor ?? TestController.Officer, CancellationToken.None);

    private static Task<NewInvitation> ResetAsync(TestController controller, string id, Actor actor) =>
        controller.Get<ResetPerson>().HandleAsync(
            new ResetPersonRequest(id, EndsSecondFactor: false), actor, CancellationToken.None);

    private static async Task<Person> ReadAsync(TestController controller, string id)
    {
        await using var db = await controller.OpenAsync();
        return await db.Users.AsNoTracking().SingleAsync(person => person.Id == id);
    }

    private static async Task<string> RefusalAsync(Func<Task> ask) => (await Assert.ThrowsAsync<RefusedException>(ask)).Refusal;
}
