using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

/// <summary>A page left open makes no accounts, keys and device programs: they take the password again.</summary>
public sealed partial class RecentProofTests
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(11);

    private static readonly (string, string)[] Key =
        [("_handler", "key"), ("name", "IOC"), ("roles", "Monitor"), ("area", ""), ("days", "30")];

    [Fact]
    public async Task Key_takes_the_password_again_after_a_while()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/keys");
        Assert.DoesNotContain("name=\"proof\"", browser.Page, StringComparison.Ordinal);
        await radio.PassAsync(Later);

        await browser.OpenAsync("/keys");
        Assert.Contains("name=\"proof\"", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/keys", Key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("your password once more", browser.Refusal(), StringComparison.Ordinal);
        await browser.SendAsync("/keys", [.. Key, ("proof", "guessed")]);
        Assert.Contains("password is wrong", browser.Refusal(), StringComparison.Ordinal);
        Assert.DoesNotMatch(Secret(), browser.Page);
        await browser.SendAsync("/keys", [.. Key, ("proof", radio.Password)]);

        Assert.Matches(Secret(), browser.Page);
        Assert.DoesNotContain("name=\"proof\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/people");
        Assert.DoesNotContain("name=\"proof\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_roles_and_releases_take_it_too()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        using var program = radio.Program();
        var person = (await (await program.FetchAsync("/api/v1/people")).JsonAsync())[0].GetProperty("id").GetString();
        await radio.PassAsync(Later);
        (string Path, string Form)[] forms =
        [
            ("/people", "person"), ($"/people/{person}", "role"), ($"/people/{person}", "reset"), ("/releases", "release"),
        ];

        foreach (var (path, form) in forms)
        {
            await browser.OpenAsync(path);
            await browser.SendAsync(
                path, ("_handler", form), ("display-name", "Lan"), ("user-name", "lan"), ("role", "Editor"), ("area", "all"));
            Assert.True(
                browser.Refusal()?.Contains("your password once more", StringComparison.Ordinal) == true,
                $"{path} {form}: {browser.Status} {browser.Refusal()}");
        }
    }

    [Fact]
    public async Task Guesses_at_an_open_page_are_slowed()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        await radio.PassAsync(Later);
        await browser.OpenAsync("/keys");
        for (var i = 0; i < 5; i++)
        {
            await browser.SendAsync("/keys", [.. Key, ("proof", i.ToString(CultureInfo.InvariantCulture))]);
        }

        await browser.SendAsync("/keys", [.. Key, ("proof", radio.Password)]);

        Assert.Contains("Too many wrong tries", browser.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_that_nobody_used_for_a_night_is_over()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        await radio.PassAsync(TimeSpan.FromHours(12));

        await browser.OpenAsync("/bulletins");

        Assert.StartsWith("/sign-in", browser.Path, StringComparison.Ordinal);
    }

    [GeneratedRegex("sr_[A-Za-z0-9_-]{43}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
