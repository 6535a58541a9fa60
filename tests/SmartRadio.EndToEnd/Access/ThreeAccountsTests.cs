using System.Globalization;
using System.Net;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Access;

/// <summary>The editor of a commune, the monitor of a province and the administrator of another try what they may not.</summary>
public sealed class ThreeAccountsTests : IAsyncLifetime
{
    /// <summary>What every person may press on every page.</summary>
    private static readonly string[] Anybody =
        ["/account sessions", "/account/second-factor second-factor", "/areas/{id}/stop", "/broadcasts/{id}/stop", "/keys key",
            "/keys/{id}/revoke", "/password password", "/sign-out", "/stop-all"];

    private RadioProcess _radio = null!;
    private ChromiumBrowser _browser = null!;
    private (long Province, long Commune, long Other, long Far) _areas;
    private (string Near, string Beside, string Far) _nodes;

    /// <summary>
    /// Two provinces: one with two communes, the other without; a node in each of the three, and a broadcast to all.
    /// </summary>
    public async ValueTask InitializeAsync()
    {
        _radio = await RadioProcess.StartedAsync(demo: 0);
        var api = _radio.Api;
        var province = await api.AddAreaAsync("A", "An Giang", "Tỉnh");
        _areas = (province, await api.AddAreaAsync("A1", "An Bình", "Xã", province),
            await api.AddAreaAsync("A2", "An Cư", "Xã", province), await api.AddAreaAsync("B", "Bắc Ninh", "Tỉnh"));
        _nodes = (await api.AddNodeAsync("Loa An Bình", _areas.Commune), await api.AddNodeAsync("Loa An Cư", _areas.Other),
            await api.AddNodeAsync("Loa Bắc Ninh", _areas.Far));
        var bulletin = await api.ApprovedAsync(await Speech.MakeAsync(Speech.Warning, _radio.FileOf("warning.mp3")));
        await api.UploadedAsync(await Speech.MakeAsync(Speech.Warning, _radio.FileOf("draft.mp3")));
        await api.AirAsync(bulletin.Id, "emergency", await api.NodesAsync(), VietnamTime.Ahead(TimeSpan.FromHours(5)));
        _browser = await ChromiumBrowser.OpenAsync(_radio.Address);
        await _browser.SignInAsync(_radio);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _radio.DisposeAsync();
    }

    [Fact]
    public async Task Editor_of_a_commune_writes_there_and_does_nothing_else()
    {
        using var editor = await Visitor.InviteAsync(_browser, _radio, "bientap", "Editor", _areas.Commune);

        var walk = await editor.WalkAsync();
        Assert.Equal(
            Sorted(
            [
                "/bulletins/new speech", "/bulletins/new upload", "#reading", "/programmes/new programme", "/lexicon word",
                "/complaints/new note", "/templates template", "/groups group",
                "/schedules/new schedule", "/calendar/{id}/copy", .. Anybody,
            ]),
            walk.Forms);
        Assert.Equal([_nodes.Near], walk.Below("/nodes/"));
        Assert.Equal([Text(_areas.Commune)], walk.Below("/areas/"));
        await RefusedOnPagesAsync(
            editor,
            ("/air", "air"), ("/bulletins/2", "approve"), ($"/nodes/{_nodes.Near}", "volume"),
            ($"/nodes/{_nodes.Near}/chime", null),
            ($"/nodes/{_nodes.Near}/complaints/address", null), ($"/areas/{_areas.Commune}/complaints/open", null),
            ($"/areas/{_areas.Commune}/exercise/begin", null), ($"/areas/{_areas.Commune}/exercise/end", null),
            ($"/nodes/{_nodes.Near}/revoke", null), ($"/areas/{_areas.Commune}", "rules"), ($"/areas/{_areas.Other}/stop", null),
            ("/releases", "release"), ("/people", "person"));
        await RefusedOverApiAsync(
            editor,
            ("POST", "broadcasts", new { bulletinId = 1, @class = "normal", areas = new[] { _areas.Commune } }),
            ("POST", "bulletins/2/approve", new { }), ("POST", "bulletins/2/return", new { remark = "Sửa" }),
            ("POST", "bulletins/1/withdraw", new { }), ("DELETE", "bulletins/2", null),
            ("POST", "templates", new { title = "X", text = "X", areaId = _areas.Other }),
            ("POST", "groups", new { name = "X", nodes = new[] { _nodes.Beside }, areaId = _areas.Other }),
            ("PUT", $"nodes/{_nodes.Near}/volume", new { percent = 10 }), ("POST", "schedules", Schedule(_areas.Other)),
            ("PUT", $"areas/{_areas.Commune}/complaint-form", new { open = true }),
            ("POST", "complaints", Complaint(_nodes.Far)),
            ("POST", "stop-all", new { areaId = _areas.Other }), ("GET", "people", null), ("GET", "releases", null));
        await CheckListsAsync(editor, _nodes.Near);
        Assert.Empty(_browser.Errors);
    }

    [Fact]
    public async Task Monitor_of_a_province_operates_its_nodes_and_does_nothing_else()
    {
        using var monitor = await Visitor.InviteAsync(_browser, _radio, "giamsat", "Monitor", _areas.Province);

        var walk = await monitor.WalkAsync();
        Assert.Equal(Sorted(["/nodes/{id} volume", "/nodes/{id}/chime", .. Anybody]), walk.Forms);
        Assert.Equal(Sorted([_nodes.Near, _nodes.Beside]), Sorted(walk.Below("/nodes/")));
        Assert.Equal(Sorted([Text(_areas.Province), Text(_areas.Commune), Text(_areas.Other)]), Sorted(walk.Below("/areas/")));
        await RefusedOnPagesAsync(
            monitor,
            ("/air", "air"), ("/bulletins/new", "speech"), ("/schedules/new", "schedule"), ("/templates", "template"),
            ("/groups", "group"),
            ($"/nodes/{_nodes.Near}", "data"),
            ($"/nodes/{_nodes.Near}/rotate", null),
            ($"/nodes/{_nodes.Far}/chime", null), ($"/areas/{_areas.Province}", "rules"), ($"/areas/{_areas.Far}/stop", null),
            ($"/areas/{_areas.Province}/exercise/begin", null), ("/bulletins/1/schedules", null));
        await RefusedOverApiAsync(
            monitor,
            ("POST", "broadcasts", new { bulletinId = 1, @class = "emergency", areas = new[] { _areas.Commune } }),
            ("POST", "schedules", Schedule(_areas.Commune)),
            ("POST", $"nodes/{_nodes.Near}/revoke", new { }), ("PUT", $"nodes/{_nodes.Far}/volume", new { percent = 10 }),
            ("POST", "areas", new { code = "X", name = "X", level = "Xã" }),
            ("POST", "stop-all", new { areaId = _areas.Far }), ("GET", "people", null));
        await CheckListsAsync(monitor, _nodes.Near, _nodes.Beside);
        Assert.Empty(_browser.Errors);
    }

    [Fact]
    public async Task Administrator_of_a_province_looks_after_it_and_airs_nothing()
    {
        using var administrator = await Visitor.InviteAsync(_browser, _radio, "quantri", "Administrator", _areas.Far);

        var walk = await administrator.WalkAsync();
        Assert.Equal(
            Sorted(
            [
                "/areas/new area", "/areas/{id} rules", "/areas/{id}/exercise/begin", "/areas/{id}/complaints/open",
                "/complaints/new note",
                "/nodes/{id}/complaints/address", "/nodes/new enrol", "/nodes/{id} code", "/nodes/{id} data",
                "/nodes/{id} volume", "/nodes/{id}/chime",
                "/nodes/{id}/revoke", "/people person", "/people/{id} role", "/people/{id} reset", "/people/{id}/disable",
                "/people/{id}/keys/{id}/revoke", "/people/{id}/roles/{id}/take", .. Anybody,
            ]),
            walk.Forms);
        Assert.Equal([_nodes.Far], walk.Below("/nodes/"));
        Assert.Equal([Text(_areas.Far)], walk.Below("/areas/"));
        await RefusedOnPagesAsync(
            administrator,
            ("/air", "air"), ("/bulletins/new", "upload"), ("/schedules/new", "schedule"), ("/releases", "release"),
            ("/rollouts/1/stop", null),
            ($"/nodes/{_nodes.Near}/revoke", null), ($"/areas/{_areas.Province}/stop", null));
        await RefusedOverApiAsync(
            administrator,
            ("POST", "broadcasts", new { bulletinId = 1, @class = "normal", areas = new[] { _areas.Far } }),
            ("POST", "nodes", new { name = "X", areaId = _areas.Commune }),
            ("PUT", $"areas/{_areas.Province}/rules", new { minutesPerDay = 1 }),
            ("POST", "areas", new { code = "X", name = "X", level = "Tỉnh" }),
            ("POST", $"nodes/{_nodes.Near}/revoke", new { }), ("GET", "releases", null),
            ("POST", "stop-all", new { areaId = _areas.Province }));
        await CheckListsAsync(administrator, _nodes.Far);
        Assert.Equal(["quantri"], (await administrator.Api.PeopleAsync()).Select(person => person.UserName));
        Assert.Empty(_browser.Errors);
    }

    private static async Task RefusedOnPagesAsync(Visitor visitor, params (string Path, string? Form)[] forms)
    {
        foreach (var (path, form) in forms)
        {
            var (status, sentence) = await visitor.ForgeAsync(path, form);
            Assert.True(status == (int)HttpStatusCode.Forbidden, $"{path} {form}: {status} {sentence}");
            Assert.Contains("Bạn không có quyền", sentence, StringComparison.Ordinal);
        }
    }

    private static async Task RefusedOverApiAsync(Visitor visitor, params (string Method, string Path, object? Body)[] requests)
    {
        foreach (var (method, path, body) in requests)
        {
            var (status, problem) = await visitor.Api.RefusalAsync(method, path, body);
            Assert.True(
                (status, problem.Code) == (HttpStatusCode.Forbidden, "NotAllowed"), $"{method} {path}: {status} {problem}");
            Assert.Contains("Bạn không có quyền", problem.Detail, StringComparison.Ordinal);
        }
    }

    /// <summary>The lists hold these nodes, and of the broadcast to all three only what concerns them.</summary>
    private static async Task CheckListsAsync(Visitor visitor, params string[] nodes)
    {
        Assert.Equal(Sorted(nodes), Sorted((await visitor.Api.NodesAsync()).Select(node => node.Id)));
        var broadcast = await visitor.Api.BroadcastAsync(Assert.Single(await visitor.Api.BroadcastsAsync()).Id);
        Assert.Equal(nodes.Length, broadcast.Should);
        Assert.Equal(Sorted(nodes), Sorted(broadcast.Nodes.Select(receipt => receipt.NodeId)));
    }

    private static object Schedule(long area) => new
    {
        bulletinId = 1,
        @class = "normal",
        areas = new[] { area },
        recurrence = "daily",
        from = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30),
        times = new[] { "12:00" },
    };

    private static object Complaint(string node) => new { nodeId = node, heardAt = DateTimeOffset.UtcNow, kind = "silent" };

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
