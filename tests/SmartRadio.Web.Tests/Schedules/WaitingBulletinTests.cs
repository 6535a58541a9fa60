using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Schedules;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Schedules;

/// <summary>A bulletin is scheduled before it is approved, and its approver sees where and when it is to be aired.</summary>
public sealed class WaitingBulletinTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Approver_sees_audience_and_times_before_approving()
    {
        using var program = radio.Program();
        var (area, bulletin) = await PlaceAsync(program, "Thôn Thượng");
        using var editor = await radio.SignedInAsync();
        await editor.OpenAsync(Page(bulletin));
        Assert.Contains($"/schedules/new?bulletin={bulletin}", editor.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"airings\"", editor.Page, StringComparison.Ordinal);
        await editor.OpenAsync("/schedules/new");
        Assert.Matches($"<option value=\"{bulletin}\"[^>]*>[^<]*· Awaiting approval", editor.Page);
        await editor.OpenAsync("/air");
        Assert.DoesNotContain($"<option value=\"{bulletin}\"", editor.Page, StringComparison.Ordinal);

        var schedule = await ScheduleAsync(program, area, bulletin, radio.Machine.GetUtcNow().AddHours(7).AddHours(5));

        await editor.OpenAsync(Page(bulletin));
        var page = WebUtility.HtmlDecode(editor.Page);
        var airings = page[page.IndexOf("id=\"airings\"", StringComparison.Ordinal)..].Split("</section>")[0];
        Assert.Contains("Thôn Thượng", airings, StringComparison.Ordinal);
        Assert.Matches("<span class=\"tag number\">next [0-9]", airings);
        Assert.Contains($"href=\"/schedules/{schedule}\"", page, StringComparison.Ordinal);
        await editor.OpenAsync("/bulletins?state=waiting");
        Assert.Matches("<span class=\"tag warn number\">due ", editor.Page);
        await editor.OpenAsync("/");
        Assert.Matches($"href=\"{Page(bulletin)}\"[^\n]* is due .* and not approved", WebUtility.HtmlDecode(editor.Page));
        await editor.OpenAsync($"/schedules/{schedule}");
        Assert.Contains("not approved, so nothing is aired", editor.Page, StringComparison.Ordinal);
        Assert.True(await IsWaitingAsync(program, schedule));
        await editor.SendAsync(Page(bulletin), ("_handler", "approve"), ("listened", "yes"), ("heard", await HashAsync(editor, bulletin)));

        await editor.OpenAsync(Page(bulletin));
        Assert.DoesNotContain("id=\"airings\"", editor.Page, StringComparison.Ordinal);
        Assert.False(await IsWaitingAsync(program, schedule));
        await editor.OpenAsync($"/schedules/{schedule}");
        Assert.Contains("/broadcasts/", editor.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Urgent_one_is_first_in_the_list()
    {
        using var program = radio.Program();
        var (area, later) = await PlaceAsync(program, "Thôn Hạ");
        var urgent = await UploadedAsync(program);
        var idle = await UploadedAsync(program);
        var now = radio.Machine.GetUtcNow().AddHours(7);
        await ScheduleAsync(program, area, later, now.AddDays(3));
        await ScheduleAsync(program, area, urgent, now.AddDays(2));
        using var approver = await radio.SignedInAsync();

        await approver.OpenAsync("/bulletins?state=waiting");

        var places = new[] { urgent, later, idle }.Select(
            id => approver.Page.IndexOf($"href=\"{Page(id)}\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Returned_bulletin_tells_its_author_how_many_schedules_wait()
    {
        using var program = radio.Program();
        var (area, bulletin) = await PlaceAsync(program, "Thôn Đông");
        var schedule = await ScheduleAsync(program, area, bulletin, radio.Machine.GetUtcNow().AddHours(7).AddDays(2));
        await (await program.PostAsync($"/api/v1{Page(bulletin)}/return", new { remark = "Thiếu ngày" })).JsonAsync();
        using var author = await radio.SignedInAsync();

        await author.OpenAsync(Page(bulletin));
        Assert.Contains("1 schedules wait for the new version", author.Page, StringComparison.Ordinal);
        await (await program.PostAsync("/api/v1/schedules", Body(area, bulletin, radio.Machine.GetUtcNow().AddDays(2))))
            .ProblemAsync(HttpStatusCode.Conflict, "BulletinReturned");

        var next = await program.NewVersionAsync(bulletin);
        var read = await (await program.FetchAsync($"/api/v1/schedules/{schedule}")).JsonAsync();
        Assert.Equal(next, read.GetProperty("bulletinId").GetInt64());
    }

    [Fact]
    public async Task Schedule_that_an_approver_may_not_see_is_counted()
    {
        using var program = radio.Program();
        var (home, bulletin) = await PlaceAsync(program, "Thôn Tây");
        var other = await program.AreaAsync();
        await program.NodeAsync(other);
        await ScheduleAsync(program, other, bulletin, radio.Machine.GetUtcNow().AddHours(7).AddDays(2));
        using var reader = await radio.SignInAsync(await radio.AddAccountAsync(Role.Monitor, home));

        await reader.OpenAsync(Page(bulletin));

        Assert.Contains("1 schedules where you cannot look", reader.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_approved_in_time_is_told()
    {
        await using var late = new RadioHost();
        await late.InitializeAsync();
        using var program = late.Program();
        var (area, bulletin) = await PlaceAsync(program, "Thôn Bắc");
        var schedule = await ScheduleAsync(program, area, bulletin, late.Machine.GetUtcNow().AddHours(7).AddMinutes(5));
        await late.PassAsync(TimeSpan.FromMinutes(6));
        await late.Services.GetRequiredService<SchedulePlanner>().PlanAllAsync(CancellationToken.None);
        using var browser = await late.SignedInAsync();

        foreach (var page in new[] { "/", $"/schedules/{schedule}" })
        {
            await browser.OpenAsync(page);
            Assert.Contains("not approved in time", browser.Page, StringComparison.Ordinal);
        }
    }

    private static string Page(long id) => string.Create(CultureInfo.InvariantCulture, $"/bulletins/{id}");

    private static async Task<(long Area, long Bulletin)> PlaceAsync(HttpClient program, string name)
    {
        var area = await program.AreaAsync(name);
        await program.NodeAsync(area);
        return (area, await UploadedAsync(program));
    }

    private static async Task<long> UploadedAsync(HttpClient program) =>
        (await (await program.UploadAsync("Tin chờ", Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();

    /// <param name="program">Asks.</param>
    /// <param name="area">Who hears it.</param>
    /// <param name="bulletin">Which.</param>
    /// <param name="local">The first time, as a clock in Viet Nam shows it; daily.</param>
    private static async Task<long> ScheduleAsync(HttpClient program, long area, long bulletin, DateTimeOffset local) =>
        (await (await program.PostAsync("/api/v1/schedules", Body(area, bulletin, local))).JsonAsync(HttpStatusCode.Created))
            .GetProperty("id").GetInt64();

    private static object Body(long area, long bulletin, DateTimeOffset local) => new
    {
        bulletinId = bulletin,
        @class = "normal",
        areas = new[] { area },
        recurrence = "daily",
        from = DateOnly.FromDateTime(local.DateTime),
        times = new[] { local.DateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) },
    };

    private static async Task<bool> IsWaitingAsync(HttpClient program, long schedule) =>
        (await (await program.FetchAsync($"/api/v1/schedules/{schedule}")).JsonAsync()).GetProperty("waiting").GetBoolean();

    private static async Task<string> HashAsync(Browser browser, long bulletin)
    {
        await browser.OpenAsync(Page(bulletin));
        return Regex.Match(
            browser.Page, "(?<=name=\"heard\" value=\")[^\"]*", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }
}
