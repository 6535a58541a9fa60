using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Schedules;

/// <summary>
/// A schedule that is opened again: its form holds what it is, and two people do not put theirs beside each other.
/// </summary>
public sealed class ScheduleEditsTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(7));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Second_sees_the_change_of_the_first_and_keeps_his_own_text(int from)
    {
        using var program = radio.Program();
        var body = await BodyAsync(program);
        var old = await AddAsync(program, body);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync($"/schedules/{old}/change");
        var changed = await PutAsync(program, old, body with { Times = ["06:00"], From = Day(from) });
        var newer = (await changed.JsonAsync()).GetProperty("id").GetInt64();

        await browser.SendAsync($"/schedules/{old}/change", [.. Fields(body with { From = Day(2) }, "05:30")]);

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("Somebody changed this schedule meanwhile", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains($"href=\"/schedules/{newer}\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"05:30\"", browser.Page, StringComparison.Ordinal);
        await (await PutAsync(program, old, body with { Times = ["05:30"], From = Day(2) }))
            .ProblemAsync(HttpStatusCode.Conflict, "ReplacedMeanwhile");
        await browser.OpenAsync($"/schedules/{old}");
        Assert.Contains($"href=\"/schedules/{newer}\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/schedules/{old}/restore", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Double_is_saved_only_with_its_box_ticked()
    {
        using var program = radio.Program();
        var body = await BodyAsync(program);
        await AddAsync(program, body);
        await (await program.PostAsync("/api/v1/schedules", body)).ProblemAsync(HttpStatusCode.Conflict, "AiredThenAlready");
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/schedules/new");
        Task SendAsync(params (string, string)[] more) => browser.SendAsync("/schedules/new", [.. Fields(body, "05:00"), .. more]);

        await SendAsync();
        Assert.Contains("name=\"twice\"", browser.Page, StringComparison.Ordinal);
        var seen = ("seen", ValueOf(browser, "seen"));
        await SendAsync(seen);
        Assert.Contains("on the same loudspeakers already", browser.Refusal(), StringComparison.Ordinal);
        // It is asked again at once.
        Assert.Contains("name=\"twice\"", browser.Page, StringComparison.Ordinal);
        await SendAsync(seen, ("twice", "yes"));

        Assert.Matches("^/schedules/[0-9]+$", browser.Path);
        await AddAsync(program, body with { AllowsDouble = true });
    }

    [Fact]
    public async Task Form_of_a_change_and_of_a_copy_ends_after_as_many_times()
    {
        using var program = radio.Program();
        var schedule = await AddAsync(program, await BodyAsync(program) with { Count = 10 });
        using var browser = await radio.SignedInAsync();

        foreach (var page in new[] { $"/schedules/{schedule}/change", $"/schedules/new?like={schedule}" })
        {
            await browser.OpenAsync(page);
            Assert.Equal("10", ValueOf(browser, "count"));
        }
    }

    [Fact]
    public async Task Holidays_are_chosen_in_the_form_and_told()
    {
        using var program = radio.Program();
        var body = await BodyAsync(program);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/schedules/new");
        var fields = Fields(body, "05:00").Append(("holidays", "leftout")).ToArray();

        await browser.SendAsync("/schedules/new", fields);
        await browser.SendAsync("/schedules/new", [.. fields, ("seen", ValueOf(browser, "seen"))]);

        var path = browser.Path;
        Assert.Contains("Not on public holidays", browser.Page, StringComparison.Ordinal);
        var stored = await (await program.FetchAsync("/api/v1" + path)).JsonAsync();
        Assert.Equal("leftOut", stored.GetProperty("holidays").GetString());
        await browser.OpenAsync(path + "/change");
        Assert.Contains("value=\"leftout\" selected", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_of_a_monthly_one_begins_on_its_own_day()
    {
        using var program = radio.Program();
        var schedule = await AddAsync(program, await BodyAsync(program) with { Recurrence = "monthly" });
        var kept = Today;
        while (kept.Day != 15)
        {
            kept = kept.AddDays(1);
        }

        await using (var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync())
        {
            await db.Schedules.Where(row => row.Id == schedule)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.From, kept.AddMonths(-3)));
        }

        using var browser = await radio.SignedInAsync();
        foreach (var page in new[] { $"/schedules/{schedule}/change", $"/schedules/new?like={schedule}" })
        {
            await browser.OpenAsync(page);
            Assert.Equal(kept.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ValueOf(browser, "from"));
        }
    }

    private static string ValueOf(Browser browser, string field) => Regex.Match(
        browser.Page, $"name=\"{field}\"[^>]* value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)).Groups["value"].Value;

    private static IEnumerable<(string, string)> Fields(Body body, string at) =>
    [
        ("_handler", "schedule"), ("bulletin", Text(body.BulletinId)), ("class", "normal"), ("areas", Text(body.Areas[0])),
        ("recurrence", "daily"), ("from", body.From), ("times", at), ("repeats", "1"), ("distance", "30"),
    ];

    private static string Day(int ahead) => Today.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> PutAsync(HttpClient program, long id, Body body) =>
        program.PutAsJsonAsync(new Uri($"/api/v1/schedules/{id}", UriKind.Relative), body);

    private static async Task<long> AddAsync(HttpClient program, Body body) =>
        (await (await program.PostAsync("/api/v1/schedules", body)).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();

    private static async Task<Body> BodyAsync(HttpClient program)
    {
        var area = await program.AreaAsync();
        await program.NodeAsync(area);
        return new(await program.ApprovedBulletinAsync(), "normal", [area], "daily", Day(1), ["05:00"], Count: null);
    }

    private sealed record Body(
        long BulletinId, string Class, IReadOnlyList<long> Areas, string Recurrence, string From, IReadOnlyList<string> Times,
        int? Count, bool AllowsDouble = false);
}
