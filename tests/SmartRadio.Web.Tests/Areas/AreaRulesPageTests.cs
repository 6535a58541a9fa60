using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Areas;

/// <summary>New rules that silence what is planned are saved once the page has listed it.</summary>
public sealed class AreaRulesPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task New_quiet_hours_list_what_they_silence_before_they_are_saved()
    {
        using var client = radio.Program();
        var (area, schedule) = await PlaceAsync(client, "17:00");
        var page = string.Create(CultureInfo.InvariantCulture, $"/areas/{area}");
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync(page);

        await browser.SendAsync(page, Quiet("16:00", "18:00", Mark(browser)));

        Assert.Equal(page, browser.Path);
        Assert.Contains("silent in the new quiet hours", browser.Page, StringComparison.Ordinal);
        Assert.Matches($"href=\"/schedules/{schedule}\".*17:00", browser.Page);
        Assert.Contains("Save all the same", browser.Page, StringComparison.Ordinal);
        Assert.Equal("00:00:00", await QuietFromAsync(client, area));
        // Other hours than those of the list are looked at again.
        await browser.SendAsync(page, Quiet("16:30", "18:00", Mark(browser)));
        Assert.Equal("00:00:00", await QuietFromAsync(client, area));
        await browser.SendAsync(page, Quiet("16:30", "18:00", Mark(browser)));
        Assert.Equal("/areas", browser.Path);
        Assert.Equal("16:30:00", await QuietFromAsync(client, area));
    }

    [Fact]
    public async Task New_daily_limit_lists_what_it_leaves_out_before_it_is_saved()
    {
        using var client = radio.Program();
        var (area, schedule) = await PlaceAsync(client, "10:00", "17:00");
        var page = string.Create(CultureInfo.InvariantCulture, $"/areas/{area}");
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync(page);

        await browser.SendAsync(page, Limit("1", Mark(browser)));

        Assert.Contains("the new limit leaves these broadcasts out", browser.Page, StringComparison.Ordinal);
        Assert.Matches($"href=\"/schedules/{schedule}\".*17:00", browser.Page);
        Assert.Equal(JsonValueKind.Null, (await AreaAsync(client, area)).GetProperty("minutesPerDay").ValueKind);
        await browser.SendAsync(page, Limit("1", Mark(browser)));
        Assert.Equal(1, (await AreaAsync(client, area)).GetProperty("minutesPerDay").GetInt32());

        await browser.OpenAsync(page);
        await browser.SendAsync(page, Limit("90", Mark(browser)));
        Assert.Equal("/areas", browser.Path);
    }

    private static (string, string)[] Quiet(string from, string to, string silenced) =>
    [
        ("_handler", "rules"), ("quiet", "hours"), ("quiet-from", from), ("quiet-to", to), ("silenced", silenced),
    ];

    private static (string, string)[] Limit(string minutes, string silenced) =>
    [
        ("_handler", "rules"), ("quiet", "none"), ("minutes", minutes), ("silenced", silenced),
    ];

    private static string Mark(Browser browser) => Regex.Match(
        browser.Page, "name=\"silenced\" value=\"(?<mark>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .Groups["mark"].Value;

    private static async Task<JsonElement> AreaAsync(HttpClient client, long area) =>
        (await (await client.FetchAsync($"/api/v1/areas?area={area}")).JsonAsync())[0];

    private static async Task<string?> QuietFromAsync(HttpClient client, long area) =>
        (await AreaAsync(client, area)).GetProperty("quietHours").GetProperty("from").GetString();

    /// <summary>A schedule of 40 s at each of these times from tomorrow on.</summary>
    private static async Task<(long Area, long Schedule)> PlaceAsync(HttpClient client, params string[] times)
    {
        var area = await client.AreaAsync();
        await client.NodeAsync(area);
        var made = await (await client.UploadAsync("Tin dài", Sounds.Wav(40))).JsonAsync(HttpStatusCode.Created);
        var bulletinId = made.GetProperty("id").GetInt64();
        await (await client.PostAsync($"/api/v1/bulletins/{bulletinId}/approve", new { })).JsonAsync();
        var from = DateTime.UtcNow.AddHours(7).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var body = new { bulletinId, @class = "normal", areas = new[] { area }, recurrence = "daily", from, times };
        var schedule = await (await client.PostAsync("/api/v1/schedules", body)).JsonAsync(HttpStatusCode.Created);
        return (area, schedule.GetProperty("id").GetInt64());
    }
}
