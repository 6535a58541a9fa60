using System.Net;
using System.Text.RegularExpressions;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.People;

/// <summary>
/// Administrators invite, give roles, disable and reset; nobody else does, and nobody types another's password.
/// </summary>
public sealed partial class PeoplePagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string Password = "loa phường em";

    [Fact]
    public async Task Link_is_shown_once_and_lets_in_once()
    {
        using var admin = await radio.SignedInAsync();
        await admin.OpenAsync("/people");
        Assert.DoesNotContain("type=\"password\"", admin.Page, StringComparison.Ordinal);
        var link = await InviteAsync(admin, "lan", "Editor", "all");
        await admin.OpenAsync("/people");
        Assert.DoesNotContain(link, admin.Page, StringComparison.Ordinal);
        Assert.Contains("invited, until", admin.Page, StringComparison.Ordinal);

        using var lan = radio.Browser();
        await lan.FollowInvitationAsync(link);
        Assert.Equal(HttpStatusCode.OK, lan.Status);
        await lan.ChoosePasswordAsync(link, "short");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lan.Status);
        Assert.Contains("quá yếu", lan.Refusal(), StringComparison.Ordinal);
        await lan.ChoosePasswordAsync(link, Password);
        Assert.Equal("/", lan.Path);
        await lan.OpenAsync("/bulletins");
        Assert.Equal(HttpStatusCode.OK, lan.Status);

        await lan.FollowInvitationAsync(link);
        Assert.Equal(HttpStatusCode.Conflict, lan.Status);
        Assert.Contains("không còn dùng được", lan.Refusal(), StringComparison.Ordinal);
        await admin.OpenAsync(await PathOfAsync(admin, "lan"));
        Assert.Contains("last signed in", admin.Page, StringComparison.Ordinal);
        await admin.OpenAsync("/audit");
        Assert.Contains("Chose a password by invitation", admin.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(link["/invite#".Length..], admin.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, admin.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_person_is_out_with_the_next_page()
    {
        using var admin = await radio.SignedInAsync();
        using var minh = await EnterAsync(await InviteAsync(admin, "minh", "Editor", "all"));
        await minh.OpenAsync("/bulletins");
        Assert.Equal("/bulletins", minh.Path);

        await admin.OpenAsync(await PathOfAsync(admin, "minh"));
        var page = admin.Path;
        await admin.SendAsync(page + "/disable");
        await minh.OpenAsync("/bulletins");
        Assert.StartsWith("/sign-in", minh.Path, StringComparison.Ordinal);
        await minh.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", "minh"), ("password", Password));
        Assert.Equal(HttpStatusCode.Unauthorized, minh.Status);

        await admin.OpenAsync(page);
        Assert.Contains("disabled", admin.Page, StringComparison.Ordinal);
        await admin.SendAsync(page, ("_handler", "enable"));
        await minh.OpenAsync("/sign-in");
        await minh.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", "minh"), ("password", Password));
        Assert.Equal("/", minh.Path);
    }

    [Fact]
    public async Task Reset_ends_the_old_password_and_gives_a_link()
    {
        using var admin = await radio.SignedInAsync();
        using var hoa = await EnterAsync(await InviteAsync(admin, "hoa", "Editor", "all"));
        await admin.OpenAsync(await PathOfAsync(admin, "hoa"));

        await admin.SendAsync(admin.Path, ("_handler", "reset"));
        var link = Link().Match(admin.Page).Value;

        await hoa.OpenAsync("/bulletins");
        Assert.StartsWith("/sign-in", hoa.Path, StringComparison.Ordinal);
        await hoa.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", "hoa"), ("password", Password));
        Assert.Equal(HttpStatusCode.Unauthorized, hoa.Status);
        using var again = await EnterAsync(link);
        Assert.Equal("/", again.Path);
    }

    [Fact]
    public async Task Role_is_given_and_taken_on_the_page_of_the_person()
    {
        using var program = radio.Program();
        var area = await program.AreaAsync();
        using var admin = await radio.SignedInAsync();
        await InviteAsync(admin, "nam", "Editor", "all");
        await admin.OpenAsync(await PathOfAsync(admin, "nam"));
        var page = admin.Path;

        await admin.SendAsync(page, ("_handler", "role"), ("role", "AlertOfficer"), ("area", $"{area}"));
        Assert.Equal(page, admin.Path);
        Assert.Equal(2, Take().Count(admin.Page));
        await admin.SendAsync(page, ("_handler", "role"), ("role", "AlertOfficer"), ("area", $"{area}"));
        Assert.Equal(HttpStatusCode.Conflict, admin.Status);
        await admin.SendAsync(page, ("_handler", "role"), ("role", "AlertOfficer"), ("area", ""));
        Assert.Equal(HttpStatusCode.BadRequest, admin.Status);
        await admin.OpenAsync(page);
        await admin.SendAsync(Take().Match(admin.Page).Value);
        await admin.OpenAsync(page);
        Assert.Single(Take().Matches(admin.Page));
    }

    [Fact]
    public async Task Editor_neither_sees_nor_changes_people()
    {
        using var admin = await radio.SignedInAsync();
        using var editor = await EnterAsync(await InviteAsync(admin, "tu", "Editor", "all"));
        var path = await PathOfAsync(admin, "tu");

        foreach (var page in new[] { "/people", path })
        {
            await editor.OpenAsync(page);
            Assert.Equal(HttpStatusCode.Forbidden, editor.Status);
            Assert.Contains("không có quyền", editor.Refusal(), StringComparison.Ordinal);
            Assert.DoesNotContain(radio.AdminName + "</span>", editor.Page, StringComparison.Ordinal);
            Assert.DoesNotContain("name=\"user-name\"", editor.Page, StringComparison.Ordinal);
        }

        await editor.SendAsync(path + "/disable");
        Assert.Contains("không có quyền", editor.Page, StringComparison.Ordinal);
        await editor.OpenAsync("/people");
        await editor.SendAsync(
            "/people", ("_handler", "person"), ("display-name", "X"), ("user-name", "x"),
            ("role", "Administrator"), ("area", "all"));
        Assert.NotEqual(HttpStatusCode.OK, editor.Status);
        await admin.OpenAsync("/people");
        Assert.DoesNotContain("<span class=\"muted\">x</span>", admin.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_of_a_commune_is_offered_that_commune_alone()
    {
        using var program = radio.Program();
        var (mine, other) = (await program.AreaAsync(), await program.AreaAsync());
        using var admin = await radio.SignedInAsync();
        await InviteAsync(admin, "far", "Editor", $"{other}");
        var far = await PathOfAsync(admin, "far");
        using var local = await EnterAsync(await InviteAsync(admin, "near", "Administrator", $"{mine}"));

        await local.OpenAsync("/people");
        Assert.Contains("near</span>", local.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("far</span>", local.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(radio.AdminName + "</span>", local.Page, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{mine}\"", local.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"<option value=\"{other}\"", local.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<option value=\"all\"", local.Page, StringComparison.Ordinal);
        await local.SendAsync(
            "/people", ("_handler", "person"), ("display-name", "X"), ("user-name", "x"), ("role", "Editor"), ("area", "all"));
        Assert.Equal(HttpStatusCode.Forbidden, local.Status);
        await local.SendAsync(far + "/disable");
        Assert.Contains("không có quyền", local.Page, StringComparison.Ordinal);
        await local.OpenAsync(far);
        Assert.Equal(HttpStatusCode.NotFound, local.Status);
    }

    [Fact]
    public async Task Link_and_password_are_never_logged()
    {
        using var logs = new AllLogs();
        // The level of Microsoft.* is the one that is shipped; scopes are caught too, which the console leaves out.
        await using var logging = new RadioHost(
            ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Warning"),
            ("Logging:Console:LogLevel:Default", "None"), ("Logging:Console:LogLevel:Microsoft", "None"));
        logging.Logs = logs;
        await logging.InitializeAsync();
        using var admin = await logging.SignedInAsync();
        var link = await InviteAsync(admin, "lan", "Editor", "all");
        using var lan = logging.Browser();
        await lan.FollowInvitationAsync(link);
        await lan.ChoosePasswordAsync(link, "short");
        await lan.ChoosePasswordAsync(link, Password);
        await lan.FollowInvitationAsync(link);

        Assert.NotEmpty(logs.Lines);
        var everything = string.Join('\n', logs.Lines);
        Assert.DoesNotContain(link["/invite#".Length..], everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_person_is_not_found()
    {
        using var admin = await radio.SignedInAsync();
        await admin.OpenAsync("/people/nobody");
        Assert.Equal(HttpStatusCode.NotFound, admin.Status);
    }

    private static async Task<string> InviteAsync(Browser admin, string userName, string role, string area)
    {
        await admin.OpenAsync("/people");
        await admin.SendAsync(
            "/people", ("_handler", "person"), ("display-name", "Người " + userName), ("user-name", userName),
            ("role", role), ("area", area));
        Assert.Equal(HttpStatusCode.OK, admin.Status);
        return Link().Match(admin.Page).Value;
    }

    private async Task<Browser> EnterAsync(string link)
    {
        var browser = radio.Browser();
        await browser.FollowInvitationAsync(link);
        await browser.ChoosePasswordAsync(link, Password);
        Assert.Equal("/", browser.Path);
        return browser;
    }

    private static async Task<string> PathOfAsync(Browser admin, string userName)
    {
        await admin.OpenAsync("/people");
        return Row().Matches(admin.Page).Single(row => row.Groups["name"].Value == userName).Groups["path"].Value;
    }

    [GeneratedRegex("/invite#[A-Za-z0-9_-]{43}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("/people/[^/\"]+/roles/[0-9]+/take", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Take();

    [GeneratedRegex(
        "href=\"(?<path>/people/[^\"]+)\">\\s*<span class=\"grow\"><strong>[^<]*</strong> <span class=\"muted\">(?<name>[^<]+)<",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
