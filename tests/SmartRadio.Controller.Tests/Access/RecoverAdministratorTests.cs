using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

public sealed class RecoverAdministratorTests
{
    [Fact]
    public async Task New_name_becomes_an_administrator_of_everything()
    {
        await using var controller = await TestController.StartAsync();

        var made = await RecoverAsync(controller, "chief");

        var chief = await SignInAsync(controller, made);
        await using var db = await controller.OpenAsync();
        var role = await db.Roles.SingleAsync(grant => grant.PersonId == chief.Id);
        Assert.Equal((Role.Administrator, null), (role.Role, role.AreaId));
    }

    [Fact]
    public async Task Lost_administrator_comes_back()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("A");
        var link = await controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest("boss", "Boss", Role.Administrator, area.Id), TestController.Officer, CancellationToken.None);
        await controller.Get<AcceptInvitation>().HandleAsync(link.Token, "loa phường em", address: null, CancellationToken.None);
        await controller.Get<DisablePerson>().HandleAsync(link.PersonId, TestController.Officer, CancellationToken.None);

        var made = await RecoverAsync(controller, "BOSS");
        var again = await RecoverAsync(controller, "boss");

        Assert.NotEqual(made.Password, again.Password);
        var boss = await SignInAsync(controller, again);
        Assert.Equal((link.PersonId, "Boss", null), (boss.Id, boss.DisplayName, boss.LockoutEnd));
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Roles.CountAsync(grant => grant.PersonId == boss.Id && grant.AreaId == null));
    }

    [Theory]
    [InlineData("", Refusal.NameMissing)]
    [InlineData("quản trị", Refusal.Malformed)]
    public async Task Bad_name_is_refused(string name, string expected)
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RecoverAsync(controller, name));

        Assert.Equal(expected, refused.Refusal);
    }

    [Fact]
    public async Task New_name_that_looks_like_anothers_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RecoverAsync(controller, "0fficer"));

        Assert.Equal(PersonRefusal.NameLooksTaken, refused.Refusal);
        await using var db = await controller.OpenAsync();
        Assert.Equal("officer", (await db.Users.SingleAsync()).UserName);
    }

    private static Task<GeneratedPassword> RecoverAsync(TestController controller, string name) =>
        controller.Get<RecoverAdministrator>().HandleAsync(name, CancellationToken.None);

    private static async Task<Person> SignInAsync(TestController controller, GeneratedPassword made)
    {
        await using var scope = controller.Get<IServiceScopeFactory>().CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = (await people.FindByNameAsync(made.UserName))!;
        Assert.True(await people.CheckPasswordAsync(person, made.Password));
        return person;
    }
}
