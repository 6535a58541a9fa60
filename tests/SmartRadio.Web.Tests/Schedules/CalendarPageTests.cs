using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Schedules;

/// <summary>What the calendar shades and locks, and says in words.</summary>
public sealed class CalendarPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly string Tomorrow =
        DateTime.UtcNow.AddHours(7).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Quiet_hours_of_some_areas_are_shaded_lighter_than_those_of_all()
    {
        using var client = radio.Program();
        var (commune, hamlet) = await PlaceAsync(client);
        await RulesAsync(client, commune, new { quietHours = new { from = "21:00", to = "05:00" } });
        await RulesAsync(client, hamlet, new { quietHours = new { from = "22:00", to = "05:00" } });
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, commune));

        foreach (var page in new[] { "/calendar", "/calendar?view=month" })
        {
            await browser.OpenAsync(page);
            Assert.Contains("Quiet hours: 00:00–05:00, 22:00–24:00", browser.Page, StringComparison.Ordinal);
            Assert.Contains("Quiet hours in some places: 21:00–22:00", browser.Page, StringComparison.Ordinal);
        }

        await browser.OpenAsync("/calendar");
        // Midnight is at 48, an hour 30 units high.
        Assert.Matches("<rect class=\"quiet \" x=\"44\" y=\"48\" width=\"910\" height=\"150\"", browser.Page);
        Assert.Matches("<rect class=\"quiet some\" x=\"44\" y=\"678\" width=\"910\" height=\"30\"", browser.Page);
        await browser.OpenAsync("/");
        Assert.Matches("<rect class=\"quiet \" x=\"0\" width=\"300\"", browser.Page);
        Assert.Matches("<rect class=\"quiet some\" x=\"1260\" width=\"60\"", browser.Page);
        Assert.Contains("quiet hours in some places", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_whose_minutes_are_used_up_is_marked()
    {
        using var client = radio.Program();
        var (commune, _) = await PlaceAsync(client);
        await RulesAsync(client, commune, new { quietHours = new { from = "00:00", to = "00:00" }, minutesPerDay = 1 });
        await ScheduleAsync(client, commune, Sounds.Wav(40), "10:00", "17:00");
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, commune));

        await browser.OpenAsync($"/calendar?day={Tomorrow}");

        Assert.Matches("<text class=\"full\"[^>]*>1/1 min<", browser.Page);
        Assert.Contains("1 of 1 minutes are planned in Xã", browser.Page, StringComparison.Ordinal);
        Assert.Contains("1 broadcasts are left out", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/calendar?view=month&day={Tomorrow}");
        Assert.Matches("<span class=\"small-text full\">1/1 min<", browser.Page);
    }

    [Fact]
    public async Task What_comes_from_above_is_locked_and_says_whose_it_is()
    {
        using var client = radio.Program();
        var province = await client.AreaAsync("Tỉnh Mẫu " + Guid.NewGuid().ToString("N")[..6]);
        var name = (await (await client.FetchAsync($"/api/v1/areas?area={province}")).JsonAsync())[0].GetProperty("name").GetString();
        var commune = await client.AreaAsync(parentId: province);
        await client.NodeAsync(commune);
        var above = await ScheduleAsync(client, province, Sounds.Wav(2), "10:10");
        var own = await ScheduleAsync(client, commune, Sounds.Wav(2), "13:13");
        var stopped = await client.AiredAsync(province);
        var account = await radio.AddAccountAsync(Role.Editor, commune);
        using var browser = await radio.SignInAsync(account);

        await browser.OpenAsync($"/calendar?day={Tomorrow}");

        Assert.DoesNotContain($"data-start=\"{Tomorrow}T10:10", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"data-start=\"{Tomorrow}T13:13", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<path class=\"lock\"", browser.Page, StringComparison.Ordinal);
        foreach (var page in new[] { $"/calendar?day={Tomorrow}", "/schedules", "/broadcasts", $"/schedules/{above}", $"/broadcasts/{stopped}" })
        {
            await browser.OpenAsync(page);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Contains($"of Xã {name}</span>", browser.Page, StringComparison.Ordinal);
        }

        foreach (var page in new[] { $"/schedules/{above}", $"/broadcasts/{stopped}" })
        {
            await browser.OpenAsync(page);
            Assert.DoesNotContain("/cancel\"", browser.Page, StringComparison.Ordinal);
            Assert.DoesNotContain("value=\"move\"", browser.Page, StringComparison.Ordinal);
        }

        await browser.OpenAsync($"/schedules/{own}");
        Assert.DoesNotContain("class=\"tag locked\"", browser.Page, StringComparison.Ordinal);
        using var monitor = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, province));
        await monitor.OpenAsync($"/broadcasts/{stopped}");
        Assert.DoesNotContain("class=\"tag locked\"", monitor.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holidays_stand_in_the_week_the_day_and_the_month()
    {
        using var browser = await radio.SignedInAsync("vi");

        await browser.OpenAsync("/calendar?day=2027-09-02");
        Assert.Matches("<text class=\"lunar\"[^>]*>Quốc khánh<", browser.Page);
        Assert.Contains("<span class=\"tag on\">Quốc khánh</span>", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/calendar?view=month&day=2027-09-01");
        Assert.Matches("day=2027-09-02\"(?:(?!<td)[^\\0])*>Quốc khánh</span>", browser.Page);
    }

    private static async Task<(long Commune, long Hamlet)> PlaceAsync(HttpClient client)
    {
        var commune = await client.AreaAsync();
        var hamlet = await client.AreaAsync(parentId: commune);
        await client.NodeAsync(commune);
        return (commune, hamlet);
    }

    private static async Task RulesAsync(HttpClient client, long area, object rules)
    {
        using var sent = await client.PutAsJsonAsync(new Uri($"/api/v1/areas/{area}/rules", UriKind.Relative), rules);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
    }

    private static async Task<long> ScheduleAsync(HttpClient client, long area, byte[] sound, params string[] times)
    {
        var made = await (await client.UploadAsync("Tin", sound)).JsonAsync(HttpStatusCode.Created);
        var bulletinId = made.GetProperty("id").GetInt64();
        await (await client.PostAsync($"/api/v1/bulletins/{bulletinId}/approve", new { })).JsonAsync();
        var body = new { bulletinId, @class = "normal", areas = new[] { area }, recurrence = "daily", from = Tomorrow, times };
        return (await (await client.PostAsync("/api/v1/schedules", body)).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
            .GetInt64();
    }
}
