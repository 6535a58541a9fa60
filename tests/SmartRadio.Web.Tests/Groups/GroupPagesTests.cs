using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Groups;

/// <summary>Groups by pages and API: named, chosen for a schedule, changed, removed.</summary>
public sealed class GroupPagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Group_is_named_changed_and_removed_by_pages()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var (one, two) = (await client.NodeAsync(area), await client.NodeAsync(area));
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));
        await browser.OpenAsync("/groups");
        await browser.SendAsync("/groups", ("_handler", "group"), ("name", "Ven sông"));
        Assert.Contains("at least one loudspeaker", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains("value=\"Ven sông\"", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync("/groups", ("_handler", "group"), ("name", "Ven sông"), ("nodes", one), ("nodes", two));

        Assert.Contains("The group was saved.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("2 loudspeakers", browser.Page, StringComparison.Ordinal);
        var id = await IdAsync(client, "Ven sông");
        await browser.OpenAsync($"/groups?edit={id}");
        Assert.Matches($"value=\"{one}\"[^>]*checked", browser.Page);
        await browser.SendAsync("/groups", ("_handler", "group"), ("id", id), ("name", "Bờ sông"), ("nodes", one));
        Assert.Contains("Bờ sông", browser.Page, StringComparison.Ordinal);
        Assert.Contains("1 loudspeakers", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/groups/{id}/remove");
        Assert.Contains("The group was removed.", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Bờ sông", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_for_a_group_names_it_and_is_the_next_ones_audience()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        var made = await (await client.PostAsync(
            "/api/v1/groups", new { name = "Trường học", areaId = area, nodes = new[] { node } })).JsonAsync(HttpStatusCode.Created);
        var group = made.GetProperty("id").GetInt64();
        var bulletin = await client.ApprovedBulletinAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));
        await browser.OpenAsync("/schedules/new");
        Assert.Contains("Trường học (1 loudspeakers)", browser.Page, StringComparison.Ordinal);
        List<(string Name, string Value)> fields =
        [
            ("_handler", "schedule"), ("bulletin", Text(bulletin)), ("class", "normal"), ("groups", Text(group)),
            ("recurrence", "daily"), ("times", "12:00"), ("repeats", "1"), ("distance", "30"),
            ("from", DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ];

        await browser.SendAsync("/schedules/new", [.. fields]);
        Assert.Matches($"name=\"groups\" value=\"{group}\"[^>]*checked", browser.Page);
        var seen = System.Text.RegularExpressions.Regex.Match(
            browser.Page, "name=\"seen\" value=\"(?<mark>[0-9a-f]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)).Groups["mark"].Value;
        await browser.SendAsync("/schedules/new", [.. fields, ("seen", seen)]);

        Assert.Contains("Trường học", browser.Page, StringComparison.Ordinal);
        var schedule = browser.Path.Split('/', '?')[2];
        var answer = await (await client.FetchAsync($"/api/v1/schedules/{schedule}")).JsonAsync();
        Assert.Equal(group, Assert.Single(answer.GetProperty("groups").EnumerateArray()).GetInt64());
        await browser.OpenAsync("/schedules/new");
        Assert.Matches($"name=\"groups\" value=\"{group}\"[^>]*checked", browser.Page);
        await browser.OpenAsync("/groups");
        await browser.SendAsync($"/groups/{group}/remove");
        Assert.Contains("still used for", browser.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_airs_for_a_group_and_changes_it()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var (one, two) = (await client.NodeAsync(area), await client.NodeAsync(area));
        var body = new { name = "Chợ", areaId = area, nodes = new[] { one } };
        var group = (await (await client.PostAsync("/api/v1/groups", body)).JsonAsync(HttpStatusCode.Created))
            .GetProperty("id").GetInt64();
        await (await client.PostAsync("/api/v1/groups", body)).ProblemAsync(HttpStatusCode.Conflict, "GroupNameTaken");
        var airing = new
        {
            bulletinId = await client.ApprovedBulletinAsync(),
            @class = "emergency",
            groups = new[] { group },
            start = DateTimeOffset.UtcNow.AddDays(1),
        };

        var aired = await (await client.PostAsync("/api/v1/broadcasts", airing)).JsonAsync(HttpStatusCode.Created);

        Assert.Equal((1, group), (aired.GetProperty("should").GetInt32(), aired.GetProperty("groups")[0].GetInt64()));
        using var change = JsonContent.Create(new { name = "Chợ mới", nodes = new[] { one, two } });
        var changed = await (await client.PutAsync(new Uri($"/api/v1/groups/{group}", UriKind.Relative), change)).JsonAsync();
        Assert.Equal(2, changed.GetProperty("nodes").GetArrayLength());
        var proof = await (await client.FetchAsync($"/api/v1/broadcasts/{aired.GetProperty("id").GetInt64()}")).JsonAsync();
        Assert.Equal(2, proof.GetProperty("should").GetInt32());
        await (await client.DeleteAsync(new Uri($"/api/v1/groups/{group}", UriKind.Relative)))
            .ProblemAsync(HttpStatusCode.Conflict, "GroupInUse");
    }

    private static async Task<string> IdAsync(HttpClient client, string name) => Text(
        (await (await client.FetchAsync("/api/v1/groups")).JsonAsync()).EnumerateArray()
            .Single(each => each.GetProperty("name").GetString() == name).GetProperty("id").GetInt64());

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
