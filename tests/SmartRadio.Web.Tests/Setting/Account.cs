using System.Net.Http.Headers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>A person with a password and an API key.</summary>
/// <param name="Name">To sign in with, and shown.</param>
/// <param name="Http">Calls the API with the person's key, in English.</param>
internal sealed record Account(string Name, HttpClient Http)
{
    public const string Password = "loa phường em hay";
}

internal static class Accounts
{
    /// <summary>Adds a person who holds the role at the area (null = everywhere), or none.</summary>
    public static async Task<Account> AddAccountAsync(this RadioHost host, Role? role, long? area)
    {
        var name = "p" + Guid.NewGuid().ToString("N")[..8];
        await using var scope = host.Services.CreateAsyncScope();
        var person = new Person { UserName = name, DisplayName = name };
        Assert.True(
            (await scope.ServiceProvider.GetRequiredService<UserManager<Person>>()
                .CreateAsync(person, Account.Password)).Succeeded);
        // Who holds no role held one when the key was made.
        var held = role ?? Role.Monitor;
        var grant = await host.Services.GetRequiredService<GiveRole>().HandleAsync(
            new GiveRoleRequest(person.Id, held, area), Actor.Program, CancellationToken.None);
        var key = await host.Services.GetRequiredService<CreateApiKey>().HandleAsync(
            new CreateApiKeyRequest("test", [held], AreaId: null, DateTimeOffset.UtcNow.AddDays(1)),
            new Actor(person.Id, name), CancellationToken.None);
        if (role is null)
        {
            await host.Services.GetRequiredService<TakeRole>()
                .HandleAsync(person.Id, grant.Id, Actor.Program, CancellationToken.None);
        }

        var http = host.Stranger();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Key);
        return new Account(name, http);
    }

    /// <summary>A browser in English in which the person is signed in.</summary>
    public static async Task<Browser> SignInAsync(this RadioHost host, Account account)
    {
        var browser = host.Browser();
        await browser.OpenAsync("/sign-in");
        await browser.SendAsync("/language", ("language", "en"), ("back", "/sign-in"));
        await browser.FillSignInAsync(account);
        Assert.Equal("/", browser.Path);
        return browser;
    }

    /// <summary>Gives the person one more role.</summary>
    public static async Task GiveRoleAsync(this RadioHost host, Account account, Role role, long? area)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().FindByNameAsync(account.Name);
        await host.Services.GetRequiredService<GiveRole>().HandleAsync(
            new GiveRoleRequest(person!.Id, role, area), Actor.Program, CancellationToken.None);
    }

    /// <summary>Sends the sign-in form that the browser shows.</summary>
    public static Task FillSignInAsync(this Browser browser, Account account) =>
        browser.SendAsync(browser.Path, ("_handler", "sign-in"), ("name", account.Name), ("password", Account.Password));
}
