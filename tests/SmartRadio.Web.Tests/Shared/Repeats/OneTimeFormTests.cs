using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Drafts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol.Reports;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared.Repeats;

/// <summary>A second tap, a reload or Back does nothing again, and shows what became of the first.</summary>
public sealed class OneTimeFormTests : IAsyncLifetime
{
    private const string Again = "Done already; it was not done again.";

    /// <summary>Change nothing, or end the session.</summary>
    private static readonly string[] Harmless = ["/language", "/sign-out"];

    private static readonly string[] Stops = ["/stop-all", "/areas/{id}/stop", "/broadcasts/{id}/stop", "/rollouts/{id}/stop"];

    /// <summary>All forms that the walk must meet; it sends whatever else it meets too.</summary>
    private static readonly string[] Met =
    [
        "/account email", "/air air", "/areas/new area", "/areas/{id} rules",
        "/areas/{id}/exercise/begin", "/areas/{id}/exercise/end", "/bulletins/new speech", "/bulletins/new upload",
        "/bulletins/{id} approve", "/bulletins/{id} delete", "/bulletins/{id} return", "/bulletins/{id} trim",
        "/bulletins/{id} withdraw", "/bulletins/{id}/languages language",
        "/bulletins/{id}/languages speech", "/programmes/new programme",
        "/drafts/{id}/discard", "/templates template", "/templates/{id}/remove",
        "/complaints/new note", "/complaints/{id} answer", "/complaints/{id}/close", "/complaints/{id}/reopen",
        "/areas/{id}/complaints/open", "/areas/{id}/complaints/shut", "/nodes/{id}/complaints/address",
        "/keys key", "/keys/{id}/revoke", "/lexicon word", "/lexicon/words/{id}/remove",
        "/nodes/new enrol", "/nodes/{id} code", "/nodes/{id} data", "/nodes/{id} volume",
        "/nodes/{id}/chime", "/nodes/{id}/revoke", "/nodes/{id}/rotate", "/password password",
        "/releases release", "/releases rollout",
        "/schedules/new schedule", "/schedules/{id} pause", "/schedules/{id}/cancel", "/schedules/{id}/change schedule",
        "/schedules/{id}/pauses/{id}/end", "/schedules/{id}/restore", "/schedules/{id}/at/{id}/make",
        "/bulletins/{id}/schedules",
        "/groups group", "/groups/{id}/remove",
        "/broadcasts/{id} move", "/broadcasts/{id}/restore", "/calendar/{id}/copy",
    ];

    // Each test has its own: the walk takes away what others need.
    private readonly RadioHost _radio = new(
        ("SmartRadio:Mail:Host", "127.0.0.1"),
        ("SmartRadio:Mail:From", "loa@xa.example"),
        ("SmartRadio:Mail:Address", "https://loa.xa.example"),
        ("SmartRadio:Mail:Interval", "01:00:00"));

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Every_form_sent_twice_changes_one_thing_and_leads_to_the_first()
    {
        using var browser = await _radio.SignedInAsync();
        var sent = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in await PagesAsync())
        {
            foreach (var name in (await FormsAsync(browser, path)).Select(form => form.Name)
                .Where(name => !Harmless.Contains(name) && !Stops.Contains(name)).Distinct().ToList())
            {
                // A page that an earlier form ended has lost this one.
                if (!sent.Contains(name)
                    && (await FormsAsync(browser, path)).FirstOrDefault(form => form.Name == name) is { } form)
                {
                    await SendTwiceAsync(browser, path, form);
                    sent.Add(name);
                }
            }
        }

        Assert.Empty(Met.Except(sent));
    }

    [Fact]
    public async Task Every_form_has_a_token_of_its_own_in_each_rendering()
    {
        using var browser = await _radio.SignedInAsync();
        var tokens = new List<string>();
        foreach (var path in await PagesAsync())
        {
            var forms = (await FormsAsync(browser, path)).Where(form => !Harmless.Contains(form.Name)).ToList();
            Assert.All(forms, form =>
                Assert.False(string.IsNullOrEmpty(form.ValueOf("once")), $"{path}: the form {form.Name} has no <FormTokens />."));
            // The buttons of a page share one.
            tokens.AddRange(forms.Select(form => form.ValueOf("once")!).Distinct(StringComparer.Ordinal));
        }

        Assert.Equal(tokens.Count, tokens.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Taps_at_the_same_time_make_one_bulletin_and_all_lead_to_it()
    {
        using var browser = await _radio.SignedInAsync();
        var form = (await FormsAsync(browser, "/bulletins/new")).First(each => each.Name == "/bulletins/new upload");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => browser.Http.PostAsync(new Uri(form.Address, UriKind.Relative), form.Content())));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers.Select(answer => answer.RequestMessage!.RequestUri!.PathAndQuery).Distinct(StringComparer.Ordinal));
        Assert.StartsWith("/bulletins/", answers[0].RequestMessage!.RequestUri!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_form_may_be_sent_again_with_the_same_token()
    {
        using var browser = await _radio.SignedInAsync();
        var token = (await FormsAsync(browser, "/areas/new")).First(form => form.Name == "/areas/new area").ValueOf("once")!;
        await browser.OpenAsync("/areas/new");
        await browser.SendAsync(
            "/areas/new", ("_handler", "area"), ("once", token), ("name", ""), ("level", "Xã"), ("code", "7070"));
        Assert.NotNull(browser.Refusal());
        await browser.SendAsync(
            "/areas/new", ("_handler", "area"), ("once", token), ("name", "Thử"), ("level", "Xã"), ("code", "7070"));
        Assert.Contains("was added", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_of_one_page_each_act_once_and_stop_acts_each_time()
    {
        using var program = _radio.Program();
        var node = await program.NodeAsync(await program.AreaAsync());
        using var browser = await _radio.SignedInAsync();
        await browser.OpenAsync($"/nodes/{node}");
        foreach (var (path, expected) in new[] { ("/stop-all", "Everything was stopped"), ("/stop-all", "Everything was stopped"),
            ($"/nodes/{node}/revoke", "notice good"), ($"/nodes/{node}/revoke", Again) })
        {
            await browser.SendAsync(path, ("once", "one-for-all"));
            Assert.Contains(expected, browser.Page, StringComparison.Ordinal);
            Assert.Equal(expected == Again, browser.Page.Contains(Again, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Key_that_is_kept_is_short_whatever_was_sent()
    {
        using var program = _radio.Program();
        var node = await program.NodeAsync(await program.AreaAsync());
        using var browser = await _radio.SignedInAsync();
        await browser.OpenAsync($"/nodes/{node}");

        await browser.SendAsync($"/nodes/{node}/revoke", ("once", "one-for-all"), ("_handler", new string('h', 500_000)));

        Assert.Contains("notice good", browser.Page, StringComparison.Ordinal);
        await using var db = await _radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        var keys = await db.AppliedRequests.Select(request => request.Key).ToListAsync();
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.InRange(key.Length, 1, 128));
    }

    private async Task<IReadOnlyList<PageForm>> FormsAsync(Browser browser, string path)
    {
        using var page = await browser.Http.GetAsync(new Uri(path, UriKind.Relative));
        var typed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = "Tin",
            ["spoken-title"] = "Tin đọc",
            ["language"] = "Cơ Tu",
            ["spoken-language"] = "Ba Na",
            ["keep-from"] = "2.5",
            ["remark"] = "Nói rõ ngày giờ hơn",
            ["order-1"] = "1",
            ["text"] = "Xin chào",
            ["name"] = "Thử " + Guid.NewGuid().ToString("N")[..8],
            ["level"] = "Xã",
            ["code"] = Guid.NewGuid().ToString("N")[..12],
            ["display-name"] = "Nguyễn Văn A",
            ["user-name"] = "u" + Guid.NewGuid().ToString("N")[..8],
            ["version"] = "2.0",
            ["notes"] = "thử",
            ["written"] = "NVH",
            ["spoken"] = "nhà văn hóa",
            ["words"] = "Loa to quá",
            ["answer"] = "Đã hạ âm lượng",
            ["password"] = "rất là bí mật 1",
            ["proof"] = _radio.Password,
            ["next"] = _radio.Password,
        };
        return PageForm.AllOf(path, await page.Content.ReadAsStringAsync(), typed);
    }

    private async Task SendTwiceAsync(Browser browser, string page, PageForm form)
    {
        browser.Http.DefaultRequestHeaders.Referrer = new Uri(_radio.Address, page);
        if (form.Name.EndsWith(" schedule", StringComparison.Ordinal))
        {
            // It is saved once its page has told what it would do.
            await browser.SendAsync(form.Address, form.Content());
            form = PageForm.AllOf(page, browser.Page, new Dictionary<string, string>(StringComparer.Ordinal))
                .FirstOrDefault(each => each.Name == form.Name && each.ValueOf("seen") is not null)
                ?? throw new InvalidOperationException($"{form.Name}: {browser.Status} {browser.Path} {browser.Refusal()}");
        }

        var before = await _radio.StateAsync();
        await browser.SendAsync(form.Address, form.Content());
        Assert.True(
            browser.Status == HttpStatusCode.OK,
            $"{form.Name}: {browser.Status} {browser.Refusal()} A field without a value? Give it one in FormsAsync.");
        var (state, first) = (await _radio.StateAsync(), browser.Path);
        Assert.True(before != state, $"{form.Name} changed nothing: {first}");

        await browser.SendAsync(form.Address, form.Content());

        Assert.True(
            browser.Page.Contains(Again, StringComparison.Ordinal),
            $"{form.Name}: {browser.Status} {browser.Path} {browser.Refusal()}");
        // What is shown once stands in the answer itself; a second tap leads to the thing.
        var shownOnce = form.Name is "/nodes/new enrol";
        Assert.True(
            shownOnce ? browser.Path.StartsWith("/nodes/", StringComparison.Ordinal) : browser.Path == first,
            $"{form.Name}: {first}, then {browser.Path}");
        Assert.Equal(state, await _radio.StateAsync());
    }

    private async Task<List<string>> PagesAsync()
    {
        using var program = _radio.Program();
        var (bulletin, area) = (await program.ApprovedBulletinAsync(), await program.AreaAsync());
        async Task<long> DraftAsync() =>
            (await (await program.UploadAsync("Tin nháp", Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
                .GetInt64();
        // The first is approved, and can be returned no more.
        var (draft, returned, unused) = (await DraftAsync(), await DraftAsync(), await program.ApprovedBulletinAsync());
        var person = (await (await program.FetchAsync("/api/v1/people")).JsonAsync())[0].GetProperty("id").GetString()!;
        await _radio.Services.GetRequiredService<SaveDraft>().HandleAsync(
            new SaveDraftRequest(SaveDraft.NewKey(), "Nháp", "Kính thưa", null, null), new Actor(person, "Quản trị"),
            CancellationToken.None);
        await program.PostAsync("/api/v1/templates", new { title = "Mẫu", text = "Lúc [giờ].", areaId = area });
        var (fresh, online) = (await program.NodeAsync(area), await program.NodeAsync(area));
        _radio.Services.GetRequiredService<NodeStatusCache>()
            .Heard(online, new Hello { Firmware = "1.0", Hardware = "esp32" }, DateTimeOffset.UtcNow);
        await program.PostAsync("/api/v1/groups", new { name = "Trường học", areaId = area, nodes = new[] { online } });
        await program.PostAsync("/api/v1/lexicon", new { written = "Mẫu", spoken = "mẫu", areaId = area });
        var said = new { nodeId = online, heardAt = DateTimeOffset.UtcNow, kind = "silent" };
        async Task<string> ComplaintAsync() => Of(
            "/complaints/",
            (await (await program.PostAsync("/api/v1/complaints", said)).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
                .GetInt64())[0];
        // The first is closed before it can be answered.
        var (closed, complaint) = (await ComplaintAsync(), await ComplaintAsync());
        var airing =
            new { bulletinId = bulletin, @class = "emergency", areas = new[] { area }, start = DateTimeOffset.UtcNow.AddDays(1) };
        async Task<long> AirAsync() =>
            (await (await program.PostAsync("/api/v1/broadcasts", airing)).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
                .GetInt64();
        // The second is cancelled, and the undo is offered for two minutes only.
        var (broadcast, undone) = (await AirAsync(), await AirAsync());
        await program.PostAsync($"/api/v1/broadcasts/{undone}/stop", new { });
        var daily = new
        {
            bulletinId = bulletin,
            @class = "normal",
            areas = new[] { area },
            recurrence = "daily",
            from = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30),
            times = new[] { "12:00" },
        };
        async Task<string> ScheduleAsync(string at) => Of(
            "/schedules/",
            (await (await program.PostAsync("/api/v1/schedules", daily with { times = new[] { at } })).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
                .GetInt64())[0];
        var noon = new DateTimeOffset(daily.from, new TimeOnly(12, 0), TimeSpan.FromHours(7));
        // The first is cancelled on its page, and the undo is found there.
        var (cancelled, schedule) = (await ScheduleAsync("13:00"), await ScheduleAsync("12:00"));
        // Another bulletin: one that has a newer version is not offered any more.
        var older = await program.ApprovedBulletinAsync();
        await (await program.PostAsync("/api/v1/schedules", daily with { bulletinId = older })).JsonAsync(HttpStatusCode.Created);
        var version = await program.NewVersionAsync(older);
        return
        [
            .. Of("/broadcasts/", undone), "/", "/bulletins", "/bulletins/new", "/programmes/new", Of("/bulletins/", draft)[0] + "/languages", .. Of("/bulletins/", draft),
            .. Of("/bulletins/", returned), .. Of("/bulletins/", unused), "/templates", "/groups",
            .. Of("/air?bulletin=", bulletin),
            .. Of("/schedules/new?bulletin=", bulletin), cancelled, cancelled + "?again", .. Of("/bulletins/", version),
            schedule, schedule + "?again", $"{schedule}/at/{noon.ToUnixTimeMilliseconds()}", schedule + "/change", "/schedules", "/calendar",
            .. Of("/broadcasts/", broadcast), "/areas/new", .. Of("/areas/", area), Of("/areas/", area)[0] + "?again", "/lexicon",
            .. Of("/lexicon?area=", area), "/nodes/new", "/releases", "/releases?again",
            closed, closed + "?again", complaint, $"/complaints/new?node={online}", $"/complaints/codes/{online}",
            .. Of("/complaints/form?area=", area), Of("/complaints/form?area=", area)[0] + "&again",
            $"/nodes/{online}", $"/nodes/{fresh}",
            "/people", "/keys", "/keys?again", "/audit", "/account", "/more", "/stop", "/password",
        ];
    }

    private static string[] Of(string path, long id) => [path + id.ToString(CultureInfo.InvariantCulture)];
}
