using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using SmartRadio.Controller;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

/// <summary>A second factor for everybody, where a setting asks for it.</summary>
public sealed partial class SecondFactorForAllTests
{
    private static readonly (string Key, string Value) ForAll = ("SmartRadio:SecondFactorForAll", "true");

    [Fact]
    public async Task Everything_leads_to_setting_it_up_until_it_is()
    {
        await using var radio = new RadioHost(ForAll);
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        foreach (var path in new[] { "/", "/keys", "/bulletins/new", "/account", "/live" })
        {
            await browser.OpenAsync(path);
            Assert.Equal("/account/second-factor", browser.Path);
        }

        Assert.Contains("Everybody here signs in with two steps", browser.Page, StringComparison.Ordinal);
        using var session = await browser.Http.GetAsync(new Uri("/live/session", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, session.StatusCode);
        await browser.SendAsync("/areas/new", ("_handler", "area"), ("level", "Xã"), ("name", "Thử"), ("code", "7070"));
        Assert.Equal("/account/second-factor", browser.Path);

        await SetUpAsync(radio, browser);

        await browser.OpenAsync("/areas");
        Assert.Equal("/areas", browser.Path);
        Assert.DoesNotContain("Thử", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Printed_password_is_changed_first()
    {
        await using var radio = new RadioHost(ForAll) { HasPrintedPassword = true };
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        Assert.Equal("/password", browser.Path);

        await browser.SendAsync(
            "/password", ("_handler", "password"), ("proof", radio.Password), ("next", "loa xóm Thượng 5 giờ"));

        Assert.Equal("/account/second-factor", browser.Path);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_it()
    {
        await using var radio = new RadioHost(ForAll);
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/stop");
        Assert.Equal("/stop", browser.Path);

        await browser.SendAsync("/stop-all");

        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        Assert.True(await db.Audit.AnyAsync(entry => entry.Action == "broadcast.stop-all"));
    }

    [Fact]
    public async Task Nobody_turns_it_off()
    {
        await using var radio = new RadioHost(ForAll);
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        var codes = await SetUpAsync(radio, browser);
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        await db.Roles.Where(grant => grant.Role != Role.Editor).ExecuteDeleteAsync();
        var person = await db.Users.SingleAsync();

        await browser.OpenAsync("/account/second-factor");
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => radio.Services.GetRequiredService<RemoveSecondFactor>().HandleAsync(
                new OwnProof(radio.Password, codes[0]), new Actor(person.Id, person.DisplayName), CancellationToken.None));

        Assert.DoesNotContain("second-factor-off", browser.Page, StringComparison.Ordinal);
        Assert.Equal("SecondFactorRequired", refused.Refusal);
    }

    [Fact]
    public async Task It_is_each_persons_choice_without_the_setting()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();

        Assert.Equal("/", browser.Path);
    }

    private static async Task<IReadOnlyList<string>> SetUpAsync(RadioHost radio, Browser browser)
    {
        await browser.OpenAsync("/account/second-factor");
        var key = Key().Match(browser.Page).Groups["key"].Value;
        await browser.SendAsync(
            "/account/second-factor", ("_handler", "second-factor"), ("key", key),
            ("code", new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(DateTime.UtcNow)), ("proof", radio.Password));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return [.. RecoveryCode().Matches(browser.Page).Select(match => match.Value)];
    }

    [GeneratedRegex("name=\"key\" value=\"(?<key>[A-Z2-7]{32})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("(?<=<li>)[a-z2-9]{5}-[a-z2-9]{5}(?=</li>)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecoveryCode();
}
