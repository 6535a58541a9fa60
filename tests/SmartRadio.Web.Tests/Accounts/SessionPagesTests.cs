using System.Text.RegularExpressions;
using SmartRadio.Web.Accounts;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Accounts;

public sealed partial class SessionPagesTests
{
    [Fact]
    public async Task Device_that_is_signed_out_is_out_with_its_next_page()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var desk = await radio.SignedInAsync();
        using var phone = await radio.SignedInAsync();
        await desk.OpenAsync("/account");
        Assert.Contains("this device", desk.Page, StringComparison.Ordinal);
        var end = Assert.Single(EndButton().Matches(desk.Page)).Groups["id"].Value;

        await EndAsync(desk, end);

        Assert.Contains("That device is signed out", desk.Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(EndButton(), desk.Page);
        await phone.OpenAsync("/bulletins");
        Assert.StartsWith("/sign-in", phone.Path, StringComparison.Ordinal);
        await desk.OpenAsync("/bulletins");
        Assert.Equal("/bulletins", desk.Path);
    }

    [Fact]
    public async Task All_others_are_signed_out_at_once()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var desk = await radio.SignedInAsync();
        using var phone = await radio.SignedInAsync();
        using var tablet = await radio.SignedInAsync();
        await desk.OpenAsync("/account");

        await EndAsync(desk, string.Empty);

        foreach (var other in new[] { phone, tablet })
        {
            await other.OpenAsync("/");
            Assert.StartsWith("/sign-in", other.Path, StringComparison.Ordinal);
        }

        await desk.OpenAsync("/account");
        Assert.Equal("/account", desk.Path);
    }

    [Fact]
    public async Task Sign_in_again_in_the_same_browser_ends_the_session_before()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var desk = await radio.SignedInAsync();
        await desk.OpenAsync("/sign-in");
        await desk.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));

        await desk.OpenAsync("/account");

        Assert.Contains("this device", desk.Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(EndButton(), desk.Page);
    }

    /// <summary>A style that arrives late would bring back the cookie of a session that was ended meanwhile.</summary>
    [Theory]
    [InlineData("/app.css", false)]
    [InlineData("/live/session", false)]
    [InlineData("/account", true)]
    public async Task Cookie_is_renewed_with_pages_alone(string path, bool isRenewed)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var desk = await radio.SignedInAsync();
        using var phone = await radio.SignedInAsync();
        await desk.OpenAsync("/account");
        await EndAsync(desk, string.Empty);

        using var answer = await desk.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(
            isRenewed, answer.Headers.TryGetValues("Set-Cookie", out var cookies)
                && cookies.Any(cookie => cookie.StartsWith("sr-session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Signing_out_takes_the_session_from_the_list()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var desk = await radio.SignedInAsync();
        using var phone = await radio.SignedInAsync();
        await phone.OpenAsync("/more");

        await phone.SendAsync("/sign-out");

        await desk.OpenAsync("/account");
        Assert.DoesNotMatch(EndButton(), desk.Page);
    }

    [Theory]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
        "Chrome · Android")]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge · Windows")]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari · iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox · Linux")]
    [InlineData("curl/8.5.0", "")]
    public void Device_is_named_by_browser_and_system(string userAgent, string expected) =>
        Assert.Equal(expected, DeviceName.Of(userAgent));

    /// <summary>Whoever finds a page left open signs nobody out.</summary>
    [Fact]
    public async Task Ending_sessions_takes_the_password_after_a_while()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var desk = await radio.SignedInAsync();
        using var phone = await radio.SignedInAsync();
        await radio.PassAsync(TimeSpan.FromMinutes(11));
        await desk.OpenAsync("/account");

        await EndAsync(desk, string.Empty);
        Assert.Contains("your password once more", desk.Refusal(), StringComparison.Ordinal);
        await phone.OpenAsync("/account");
        Assert.Equal("/account", phone.Path);

        await EndAsync(desk, string.Empty, ("proof", radio.Password));
        await phone.OpenAsync("/account");
        Assert.StartsWith("/sign-in", phone.Path, StringComparison.Ordinal);
        await desk.OpenAsync("/account");
        Assert.Equal("/account", desk.Path);
    }

    /// <summary>So a cookie that was stolen before is worth nothing after.</summary>
    [Fact]
    public async Task Password_given_again_begins_another_session()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var desk = await radio.SignedInAsync();
        using var phone = await radio.SignedInAsync();
        await phone.OpenAsync("/account");
        var before = Assert.Single(EndButton().Matches(phone.Page)).Groups["id"].Value;
        await radio.PassAsync(TimeSpan.FromMinutes(11));
        await desk.OpenAsync("/keys");

        await desk.SendAsync(
            "/keys", ("_handler", "key"), ("name", "IOC"), ("roles", "Monitor"), ("area", ""), ("days", "30"),
            ("proof", radio.Password));

        await phone.OpenAsync("/account");
        Assert.NotEqual(before, Assert.Single(EndButton().Matches(phone.Page)).Groups["id"].Value);
        await desk.OpenAsync("/keys");
        Assert.Equal("/keys", desk.Path);
    }

    private static Task EndAsync(Browser browser, string session, params (string Name, string Value)[] more) =>
        browser.SendAsync("/account", [("_handler", "sessions"), ("end", session), .. more]);

    [GeneratedRegex(
        "name=\"end\" value=\"(?<id>[A-Za-z0-9_-]{22})\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndButton();
}
