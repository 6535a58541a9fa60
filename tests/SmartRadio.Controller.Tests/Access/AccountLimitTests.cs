using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;

namespace SmartRadio.Controller.Tests.Access;

/// <summary>How many accounts and roles there may be.</summary>
public sealed class AccountLimitTests
{
    private static readonly int OfficersRoles = Enum.GetValues<Role>().Length;

    [Fact]
    public async Task Account_beyond_the_most_is_refused()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:People", "2"));
        await InviteAsync(controller, "lan");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => InviteAsync(controller, "hoa"));

        Assert.Equal((AccessRefusal.TooManyPeople, 2), (refused.Refusal, refused.Values[0]));
        await controller.Get<RecoverAdministrator>().HandleAsync("chair", CancellationToken.None);
        await using var db = await controller.OpenAsync();
        Assert.Equal(3, await db.Users.CountAsync());
    }

    [Fact]
    public async Task Role_of_a_person_beyond_the_most_is_refused_until_one_is_taken()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonRoles", "2"));
        var person = await InviteAsync(controller, "lan");
        var second = await GiveAsync(controller, person, Role.Monitor);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => GiveAsync(controller, person, Role.Approver));
        await controller.Get<TakeRole>().HandleAsync(person, second.Id, TestController.Officer, CancellationToken.None);
        await GiveAsync(controller, person, Role.Approver);

        Assert.Equal((AccessRefusal.TooManyOwnRoles, 2), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task Role_beyond_the_most_of_all_is_refused_also_of_a_new_account()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Roles", $"{OfficersRoles + 1}"));
        var person = await InviteAsync(controller, "lan");

        var given = await Assert.ThrowsAsync<RefusedException>(() => GiveAsync(controller, person, Role.Monitor));
        var invited = await Assert.ThrowsAsync<RefusedException>(() => InviteAsync(controller, "hoa"));

        Assert.Equal((AccessRefusal.TooManyRoles, OfficersRoles + 1), (given.Refusal, given.Values[0]));
        Assert.Equal(AccessRefusal.TooManyRoles, invited.Refusal);
    }

    private static async Task<string> InviteAsync(TestController controller, string userName)
    {
        await controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest(userName, userName, Role.Editor, AreaId: null), TestController.Officer,
            CancellationToken.None);
        await using var db = await controller.OpenAsync();
        return await db.Users.Where(person => person.UserName == userName).Select(person => person.Id).SingleAsync();
    }

    private static Task<RoleGrant> GiveAsync(TestController controller, string person, Role role) =>
        controller.Get<GiveRole>().HandleAsync(
            new GiveRoleRequest(person, role, AreaId: null), TestController.Officer, CancellationToken.None);
}
