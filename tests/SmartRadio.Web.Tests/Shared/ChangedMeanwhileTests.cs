using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>Two people have the same form open: the second one's is refused once, and shows what the first one made.</summary>
public sealed class ChangedMeanwhileTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const string Sentence = "Somebody else has changed this meanwhile";

    [Fact]
    public async Task Rules_of_an_area_that_changed_meanwhile_are_kept()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var page = string.Create(CultureInfo.InvariantCulture, $"/areas/{area}");
        using var second = await radio.SignedInAsync();
        await second.OpenAsync(page);
        var seen = SeenOf(second);
        await PutAsync(client, $"/api/v1/areas/{area}/rules", new { quietHours = new { from = "21:00", to = "06:00" } });

        // Not read by then: quiet hours inherited, and the mistake of a first try does not hide that they changed.
        await second.SendAsync(page, Rules(seen, "0"));
        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        await second.SendAsync(page, Rules(SeenOf(second), "90"));

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains(Sentence, second.Refusal(), StringComparison.Ordinal);
        Assert.Contains("21:00–06:00", second.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"90\"", second.Page, StringComparison.Ordinal);
        Assert.Equal("21:00:00", (await AreaAsync(client, area)).GetProperty("quietHours").GetProperty("from").GetString());
        await second.SendAsync(page, Rules(SeenOf(second), "90"));
        Assert.Equal(90, (await AreaAsync(client, area)).GetProperty("minutesPerDay").GetInt32());
    }

    [Fact]
    public async Task Program_that_names_what_it_read_does_not_undo_a_change()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var mark = (await AreaAsync(client, area)).GetProperty("rulesMark").GetString();
        await PutAsync(client, $"/api/v1/areas/{area}/rules", new { minutesPerDay = 60, seen = mark });

        using var late = JsonContent.Create(new { minutesPerDay = 30, seen = mark });

        await (await client.PutAsync(new Uri($"/api/v1/areas/{area}/rules", UriKind.Relative), late)).ProblemAsync(
            HttpStatusCode.Conflict, "ChangedMeanwhile");
        Assert.Equal(60, (await AreaAsync(client, area)).GetProperty("minutesPerDay").GetInt32());
    }

    [Fact]
    public async Task Group_that_changed_meanwhile_is_shown_beside_what_was_typed()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var (one, two) = (await client.NodeAsync(area), await client.NodeAsync(area));
        var id = (await (await client.PostAsync(
            "/api/v1/groups", new { name = "Trường", areaId = area, nodes = new[] { one } })).JsonAsync(HttpStatusCode.Created))
            .GetProperty("id").GetInt64();
        using var second = await radio.SignedInAsync();
        await second.OpenAsync($"/groups?edit={id}");
        var seen = SeenOf(second);
        await PutAsync(client, $"/api/v1/groups/{id}", new { name = "Trường cấp hai", nodes = new[] { one, two } });

        await second.SendAsync("/groups", Group(seen));

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Matches("id=\"holds-now\"(.|\n)*Trường cấp hai", second.Page);
        Assert.Contains("value=\"Trường học\"", second.Page, StringComparison.Ordinal);
        await second.SendAsync("/groups", Group(SeenOf(second)));
        Assert.Contains("The group was saved.", second.Page, StringComparison.Ordinal);

        (string, string)[] Group(string mark) =>
            [("_handler", "group"), ("id", $"{id}"), ("name", "Trường học"), ("nodes", one), ("seen", mark)];
    }

    [Fact]
    public async Task Template_that_changed_meanwhile_is_shown_beside_what_was_typed()
    {
        using var client = radio.Program();
        var id = (await (await client.PostAsync("/api/v1/templates", new { title = "Chợ", text = "Chợ họp [ngày]." })).JsonAsync(
            HttpStatusCode.Created)).GetProperty("id").GetString()!;
        using var second = await radio.SignedInAsync();
        await second.OpenAsync($"/templates?edit={id}");
        var seen = SeenOf(second);
        await PutAsync(client, $"/api/v1/templates/{id}", new { title = "Chợ", text = "Chợ họp sớm [ngày]." });

        await second.SendAsync("/templates", Template(seen));

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Matches("id=\"holds-now\"(.|\n)*Chợ họp sớm", second.Page);
        Assert.Contains(">Chợ họp muộn [ngày].</textarea>", second.Page, StringComparison.Ordinal);
        await second.SendAsync("/templates", Template(SeenOf(second)));
        Assert.Contains("The template was saved.", second.Page, StringComparison.Ordinal);

        (string, string)[] Template(string mark) =>
            [("_handler", "template"), ("id", id), ("title", "Chợ"), ("text", "Chợ họp muộn [ngày]."), ("seen", mark)];
    }

    [Fact]
    public async Task Word_that_the_area_says_already_is_not_replaced_unread()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var page = string.Create(CultureInfo.InvariantCulture, $"/lexicon?area={area}");
        using var second = await radio.SignedInAsync();
        await second.OpenAsync(page);
        var seen = SeenOf(second);
        await (await client.PostAsync("/api/v1/lexicon", new { written = "UB", spoken = "ủy ban", areaId = area })).JsonAsync();

        await second.SendAsync(page, Word(seen));

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Matches("id=\"holds-now\"(.|\n)*<strong>UB</strong> → ủy ban", second.Page);
        Assert.Contains("value=\"trụ sở ủy ban\"", second.Page, StringComparison.Ordinal);
        await second.SendAsync(page, Word(SeenOf(second)));
        Assert.Contains("<strong>UB</strong> → trụ sở ủy ban", second.Page, StringComparison.Ordinal);

        static (string, string)[] Word(string mark) =>
            [("_handler", "word"), ("written", "UB"), ("spoken", "trụ sở ủy ban"), ("seen", mark)];
    }

    private static (string, string)[] Rules(string seen, string minutes) =>
        [("_handler", "rules"), ("quiet", "inherit"), ("minutes", minutes), ("seen", seen)];

    private static string SeenOf(Browser browser) => Regex.Match(
        browser.Page, "name=\"seen\" value=\"(?<mark>[0-9a-f]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .Groups["mark"].Value;

    private static async Task PutAsync(HttpClient client, string path, object body)
    {
        using var content = JsonContent.Create(body);
        Assert.True((await client.PutAsync(new Uri(path, UriKind.Relative), content)).IsSuccessStatusCode);
    }

    private static async Task<System.Text.Json.JsonElement> AreaAsync(HttpClient client, long area) =>
        (await (await client.FetchAsync($"/api/v1/areas?area={area}")).JsonAsync())[0];
}
