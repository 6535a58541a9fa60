using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Complaints;

/// <summary>Complaints by the pages and by the API, without script.</summary>
public sealed class ComplaintPagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly string Today = DateTimeOffset.UtcNow.AddHours(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Editor_notes_answers_and_closes_on_pages()
    {
        var admin = radio.Program();
        var area = await admin.AreaAsync();
        var node = await admin.NodeAsync(area);
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));

        // The only loudspeaker need not be chosen, and the page has the address that its form is sent to: what was typed is kept
        // under the one and dropped under the other.
        await browser.OpenAsync("/complaints/new");
        Assert.Equal($"/complaints/new?node={node}", browser.Path);
        Assert.Contains($"action=\"{browser.Path}\"", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync(
            $"/complaints/new?node={node}", ("_handler", "note"), ("kind", "TooLoud"), ("day", Today), ("time", "00:00"),
            ("words", "Sát nhà <b>tôi</b>"), ("caller", "Bà Năm"), ("phone", "0905 123 456"));

        Assert.StartsWith("/complaints/", browser.Path, StringComparison.Ordinal);
        var page = browser.Path;
        Assert.Contains("Complaint no.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Bà Năm", browser.Page, StringComparison.Ordinal);
        Assert.Contains("removed 90 days after closing", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Nothing was to air on this loudspeaker", browser.Page, StringComparison.Ordinal);
        var html = await browser.Http.GetStringAsync(new Uri(page, UriKind.Relative));
        Assert.DoesNotContain("<b>tôi</b>", html, StringComparison.Ordinal);

        await browser.OpenAsync("/");
        Assert.Contains("1 complaints of residents wait", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(page);
        await browser.SendAsync(page, ("_handler", "answer"), ("seen", ""), ("answer", "Đã hạ âm lượng"));
        Assert.Equal(page, browser.Path);
        Assert.Contains("The answer was saved.", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync(page, ("_handler", "answer"), ("seen", ""), ("answer", "Lời khác"));
        Assert.Contains("Somebody else has answered", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains("<p>Đã hạ âm lượng</p>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Lời khác</textarea>", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync(page + "/close");
        await browser.OpenAsync(page);
        Assert.DoesNotContain("/close\"", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync(page, ("_handler", "answer"), ("seen", ""), ("answer", "Muộn rồi"));
        Assert.Contains("is closed", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains("Muộn rồi</textarea>", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/complaints?state=Closed&q=sat+nha");
        Assert.Contains($"href=\"{page}\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync(page);
        await browser.SendAsync(page + "/reopen");
        await browser.OpenAsync(page);
        Assert.Contains("/close\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/reopen\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/complaints?state=Waiting&area={area}&node={node}");
        Assert.Contains("no such complaint", browser.Page, StringComparison.Ordinal);
        Assert.Matches($"value=\"{node}\" checked[^>]*> Only of Loa thử", browser.Page);
    }

    [Fact]
    public async Task Alert_officer_notes_and_sees_neither_callers_nor_forms()
    {
        var admin = radio.Program();
        var area = await admin.AreaAsync();
        var node = await admin.NodeAsync(area);
        var other = await admin.NodeAsync(area);
        var id = await NotedAsync(admin, node);
        var account = await radio.AddAccountAsync(Role.AlertOfficer, area);
        using var browser = await radio.SignInAsync(account);

        await browser.OpenAsync("/complaints/new?q=loa");
        Assert.Contains($"/complaints/new?node={other}", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/complaints/{id}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.DoesNotContain("0905", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"answer\"", browser.Page, StringComparison.Ordinal);
        var read = await (await account.Http.FetchAsync($"/api/v1/complaints/{id}")).JsonAsync();
        Assert.Equal(JsonValueKind.Null, read.GetProperty("callerPhone").ValueKind);
        await browser.SendAsync($"/complaints/{id}", ("_handler", "answer"), ("seen", ""), ("answer", "Không được"));
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        await browser.OpenAsync("/");
        await browser.SendAsync($"/complaints/{id}/close");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        await browser.OpenAsync("/complaints/form");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        await browser.OpenAsync($"/complaints/codes/{node}");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }

    [Fact]
    public async Task First_page_counts_those_that_one_may_answer()
    {
        var admin = radio.Program();
        var (mine, other) = (await admin.AreaAsync(), await admin.AreaAsync());
        var account = await radio.AddAccountAsync(Role.Editor, mine);
        await radio.GiveRoleAsync(account, Role.AlertOfficer, other);
        await NotedAsync(admin, await admin.NodeAsync(other));
        using var browser = await radio.SignInAsync(account);
        await browser.OpenAsync("/complaints");
        Assert.Contains("Loa to quá", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/");
        Assert.DoesNotContain("complaints of residents wait", browser.Page, StringComparison.Ordinal);
        await NotedAsync(admin, await admin.NodeAsync(mine));
        await browser.OpenAsync("/");
        Assert.Contains("1 complaints of residents wait", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complaint_of_another_area_is_not_there()
    {
        var admin = radio.Program();
        var (mine, far) = (await admin.AreaAsync(), await admin.AreaAsync());
        var id = await NotedAsync(admin, await admin.NodeAsync(far));
        var account = await radio.AddAccountAsync(Role.Editor, mine);
        using var browser = await radio.SignInAsync(account);

        await browser.OpenAsync($"/complaints/{id}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.OpenAsync("/complaints");
        Assert.DoesNotContain($"href=\"/complaints/{id}\"", browser.Page, StringComparison.Ordinal);
        await (await account.Http.FetchAsync($"/api/v1/complaints/{id}")).ProblemAsync(
            HttpStatusCode.NotFound, "UnknownComplaint");
        await (await account.Http.PostAsync($"/api/v1/complaints/{id}/close", new { })).ProblemAsync(
            HttpStatusCode.Forbidden, "NotAllowed");
        Assert.Empty((await (await account.Http.FetchAsync("/api/v1/complaints")).JsonAsync()).EnumerateArray());
    }

    [Fact]
    public async Task Api_notes_lists_answers_and_closes()
    {
        var admin = radio.Program();
        var area = await admin.AreaAsync();
        var node = await admin.NodeAsync(area);
        var http = (await radio.AddAccountAsync(Role.Monitor, area)).Http;

        var id = await NotedAsync(http, node);
        var one = await (await http.FetchAsync($"/api/v1/complaints/{id}")).JsonAsync();
        Assert.Equal("waiting", one.GetProperty("state").GetString());
        Assert.Equal("0905 123 456", one.GetProperty("callerPhone").GetString());
        Assert.Equal(0, one.GetProperty("aired").GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(http, id, null)).StatusCode);
        await (await AnswerAsync(http, id, null)).ProblemAsync(HttpStatusCode.Conflict, "ComplaintAnsweredMeanwhile");
        var answered = (await (await http.FetchAsync($"/api/v1/complaints/{id}")).JsonAsync()).GetProperty("answeredAt")
            .GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await AnswerAsync(http, id, answered)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsync($"/api/v1/complaints/{id}/close", new { })).StatusCode);
        await (await http.PostAsync($"/api/v1/complaints/{id}/close", new { })).ProblemAsync(
            HttpStatusCode.Conflict, "ComplaintClosed");
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsync($"/api/v1/complaints/{id}/reopen", new { })).StatusCode);
        await (await http.PostAsync($"/api/v1/complaints/{id}/reopen", new { })).ProblemAsync(
            HttpStatusCode.Conflict, "ComplaintNotClosed");
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsync($"/api/v1/complaints/{id}/close", new { })).StatusCode);

        var listed = await (await http.FetchAsync($"/api/v1/complaints?state=closed&node={node}&words=to+qua")).JsonAsync();
        Assert.Equal(id, Assert.Single(listed.EnumerateArray()).GetProperty("id").GetInt64());
        await (await http.FetchAsync("/api/v1/complaints?area=99999")).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "UnknownArea");
        await (await http.PostAsync($"/api/v1/nodes/{node}/complaint-address", new { })).ProblemAsync(
            HttpStatusCode.Forbidden, "NotAllowed");
    }

    [Fact]
    public async Task List_is_shown_in_pages_of_fifty()
    {
        var admin = radio.Program();
        var area = await admin.AreaAsync();
        var node = await admin.NodeAsync(area);
        var first = await NotedAsync(admin, node);
        for (var more = 0; more < 50; more++)
        {
            await NotedAsync(admin, node);
        }

        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, area));
        await browser.OpenAsync("/complaints");
        Assert.Contains("51 complaints", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/complaints/{first}\"", browser.Page, StringComparison.Ordinal);
        var more50 = browser.Page[browser.Page.IndexOf("/complaints?after=", StringComparison.Ordinal)..];
        await browser.OpenAsync(more50[..more50.IndexOf('"', StringComparison.Ordinal)]);
        Assert.Contains($"href=\"/complaints/{first}\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Older ones", browser.Page, StringComparison.Ordinal);
    }

    private static async Task<long> NotedAsync(HttpClient http, string node)
    {
        var body = new
        {
            nodeId = node,
            heardAt = DateTimeOffset.UtcNow,
            kind = "tooLoud",
            words = "Loa to quá",
            callerPhone = "0905 123 456",
        };
        JsonElement made = await (await http.PostAsync("/api/v1/complaints", body)).JsonAsync(HttpStatusCode.Created);
        return made.GetProperty("id").GetInt64();
    }

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient http, long id, string? seen) => http.PostAsJsonAsync(
        new Uri($"/api/v1/complaints/{id}/answer", UriKind.Relative), new { text = "Đã hạ", answeredAt = seen });
}
