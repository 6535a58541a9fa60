using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Schedules;

/// <summary>How an officer makes a schedule by page, changes it and finds it in the calendar.</summary>
public sealed partial class SchedulePagesTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Schedule_is_saved_only_after_its_page_has_told_what_it_does()
    {
        var (bulletin, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        var before = await radio.StateAsync();
        await browser.OpenAsync("/schedules/new");

        await SendAsync(browser, "/schedules/new", bulletin, area, [("times", "05:00"), ("times", "17:00")]);

        Assert.Contains("id=\"outlook\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(before, await radio.StateAsync());
        var seen = Seen().Match(browser.Page).Groups["mark"].Value;
        // Whoever changes a field after it looks again.
        await SendAsync(browser, "/schedules/new", bulletin, area, [("times", "05:30"), ("seen", seen)]);
        Assert.Contains("id=\"outlook\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(before, await radio.StateAsync());
        await SendAsync(browser, "/schedules/new", bulletin, area, [("times", "05:00"), ("times", "17:00"), ("seen", seen)]);
        Assert.Matches("^/schedules/[0-9]+$", browser.Path);
        Assert.Contains("05:00, 17:00", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_schedule_goes_on_as_another_one()
    {
        var (bulletin, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", bulletin, area, "05:00");
        var old = browser.Path;
        await browser.OpenAsync(old + "/change");
        Assert.Contains("value=\"05:00:00\"", browser.Page, StringComparison.Ordinal);

        await SaveAsync(browser, old + "/change", bulletin, area, "06:00");

        Assert.NotEqual(old, browser.Path);
        Assert.Contains("06:00", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_the_weeks_ahead_is_made_from_the_calendar_and_moved_alone()
    {
        var (bulletin, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", bulletin, area, "12:34");
        var schedule = browser.Path;
        await browser.OpenAsync($"/calendar?day={Day(60)}");
        var path = Regex.Match(
            browser.Page, $"(?<=<a class=\"row\" href=\"){schedule}/at/[0-9]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        await browser.OpenAsync(path);
        Assert.Equal(path, browser.Path);
        // People plan by minutes.
        Assert.Contains("12:34 ", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("12:34:00", browser.Page, StringComparison.Ordinal);

        browser.Http.DefaultRequestHeaders.Referrer = new Uri(radio.Address, path);
        await browser.SendAsync(path + "/make");

        Assert.Matches("^/broadcasts/[0-9]+$", browser.Path);
        Assert.Contains("You can now move it", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"start\" value=\"" + Day(60) + "T12:34:00\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/calendar?day={Day(60)}");
        Assert.DoesNotContain(path, browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("253402300799999")]
    public async Task Start_that_cannot_be_is_not_found_and_changes_nothing(string start)
    {
        var (bulletin, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", bulletin, area, "12:34");
        var schedule = browser.Path;
        var before = await radio.StateAsync();

        await browser.OpenAsync($"{schedule}/at/{start}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.OpenAsync(schedule);
        await browser.SendAsync($"{schedule}/at/{start}/make");

        Assert.NotNull(browser.Refusal());
        Assert.Equal(before, await radio.StateAsync());
    }

    [Fact]
    public async Task Schedule_of_a_withdrawn_bulletin_says_what_to_do()
    {
        var (bulletin, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", bulletin, area, "13:13");
        var path = browser.Path;
        using var program = radio.Program();

        await (await program.PostAsync($"/api/v1/bulletins/{bulletin}/withdraw", new { })).JsonAsync();

        foreach (var page in new[] { "/schedules", path })
        {
            await browser.OpenAsync(page);
            Assert.Contains("Change to another bulletin, or cancel the schedule.", browser.Page, StringComparison.Ordinal);
            Assert.Contains($"formaction=\"{path}/cancel\"", browser.Page, StringComparison.Ordinal);
        }

        Assert.Contains($"href=\"{path}/change\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/calendar?day={Day(60)}");
        Assert.DoesNotContain($"href=\"{path}/at/", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_that_was_replaced_stays_chosen()
    {
        var (old, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", old, area, "05:00");
        var schedule = browser.Path;
        using var program = radio.Program();
        using var next = new MultipartFormDataContent
        {
            { new StringContent("Tin sửa"), "title" }, { new StringContent($"{old}"), "previousId" },
            { new ByteArrayContent(Sounds.Wav(2)), "file", "sound.wav" },
        };
        var made = await (await program.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), next))
            .JsonAsync(HttpStatusCode.Created);
        await (await program.PostAsync($"/api/v1/bulletins/{made.GetProperty("id").GetInt64()}/approve", new { })).JsonAsync();

        foreach (var page in new[] { schedule + "/change", $"/schedules/new?bulletin={old}", $"/air?bulletin={old}" })
        {
            await browser.OpenAsync(page);
            Assert.Matches($"<option value=\"{old}\" selected", browser.Page);
            Assert.Contains("Tin sửa · version 2", browser.Page, StringComparison.Ordinal);
        }

        await SaveAsync(browser, schedule + "/change", old, area, "06:00");
    }

    [Fact]
    public async Task Last_audience_is_offered_again()
    {
        var (bulletin, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", bulletin, area, "05:00");

        await browser.OpenAsync("/schedules/new");

        Assert.Matches($"name=\"areas\" value=\"{area}\" checked", browser.Page);
    }

    [Fact]
    public async Task Calendar_shows_what_is_made_and_what_will_be()
    {
        var (bulletin, area) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", bulletin, area, "11:11");

        await browser.OpenAsync($"/calendar?day={Day(2)}");
        Assert.Matches("href=\"/broadcasts/[0-9]+\"[^>]*T11:11:00", browser.Page);
        await browser.OpenAsync($"/calendar?day={Day(60)}");
        Assert.Matches("href=\"/schedules/[0-9]+/at/[0-9]+\"[^>]*T11:11:00", browser.Page);
        await browser.OpenAsync("/calendar?view=month&day=2027-02-06");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("Tết", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Block_of_several_broadcasts_has_no_time_to_be_dragged_from()
    {
        var (bulletin, area) = await PlaceAsync();
        var (other, village) = await PlaceAsync();
        using var browser = await radio.SignedInAsync();
        await SaveAsync(browser, "/schedules/new", bulletin, area, "10:10");
        await browser.OpenAsync($"/calendar?day={Day(60)}");
        Assert.Contains($"data-start=\"{Day(60)}T10:10:00\"", browser.Page, StringComparison.Ordinal);

        await SaveAsync(browser, "/schedules/new", other, village, "10:10");

        await browser.OpenAsync($"/calendar?day={Day(60)}");
        Assert.DoesNotContain($"data-start=\"{Day(60)}T10:10:00\"", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/calendar?day=soon")]
    [InlineData("/calendar?day=0001-01-01")]
    [InlineData("/calendar?day=9999-12-31&view=month")]
    public async Task Day_that_no_calendar_knows_is_today(string address)
    {
        using var browser = await radio.SignedInAsync();

        await browser.OpenAsync(address);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains(Day(0)[..4], browser.Page, StringComparison.Ordinal);
    }

    private static string Day(int ahead) =>
        DateOnly.FromDateTime(DateTime.UtcNow.AddHours(7)).AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task SendAsync(
        Browser browser, string page, long bulletin, long area, IEnumerable<(string Name, string Value)> fields) =>
        browser.SendAsync(
            page,
            [
                ("_handler", "schedule"), ("bulletin", bulletin.ToString(CultureInfo.InvariantCulture)), ("class", "normal"),
                ("areas", area.ToString(CultureInfo.InvariantCulture)), ("recurrence", "daily"), ("from", Day(1)),
                ("repeats", "1"), ("distance", "30"), .. fields,
            ]);

    private static async Task SaveAsync(Browser browser, string page, long bulletin, long area, string at)
    {
        await browser.OpenAsync(page);
        await SendAsync(browser, page, bulletin, area, [("times", at)]);
        var seen = Seen().Match(browser.Page).Groups["mark"].Value;
        await SendAsync(browser, page, bulletin, area, [("times", at), ("seen", seen)]);
        Assert.StartsWith("/schedules/", browser.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"outlook\"", browser.Page, StringComparison.Ordinal);
    }

    private async Task<(long Bulletin, long Area)> PlaceAsync()
    {
        using var program = radio.Program();
        var area = await program.AreaAsync();
        await program.NodeAsync(area);
        return (await program.ApprovedBulletinAsync(), area);
    }

    [GeneratedRegex(
        "name=\"seen\" value=\"(?<mark>[0-9a-f]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seen();
}
