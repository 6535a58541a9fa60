using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

public sealed class FirstAdministratorTests
{
    [Fact]
    public async Task The_password_printed_is_the_one_that_opens()
    {
        await using var controller = await EmptyAsync();

        var made = await controller.Get<FirstAdministrator>().EnsureAsync(bootstrapKeyFile: null, CancellationToken.None);

        Assert.Matches("^quan-tri-[a-z2-9]{5}$", made!.UserName);
        Assert.Matches("^[a-zA-Z2-9]{23}$", made.Password);
        using var scope = controller.Get<IServiceScopeFactory>().CreateScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var admin = await people.FindByNameAsync(made.UserName.ToUpperInvariant());
        Assert.True(await people.CheckPasswordAsync(admin!, made.Password));
        Assert.False(await people.CheckPasswordAsync(admin!, made.Password + "x"));
    }

    [Fact]
    public async Task There_is_only_one_first_and_no_two_names_or_passwords_are_alike()
    {
        await using var controller = await EmptyAsync();
        await using var other = await EmptyAsync();

        var made = await controller.Get<FirstAdministrator>().EnsureAsync(bootstrapKeyFile: null, CancellationToken.None);
        var again = await controller.Get<FirstAdministrator>().EnsureAsync(bootstrapKeyFile: null, CancellationToken.None);
        var elsewhere = await other.Get<FirstAdministrator>().EnsureAsync(bootstrapKeyFile: null, CancellationToken.None);

        Assert.Null(again);
        Assert.NotEqual(made!.Password, elsewhere!.Password);
        Assert.NotEqual(made.UserName, elsewhere.UserName);
    }

    [Fact]
    public async Task Bootstrap_key_acts_as_administrator_and_its_file_is_private()
    {
        await using var controller = await EmptyAsync();
        var file = Path.Combine(controller.Folder, "bootstrap.key");
        await File.WriteAllTextAsync(file, "an older one that anybody may read");

        await controller.Get<FirstAdministrator>().EnsureAsync(file, CancellationToken.None);

        var key = (await File.ReadAllTextAsync(file)).TrimEnd();
        var actor = await controller.Get<ApiKeyQuery>().FindActorAsync(key, CancellationToken.None);
        await using var db = await controller.OpenAsync();
        Assert.Equal((await db.Users.SingleAsync()).Id, actor!.PersonId);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Nobody_is_made_when_the_key_cannot_be_written()
    {
        await using var controller = await EmptyAsync();
        var file = Path.Combine(controller.Folder, "no such folder", "key");

        await Assert.ThrowsAnyAsync<IOException>(
            () => controller.Get<FirstAdministrator>().EnsureAsync(file, CancellationToken.None));

        await using var db = await controller.OpenAsync();
        Assert.Equal((0, 0), (await db.Users.CountAsync(), await db.ApiKeys.CountAsync()));
    }

    private static async Task<TestController> EmptyAsync()
    {
        var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        await db.Roles.ExecuteDeleteAsync();
        await db.Users.ExecuteDeleteAsync();
        return controller;
    }
}
