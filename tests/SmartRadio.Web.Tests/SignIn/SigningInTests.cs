using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

public sealed class SigningInTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/bulletins")]
    [InlineData("/keys")]
    [InlineData("/live?i=on-air")]
    [InlineData("/bulletins/1/preview.mp3")]
    [InlineData("/no-such-page")]
    public async Task Comes_before_everything_else(string path)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var stranger = radio.Stranger();
        using var response = await stranger.FetchAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/sign-in", response.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_to_the_page_that_was_asked_for_and_out_again()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        await browser.OpenAsync("/nodes?state=online");
        await browser.SendAsync(browser.Path, ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal("/nodes?state=online", browser.Path);
        await browser.SendAsync("/sign-out");
        Assert.StartsWith("/sign-in", browser.Path, StringComparison.Ordinal);
        await browser.OpenAsync("/nodes");
        Assert.StartsWith("/sign-in", browser.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_back_to_an_address_with_vietnamese_letters()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        const string path = "/sign-in?back=/%C4%91";
        await browser.OpenAsync(path);
        await browser.SendAsync(path, ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.OpenAsync("/bulletins");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/password")]
    [InlineData("/account/second-factor")]
    public async Task Second_press_after_the_session_was_renewed_is_not_called_undone(string path)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        using var nothing = new FormUrlEncodedContent([]);
        await browser.SendAsync(path, nothing);
        Assert.Equal("/sign-in", browser.Path);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    public async Task Never_leads_to_another_site(string back)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        var path = "/sign-in?back=" + Uri.EscapeDataString(back);
        await browser.OpenAsync(path);
        await browser.SendAsync(path, ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal("/", browser.Path);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task Wrong_password_is_told_and_five_slow_that_address_alone()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        for (var i = 0; i < 4; i++)
        {
            await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
            Assert.Contains("không đúng", browser.Refusal(), StringComparison.Ordinal);
        }

        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", "wrong"));
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("quá nhiều lần", browser.Refusal(), StringComparison.Ordinal);

        // Whoever guesses from elsewhere cannot keep the administrator out.
        using var elsewhere = radio.Browser(from: IPAddress.Parse("127.0.0.2"));
        await elsewhere.OpenAsync("/sign-in");
        await elsewhere.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal(HttpStatusCode.OK, elsewhere.Status);
        Assert.Equal("/", elsewhere.Path);
    }

    [Fact]
    public async Task Sign_in_is_limited_to_so_many_tries_a_minute()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        for (var i = 0; i < 20; i++)
        {
            await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", $"nobody{i}"), ("password", "wrong"));
        }

        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("Hãy đợi một phút", browser.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_cookies_that_scripts_and_other_sites_cannot_use()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var stranger = radio.Stranger();
        using var page = await stranger.FetchAsync("/sign-in");
        Assert.All(page.Headers.GetValues("Set-Cookie"), Hardened);
        Assert.Contains(
            "default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", page.Headers.GetValues("Referrer-Policy").Single());

        using var browser = await radio.SignedInAsync();
        var handler = browser.Http;
        using var home = await handler.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task Takes_the_new_password_after_it_was_changed_and_only_that()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync("vi");
        const string next = "loa xóm Thượng 5 giờ";
        await browser.OpenAsync("/password");

        await browser.SendAsync("/password", ("_handler", "password"), ("proof", "guessed"), ("next", next));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Mật khẩu hiện tại không đúng", browser.Refusal(), StringComparison.Ordinal);
        await browser.SendAsync("/password", ("_handler", "password"), ("proof", radio.Password), ("next", "short"));
        Assert.Contains("Mật khẩu quá yếu", browser.Refusal(), StringComparison.Ordinal);
        await browser.SendAsync("/password", ("_handler", "password"), ("proof", radio.Password), ("next", next));
        Assert.Equal("/account", browser.Path);
        Assert.Contains("Đã đổi mật khẩu", browser.Page, StringComparison.Ordinal);

        using var other = radio.Browser();
        await other.OpenAsync("/sign-in");
        await other.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, other.Status);
        await other.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", next));
        Assert.Equal("/", other.Path);
        await browser.OpenAsync("/audit");
        Assert.Contains("Đổi mật khẩu của mình", browser.Page, StringComparison.Ordinal);
    }

    private static void Hardened(string cookie)
    {
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=", cookie, StringComparison.OrdinalIgnoreCase);
    }
}
