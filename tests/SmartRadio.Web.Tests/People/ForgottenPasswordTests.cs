using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;
using OwnProof = SmartRadio.Controller.Access.Accounts.OwnProof;

namespace SmartRadio.Web.Tests.People;

/// <summary>A new link replaces the password, and the second factor only where an administrator says so.</summary>
public sealed partial class ForgottenPasswordTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string NewPassword = "một mật khẩu khác hẳn";

    [Fact]
    public async Task New_link_leads_to_the_second_step_and_not_past_it()
    {
        var (account, key) = await PersonAsync();
        using var admin = await radio.SignedInAsync();
        var page = await PageOfAsync(admin, account);
        Assert.Contains("name=\"lost-phone\"", admin.Page, StringComparison.Ordinal);

        await admin.SendAsync(page, ("_handler", "reset"));

        using var person = await ChooseAsync(Link().Match(admin.Page).Value);
        Assert.Equal("/sign-in/code", person.Path);
        await person.OpenAsync("/nodes");
        Assert.StartsWith("/sign-in?", person.Path, StringComparison.Ordinal);
        await person.OpenAsync("/sign-in/code");
        await person.SendAsync("/sign-in/code", ("_handler", "second-step"), ("code", CodeAt(key, 1)));
        Assert.Equal("/", person.Path);
        await person.OpenAsync("/nodes");
        Assert.Equal("/nodes", person.Path);
        Assert.Contains("\"SecondFactorEnded\":false,", await LastResetAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_phone_is_said_by_the_administrator_and_ends_the_second_factor()
    {
        var (account, _) = await PersonAsync();
        using var admin = await radio.SignedInAsync();
        var page = await PageOfAsync(admin, account);

        await admin.SendAsync(page, ("_handler", "reset"), ("lost-phone", "yes"));

        Assert.DoesNotContain("name=\"lost-phone\"", admin.Page, StringComparison.Ordinal);
        using var person = await ChooseAsync(Link().Match(admin.Page).Value);
        Assert.Equal("/", person.Path);
        Assert.Contains("\"From\":\"127.0.0.3\"", await LastAsync("person.accept"), StringComparison.Ordinal);
        Assert.Contains("\"SecondFactorEnded\":true,", await LastResetAsync(), StringComparison.Ordinal);
    }

    /// <summary>Whoever typed the old password just before has no use of digits that come after.</summary>
    [Fact]
    public async Task Reset_ends_a_first_step_that_was_passed_before()
    {
        var (account, key) = await PersonAsync();
        using var thief = radio.Browser();
        await thief.OpenAsync("/sign-in");
        await thief.FillSignInAsync(account);
        Assert.Equal("/sign-in/code", thief.Path);
        using var admin = await radio.SignedInAsync();
        await admin.SendAsync(await PageOfAsync(admin, account), ("_handler", "reset"));

        await thief.SendAsync("/sign-in/code", ("_handler", "second-step"), ("code", CodeAt(key, 1)));

        Assert.NotEqual("/", thief.Path);
        await thief.OpenAsync("/sign-in/code");
        Assert.DoesNotContain("name=\"code\"", thief.Page, StringComparison.Ordinal);
        await thief.OpenAsync("/nodes");
        Assert.StartsWith("/sign-in?", thief.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "/sign-in/code")]
    [InlineData("", "/sign-in/code")]
    [InlineData("{\"endSecondFactor\": false}", "/sign-in/code")]
    [InlineData("{\"endSecondFactor\": true}", "/")]
    public async Task Program_says_whether_the_phone_is_lost_too(string body, string expected)
    {
        var (account, _) = await PersonAsync();
        using var admin = await radio.SignedInAsync();
        var page = await PageOfAsync(admin, account);
        using var program = radio.Program();
        using var content = body.Length == 0 ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await program.PostAsync(new Uri($"/api/v1{page}/reset", UriKind.Relative), content);

        var link = (await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("path").GetString()!;
        using var person = await ChooseAsync(link);
        Assert.Equal(expected, person.Path);
    }

    [Fact]
    public async Task No_cookie_holds_the_link()
    {
        var (account, _) = await PersonAsync();
        using var admin = await radio.SignedInAsync();
        await admin.SendAsync(await PageOfAsync(admin, account), ("_handler", "reset"), ("lost-phone", "yes"));
        var link = Link().Match(admin.Page).Value;
        var jar = new CookieContainer();
        using var person = new Browser(
            new HttpClient(new SocketsHttpHandler { CookieContainer = jar }) { BaseAddress = radio.Address });
        await person.FollowInvitationAsync(link);

        await person.ChoosePasswordAsync(link, NewPassword);

        Assert.Equal("/", person.Path);
        var cookies = jar.GetCookieHeader(radio.Address);
        Assert.Contains("sr-session=", cookies, StringComparison.Ordinal);
        Assert.DoesNotContain(link["/invite#".Length..], cookies, StringComparison.Ordinal);
    }

    /// <summary>Somebody with a second factor, and its key.</summary>
    private async Task<(Account Account, string Key)> PersonAsync()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        var person = await db.Users.SingleAsync(row => row.UserName == account.Name);
        var key = SetUpSecondFactor.NewKey();
        await radio.Services.GetRequiredService<SetUpSecondFactor>().HandleAsync(
            new SetUpSecondFactorRequest(new OwnProof(Account.Password), key, CodeAt(key, 0)), new Actor(person.Id, account.Name),
            CancellationToken.None);
        return (account, key);
    }

    private static async Task<string> PageOfAsync(Browser admin, Account account)
    {
        await admin.OpenAsync("/people");
        var row = admin.Page[..admin.Page.IndexOf($"\"muted\">{account.Name}<", StringComparison.Ordinal)];
        await admin.OpenAsync(Page().Matches(row)[^1].Value);
        return admin.Path;
    }

    private async Task<Browser> ChooseAsync(string link)
    {
        // From a machine of their own: tries are counted by address.
        var browser = radio.Browser(IPAddress.Parse("127.0.0.3"));
        await browser.FollowInvitationAsync(link);
        await browser.ChoosePasswordAsync(link, NewPassword);
        return browser;
    }

    private Task<string> LastResetAsync() => LastAsync("person.reset");

    private async Task<string> LastAsync(string action)
    {
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        return await db.Audit.Where(row => row.Action == action).OrderByDescending(row => row.Id)
            .Select(row => row.Detail).FirstAsync();
    }

    private static string CodeAt(string key, int steps) =>
        new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(DateTime.UtcNow.AddSeconds(30 * steps));

    [GeneratedRegex("/invite#[A-Za-z0-9_-]{43}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("(?<=href=\")/people/[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Page();
}
