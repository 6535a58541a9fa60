using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Keys;

public sealed partial class KeyPagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Key_is_shown_once_and_does_only_what_it_was_made_for()
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/keys");

        await browser.SendAsync(
            "/keys", ("_handler", "key"), ("name", "IOC"), ("roles", "Monitor"), ("area", ""), ("days", "30"));

        var key = Secret().Match(browser.Page).Value;
        await browser.OpenAsync("/keys");
        Assert.DoesNotContain(key, browser.Page, StringComparison.Ordinal);
        Assert.Matches(">IOC</strong>\\s*<span class=\"tag\">Monitor</span>", browser.Page);
        using var program = radio.Stranger();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var nodes = await program.FetchAsync("/api/v1/nodes");
        Assert.Equal(HttpStatusCode.OK, nodes.StatusCode);
        await (await program.FetchAsync("/api/v1/people")).ProblemAsync(HttpStatusCode.Forbidden, "NotAllowed");
    }

    [Fact]
    public async Task Administrator_sees_the_keys_on_the_page_of_their_person()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var program = radio.Program();
        var person = (await (await program.FetchAsync("/api/v1/people")).JsonAsync()).EnumerateArray()
            .Single(each => each.GetProperty("userName").GetString() == account.Name).GetProperty("id").GetString();
        using var admin = await radio.SignedInAsync();

        await admin.OpenAsync($"/people/{person}");
        Assert.Matches(">test</strong>\\s*<span class=\"tag\">Editor</span>", admin.Page);
        Assert.DoesNotContain("<span class=\"tag\">revoked</span>", admin.Page, StringComparison.Ordinal);
        await admin.SendAsync($"/people/{person}/disable");

        await admin.OpenAsync($"/people/{person}");
        Assert.Contains("<span class=\"tag\">revoked</span>", admin.Page, StringComparison.Ordinal);
        using var ended = await account.Http.FetchAsync("/api/v1/nodes");
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
    }

    [Fact]
    public async Task Administrator_ends_one_key_of_another_person()
    {
        var account = await radio.AddAccountAsync(Role.Editor, area: null);
        using var program = radio.Program();
        var person = (await (await program.FetchAsync("/api/v1/people")).JsonAsync()).EnumerateArray()
            .Single(each => each.GetProperty("userName").GetString() == account.Name).GetProperty("id").GetString();
        var key = Assert.Single((await (await program.FetchAsync($"/api/v1/people/{person}/keys")).JsonAsync()).EnumerateArray());
        Assert.Equal("test", key.GetProperty("name").GetString());
        using var admin = await radio.SignedInAsync();
        await admin.OpenAsync($"/people/{person}");

        await admin.SendAsync($"/people/{person}/keys/{key.GetProperty("id")}/revoke");

        await admin.OpenAsync($"/people/{person}");
        Assert.Contains("<span class=\"tag\">revoked</span>", admin.Page, StringComparison.Ordinal);
        using var ended = await account.Http.FetchAsync("/api/v1/nodes");
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        using var again = await program.DeleteAsync(new Uri($"/api/v1/people/{person}/keys/{key.GetProperty("id")}", UriKind.Relative));
        await again.ProblemAsync(HttpStatusCode.NotFound, "UnknownApiKey");
        using var strangers = await account.Http.FetchAsync($"/api/v1/people/{person}/keys");
        Assert.Equal(HttpStatusCode.Unauthorized, strangers.StatusCode);
    }

    [Theory]
    [InlineData("", "30", "at least one role")]
    [InlineData("Monitor", "0", "must end after today")]
    [InlineData("Monitor", "5000", "must end after today")]
    public async Task Key_that_is_too_wide_is_refused(string role, string days, string expected)
    {
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/keys");
        (string, string)[] roles = role.Length == 0 ? [] : [("roles", role)];

        await browser.SendAsync("/keys", [("_handler", "key"), ("name", "IOC"), .. roles, ("area", ""), ("days", days)]);

        Assert.Contains(expected, browser.Refusal(), StringComparison.Ordinal);
        Assert.DoesNotMatch(Secret(), browser.Page);
    }

    [GeneratedRegex("sr_[A-Za-z0-9_-]{43}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
