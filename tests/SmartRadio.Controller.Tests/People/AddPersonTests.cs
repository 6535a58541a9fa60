using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.People;

public sealed class AddPersonTests
{
    [Fact]
    public async Task A_person_who_was_added_is_listed()
    {
        await using var controller = await TestController.StartAsync();

        await AddAsync(controller, "lan", "Nguyễn Thị Lan", "loa phường em");

        var people = await controller.Get<PeopleQuery>().ListAsync(CancellationToken.None);
        Assert.Contains(people, person => (person.UserName, person.DisplayName) == ("lan", "Nguyễn Thị Lan"));
    }

    [Theory]
    [InlineData("lan", "Lan", "short", PersonRefusal.PasswordTooWeak)]
    [InlineData("lan", "Lan", "aaaaaaaaaaaa", PersonRefusal.PasswordTooWeak)]
    [InlineData("lan", "Lan", null, PersonRefusal.PasswordTooWeak)]
    [InlineData("", "Lan", "loa phường em", Refusal.NameMissing)]
    [InlineData("lan", "", "loa phường em", Refusal.NameMissing)]
    [InlineData("l an", "Lan", "loa phường em", Refusal.Malformed)]
    public async Task What_is_not_accepted_adds_nobody(string userName, string displayName, string? password, string expected)
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => AddAsync(controller, userName, displayName, password!));

        Assert.Equal(expected, refused.Refusal);
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Users.CountAsync());
    }

    [Fact]
    public async Task A_user_name_is_taken_whatever_its_case()
    {
        await using var controller = await TestController.StartAsync();
        await AddAsync(controller, "lan", "Lan", "loa phường em");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => AddAsync(controller, "LAN", "Lan", "loa phường em"));

        Assert.Equal(PersonRefusal.UserNameTaken, refused.Refusal);
    }

    private static Task<Person> AddAsync(TestController controller, string userName, string displayName, string password) =>
        controller.Get<AddPerson>().HandleAsync(
            new AddPersonRequest(userName, displayName, password), TestController.Officer, CancellationToken.None);
}
