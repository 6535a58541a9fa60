using System.Globalization;
using System.Net;
using SmartRadio.Controller.Access;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>
/// Pages show no form that the reader may not send; one that is sent all the same is answered with 403 and a sentence.
/// </summary>
public sealed class WithheldFormTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Forged_form_of_an_editor_is_refused_with_a_sentence()
    {
        var (area, node, draft) = await PlaceAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));
        var state = await radio.StateAsync();
        (string Path, string Form)[] forms =
        [
            ($"/nodes/{node}", "volume"), ($"/nodes/{node}", "data"), ($"/nodes/{node}", "code"), ($"/areas/{area}", "rules"),
            ($"/bulletins/{draft}", "approve"), ($"/bulletins/{draft}", "return"), ($"/bulletins/{draft}/languages", "language"),
            ($"/bulletins/{draft}/languages", "speech"),
            ($"/nodes/{node}/chime", ""), ($"/nodes/{node}/rotate", ""), ($"/nodes/{node}/revoke", ""), ("/rollouts/1/stop", ""),
            ("/rollouts/1/continue", ""),
            ("/air", "air"), ("/areas/new", "area"), ("/nodes/new", "enrol"), ("/releases", "release"), ("/releases", "rollout"),
            ("/people", "person"), ("/people/nobody", "role"), ("/people/nobody", "reset"), ("/people/nobody", "enable"),
            ("/people/nobody/disable", ""),
            ($"/areas/{area}/complaints/open", ""), ($"/nodes/{node}/complaints/address", ""),
        ];

        foreach (var (path, form) in forms)
        {
            await browser.OpenAsync("/");
            await browser.SendAsync(path, ("_handler", form));
            Assert.True(browser.Status == HttpStatusCode.Forbidden, $"{path} {form}: {browser.Status}");
            Assert.Contains("not allowed", browser.Refusal(), StringComparison.Ordinal);
            Assert.False(
                form.Length > 0 && browser.Page.Contains($"value=\"{form}\"", StringComparison.Ordinal),
                $"{path} {form} is shown");
        }

        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Form_that_its_page_shows_no_more_is_refused_with_a_sentence()
    {
        var (area, _, draft) = await PlaceAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Approver, area));
        await browser.OpenAsync("/");

        // Somebody was faster: there is nothing to send back any more.
        await browser.SendAsync($"/bulletins/{draft}", ("_handler", "gone"));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("open too long", browser.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editor_is_shown_no_way_to_what_an_editor_may_not_do()
    {
        var (area, node, draft) = await PlaceAsync();
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, area));
        foreach (var page in new FormattableString[] { $"/", $"/broadcasts", $"/nodes", $"/nodes/{node}", $"/areas",
            $"/areas/{area}", $"/bulletins/{draft}", $"/schedules", $"/more" })
        {
            var path = page.ToString(CultureInfo.InvariantCulture);
            await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            foreach (var way in new[] { "\"/air\"", "\"/nodes/new\"", "\"/areas/new\"", "\"/people\"", "\"/releases\"",
                "\"/audit\"", "/revoke\"", "/chime\"", "\"percent\"", "\"minutes\"", "\"approve\"",
                "/complaints/open\"", "\"/complaints/form\"" })
            {
                Assert.False(browser.Page.Contains(way, StringComparison.Ordinal), $"{path} shows {way}");
            }
        }
    }

    [Fact]
    public async Task Administrator_of_an_area_is_shown_nothing_of_the_whole()
    {
        var (area, _, _) = await PlaceAsync();
        var account = await radio.AddAccountAsync(Role.Administrator, area);
        using var browser = await radio.SignInAsync(account);

        await browser.OpenAsync("/more");
        Assert.DoesNotContain("\"/releases\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/releases");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        await (await account.Http.FetchAsync("/api/v1/releases")).ProblemAsync(HttpStatusCode.Forbidden, "NotAllowed");
        await browser.OpenAsync("/areas/new");
        Assert.Contains($"<option value=\"{area}\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<option value=\"\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_that_reaches_further_has_no_button_to_cancel_it()
    {
        using var admin = radio.Program();
        var (mine, other) = (await admin.AreaAsync(), await admin.AreaAsync());
        await admin.NodeAsync(mine);
        await admin.NodeAsync(other);
        var (own, wide) = (await ScheduleAsync(admin, mine), await ScheduleAsync(admin, mine, other));
        using var browser = await radio.SignInAsync(await radio.AddAccountAsync(Role.Editor, mine));

        await browser.OpenAsync("/schedules");

        Assert.Contains($"/schedules/{own}/cancel", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/schedules/{wide}/cancel", browser.Page, StringComparison.Ordinal);
    }

    private static async Task<long> ScheduleAsync(HttpClient admin, params long[] areas)
    {
        var schedule = new
        {
            bulletinId = await admin.ApprovedBulletinAsync(),
            @class = "normal",
            areas,
            recurrence = "daily",
            from = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30),
            times = new[] { "12:00" },
            repeats = 1,
            distanceMinutes = 0,
        };
        return (await (await admin.PostAsync("/api/v1/schedules", schedule)).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
            .GetInt64();
    }

    private async Task<(long Area, string Node, long Draft)> PlaceAsync()
    {
        using var admin = radio.Program();
        var area = await admin.AreaAsync();
        var draft = await (await admin.UploadAsync("Tin nháp", Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created);
        return (area, await admin.NodeAsync(area), draft.GetProperty("id").GetInt64());
    }
}
