using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.SignIn;

/// <summary>What was tried in vain is in the audit log, and no secret with it.</summary>
public sealed class AttemptLogTests
{
    [Fact]
    public async Task Refused_sign_ins_keys_codes_and_acts_are_written_down()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", "s3cret-typed"));
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName.ToUpperInvariant()), ("password", "s3cret-typed"));
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", "typed-in-the-wrong-field"), ("password", ""));
        using var stranger = radio.Stranger();
        stranger.DefaultRequestHeaders.Add("X-Api-Key", "sr_" + new string('A', 43));
        using var key = await stranger.FetchAsync("/api/v1/nodes");
        using var code = await radio.Stranger().PostAsync("/api/v1/enrolments", new { code = "4444-4444-4444" });
        var editor = await radio.AddAccountAsync(Role.Editor, area: null);
        using var page = await radio.SignInAsync(editor);
        await page.OpenAsync("/people");
        await page.OpenAsync("/password");
        await page.SendAsync("/password", ("_handler", "password"), ("proof", "guessed"), ("next", "một mật khẩu khác hẳn"));
        using var act = await editor.Http.FetchAsync("/api/v1/people");

        await radio.Services.GetRequiredService<AttemptWriter>().WriteAsync(CancellationToken.None);

        var rows = await RowsAsync(radio);
        Assert.Contains(rows, row => (row.Action, row.Subject) == (Attempt.SignIn, "person " + radio.AdminName)
            && row.Detail.Contains("\"Times\":2", StringComparison.Ordinal));
        Assert.Contains(rows, row => (row.Action, row.Subject) == (Attempt.SignIn, "address 127.0.0.1"));
        Assert.Contains(rows, row => (row.Action, row.Subject) == (Attempt.ApiKey, "address 127.0.0.1"));
        Assert.Contains(rows, row => (row.Action, row.Subject) == (Attempt.EnrolmentCode, "address 127.0.0.1"));
        Assert.Contains(rows, row => (row.Action, row.Subject) == (Attempt.Right, "person " + editor.Name)
            && row.Detail.Contains("GET /people", StringComparison.Ordinal));
        Assert.Contains(rows, row => (row.Action, row.Subject) == (Attempt.SignIn, "person " + editor.Name)
            && row.Detail.Contains("\"Address\":\"127.0.0.1\",\"Place\":\"password\"", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Action == Attempt.Right && row.Subject.StartsWith("apikey ", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => (row.Detail + row.Subject).Contains("typed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Input_that_a_rule_refused_is_written_down_without_its_text()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var admin = await radio.SignedInAsync();
        await admin.OpenAsync("/people");
        await admin.SendAsync("/people/typed/disable");
        Assert.NotNull(admin.Refusal());
        await admin.SendAsync(
            "/people", ("_handler", "person"), ("display-name", "typed"), ("user-name", "typed\u0001"), ("role", "Editor"),
            ("area", "all"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Status);
        var editor = await radio.AddAccountAsync(Role.Editor, area: null);
        using var json = await editor.Http.PostAsync("/api/v1/bulletins", new { typed = 1 });
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        using var stranger = radio.Browser();
        await stranger.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", "typed"));
        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);
        using var unknown = await radio.Stranger().FetchAsync("/typed");

        await radio.Services.GetRequiredService<AttemptWriter>().WriteAsync(CancellationToken.None);

        var rows = (await RowsAsync(radio)).Where(row => row.Action == Attempt.Input).ToList();
        Assert.Equal(3, rows.Count);
        Assert.Contains(rows, row => row.Subject == "address 127.0.0.1"
            && row.Detail.Contains("\"Place\":\"\",\"Times\":1", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Subject.StartsWith("apikey ", StringComparison.Ordinal)
            && row.Detail.Contains("POST /api/v1/bulletins\",\"Times\":1", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Subject == "person " + radio.AdminName
            && row.Detail.Contains("POST /people\",\"Times\":2", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => (row.Detail + row.Subject).Contains("typed", StringComparison.Ordinal));
    }

    /// <summary>The page that says so is drawn under another address and method.</summary>
    [Theory]
    [InlineData("x=t&x=u", HttpStatusCode.BadRequest, Attempt.Input)]
    [InlineData("", HttpStatusCode.Forbidden, Attempt.Right)]
    public async Task Refusal_of_a_page_names_what_was_asked_for(string fields, HttpStatusCode expected, string action)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        var editor = await radio.AddAccountAsync(Role.Editor, area: null);
        using var page = await radio.SignInAsync(editor);
        await page.OpenAsync("/bulletins/new");

        await page.SendAsync(
            "/people/nobody/disable",
            [.. fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => (field[..1], field[2..]))]);

        Assert.Equal(expected, page.Status);
        await radio.Services.GetRequiredService<AttemptWriter>().WriteAsync(CancellationToken.None);
        var row = Assert.Single(await RowsAsync(radio), row => row.Action == action);
        Assert.Contains("\"Place\":\"POST /people\"", row.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_that_came_too_soon_are_counted_too()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        for (var i = 0; i < 25; i++)
        {
            await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", "wrong"));
        }

        await radio.Services.GetRequiredService<AttemptWriter>().WriteAsync(CancellationToken.None);

        var rows = await RowsAsync(radio);
        Assert.Contains(rows, row => row.Subject == "person " + radio.AdminName && row.Detail.Contains("\"Times\":5}", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Detail.Contains("\"Place\":\"paced\",\"Times\":20}", StringComparison.Ordinal));
    }

    private static async Task<List<AuditEntry>> RowsAsync(RadioHost radio)
    {
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        return await db.Audit.AsNoTracking().Where(row => row.Action.EndsWith("refuse")).ToListAsync();
    }
}
