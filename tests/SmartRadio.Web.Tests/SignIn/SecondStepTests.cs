using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

/// <summary>Two-step sign-in, from setting it up to a lost phone.</summary>
public sealed partial class SecondStepTests
{
    [Fact]
    public async Task Password_alone_no_longer_opens()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        var (key, codes) = await SetUpAsync(radio, browser);
        Assert.Equal(10, codes.Count);
        await browser.OpenAsync("/bulletins");
        Assert.Equal("/bulletins", browser.Path);

        using var thief = await PasswordAsync(radio, "/sign-in?back=%2Fnodes");
        Assert.Equal("/sign-in/code?back=%2Fnodes", thief.Path);
        await thief.OpenAsync("/nodes");
        Assert.StartsWith("/sign-in?", thief.Path, StringComparison.Ordinal);
        await thief.OpenAsync("/sign-in/code");
        await EnterAsync(thief, "000000");
        Assert.Equal(HttpStatusCode.Unauthorized, thief.Status);
        Assert.Contains("Mã không đúng", thief.Refusal(), StringComparison.Ordinal);

        using var owner = await PasswordAsync(radio, "/sign-in?back=%2Fnodes");
        await EnterAsync(owner, NextCode(key));
        Assert.Equal("/nodes", owner.Path);
    }

    [Fact]
    public async Task Code_does_not_open_twice()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        var (key, _) = await SetUpAsync(radio, browser);
        var code = NextCode(key);
        using var owner = await PasswordAsync(radio);
        await EnterAsync(owner, code);
        Assert.Equal("/", owner.Path);

        using var watcher = await PasswordAsync(radio);
        await EnterAsync(watcher, code);

        Assert.Equal(HttpStatusCode.Unauthorized, watcher.Status);
        var password = radio.Password;
        await radio.RestartAsync();
        using var later = await PasswordAsync(radio, password: password);
        await EnterAsync(later, code);
        Assert.Equal("/sign-in/code", later.Path);
        Assert.Equal(HttpStatusCode.Unauthorized, later.Status);
    }

    [Fact]
    public async Task Recovery_code_opens_once()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        var (_, codes) = await SetUpAsync(radio, browser);
        using var owner = await PasswordAsync(radio);
        await EnterAsync(owner, codes[0].ToUpperInvariant());
        Assert.Equal("/", owner.Path);
        await owner.OpenAsync("/account");
        Assert.Contains("Còn 9 mã dự phòng", owner.Page, StringComparison.Ordinal);
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        var used = await db.Audit.SingleAsync(row => row.Action == "person.recovery-code");
        Assert.EndsWith(",\"From\":\"127.0.0.1\"}", used.Detail, StringComparison.Ordinal);

        using var thief = await PasswordAsync(radio);
        await EnterAsync(thief, codes[0]);

        Assert.Equal(HttpStatusCode.Unauthorized, thief.Status);
    }

    [Fact]
    public async Task Guessing_codes_is_slowed_wherever_it_comes_from()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        var (key, _) = await SetUpAsync(radio, browser);
        for (var i = 0; i < 5; i++)
        {
            using var guess = await PasswordAsync(radio, from: IPAddress.Parse($"127.0.1.{i + 1}"));
            await EnterAsync(guess, "000000");
            Assert.Equal(HttpStatusCode.Unauthorized, guess.Status);
        }

        using var last = await PasswordAsync(radio, from: IPAddress.Parse("127.0.2.1"));
        await EnterAsync(last, NextCode(key));

        Assert.Equal(HttpStatusCode.TooManyRequests, last.Status);
    }

    [Fact]
    public async Task Owner_comes_in_where_the_step_was_taken_before()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        var (key, codes) = await SetUpAsync(radio, browser);
        using var owner = await PasswordAsync(radio);
        await EnterAsync(owner, NextCode(key));
        await owner.SendAsync("/sign-out");
        using var thief = await PasswordAsync(radio, from: IPAddress.Parse("127.0.1.1"));
        for (var i = 0; i < 6; i++)
        {
            await EnterAsync(thief, "000000");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, thief.Status);

        await owner.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        await EnterAsync(owner, codes[0]);

        Assert.Equal("/", owner.Path);
        Assert.Equal(HttpStatusCode.OK, owner.Status);
    }

    /// <summary>A password alone makes no browser one of the owner's, from before the second factor was set up.</summary>
    [Fact]
    public async Task Browser_that_knew_the_password_alone_is_counted_with_all()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var thief = await PasswordAsync(radio);
        Assert.Equal("/", thief.Path);
        using var browser = await radio.SignedInAsync();
        await SetUpAsync(radio, browser);
        using var other = await PasswordAsync(radio, from: IPAddress.Parse("127.0.1.1"));
        for (var i = 0; i < 5; i++)
        {
            await EnterAsync(other, "000000");
        }

        await thief.OpenAsync("/sign-in");
        await thief.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        await EnterAsync(thief, "000000");

        Assert.Equal(HttpStatusCode.TooManyRequests, thief.Status);
    }

    [Theory]
    [InlineData("000000")]
    [InlineData("abcde-fghjk")]
    public async Task Keys_that_were_moved_away_let_nobody_in(string code)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        await SetUpAsync(radio, browser);
        var password = radio.Password;
        await radio.StopAsync();
        var keys = Directory.EnumerateFiles(Path.Combine(radio.Data, "keys"), "key-*.xml").ToList();
        var stolen = Directory.CreateDirectory(Path.Combine(radio.Data, "keys", "stolen"));
        keys.ForEach(key => File.Move(key, Path.Combine(stolen.FullName, Path.GetFileName(key))));
        await radio.InitializeAsync();
        using var owner = await PasswordAsync(radio, password: password);
        Assert.Equal("/sign-in/code", owner.Path);

        await EnterAsync(owner, code);

        Assert.Equal(HttpStatusCode.Unauthorized, owner.Status);
        Assert.Equal("/sign-in/code", owner.Path);
    }

    [Fact]
    public async Task Stop_leads_through_both_steps()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        var (key, _) = await SetUpAsync(radio, browser);
        using var officer = await PasswordAsync(radio, "/sign-in?ended=true&back=%2Fstop");

        await EnterAsync(officer, NextCode(key));

        Assert.Equal("/stop", officer.Path);
    }

    [Fact]
    public async Task Step_without_a_password_before_leads_back()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var stranger = radio.Browser();

        await stranger.OpenAsync("/sign-in/code");

        Assert.DoesNotContain("name=\"code\"", stranger.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-in\"", stranger.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_is_asked_to_set_it_up_and_then_keeps_it()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/");
        Assert.Contains("turn on two-step sign-in", browser.Page, StringComparison.Ordinal);

        var (_, codes) = await SetUpAsync(radio, browser);

        await browser.OpenAsync("/");
        Assert.DoesNotContain("turn on two-step sign-in", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/account/second-factor");
        Assert.DoesNotContain("second-factor-off", browser.Page, StringComparison.Ordinal);
        await RenewAsync(radio.Password, codes[0]);
        Assert.Equal(10, RecoveryCode().Count(browser.Page));
        await RenewAsync("guessed", RecoveryCode().Match(browser.Page).Value);
        Assert.Contains("password is wrong", browser.Refusal(), StringComparison.OrdinalIgnoreCase);

        Task RenewAsync(string password, string code) => browser.SendAsync(
            "/account/second-factor", ("_handler", "recovery-codes"), ("proof", password), ("proof-code", code));
    }

    private static async Task<(string Key, IReadOnlyList<string> Codes)> SetUpAsync(RadioHost radio, Browser browser)
    {
        await browser.OpenAsync("/account/second-factor");
        var key = Key().Match(browser.Page).Groups["key"].Value;
        await browser.SendAsync(
            "/account/second-factor",
            ("_handler", "second-factor"), ("key", key), ("code", CodeAt(key, 0)), ("proof", radio.Password));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return (key, [.. RecoveryCode().Matches(browser.Page).Select(match => match.Value)]);
    }

    /// <summary>A browser that gave the right password.</summary>
    private static async Task<Browser> PasswordAsync(
        RadioHost radio, string path = "/sign-in", IPAddress? from = null, string? password = null)
    {
        var browser = radio.Browser(from);
        await browser.OpenAsync(path);
        await browser.SendAsync(
            path, ("_handler", "sign-in"), ("name", radio.AdminName), ("password", password ?? radio.Password));
        return browser;
    }

    private static Task EnterAsync(Browser browser, string code) =>
        browser.SendAsync(browser.Path, ("_handler", "second-step"), ("code", code));

    // The step after that of the set-up, which the server takes as well.
    private static string NextCode(string key) => CodeAt(key, 1);

    private static string CodeAt(string key, int steps) =>
        new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(DateTime.UtcNow.AddSeconds(30 * steps));

    [GeneratedRegex("name=\"key\" value=\"(?<key>[A-Z2-7]{32})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("(?<=<li>)[a-z2-9]{5}-[a-z2-9]{5}(?=</li>)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecoveryCode();
}
