using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Nodes;

/// <summary>A virtual node's whole life with the real controller: TLS, the embedded broker over TCP, files.</summary>
public sealed partial class NodeIdentityTests : IAsyncLifetime
{
    // All is logged to the test, nothing to its console.
    private readonly RadioHost _radio = new(
        ("SmartRadio:Tls:Port", "0"),
        ("Logging:LogLevel:Default", "Trace"),
        ("Logging:LogLevel:Microsoft", "Trace"),
        ("Logging:Console:LogLevel:Default", "None"),
        ("Logging:Console:LogLevel:Microsoft", "None"));
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-enrol-").FullName;
    private readonly AllLogs _logs = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private string NodeFolder => Path.Combine(_folder, "node");

    public async ValueTask InitializeAsync()
    {
        _radio.Logs = _logs;
        await _radio.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _radio.DisposeAsync();
        _stop.Dispose();
        _logs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Node_enrolled_over_TLS_is_rotated_and_revoked_and_no_secret_is_logged()
    {
        using var client = _radio.Program();
        var area = await client.AreaAsync();
        using var browser = await _radio.SignedInAsync();
        await browser.OpenAsync("/nodes/new");
        await browser.SendAsync(
            "/nodes/new", ("_handler", "enrol"), ("name", "Loa đình làng"),
            ("area", area.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var code = Code().Match(browser.Page).Groups["code"].Value;
        Assert.Contains("<svg", browser.Page, StringComparison.Ordinal);
        var url = "https://127.0.0.1:" + _radio.TlsAddress.Port;

        Assert.Equal(0, await EnrolCommand.RunAsync(url, code, NodeFolder, CancellationToken.None));
        var file = NodeFile.In(NodeFolder);
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var identity = FleetFile.Read(file);
        var node = Convert.ToHexStringLower(identity.Nodes[0].Id);
        _running = RunAsync(identity);
        await Poll.UntilAsync(
            "the node is on-line", async () => (await NodeAsync(client, node)).GetProperty("online").GetBoolean());
        var first = new Protocol.NodeKeys(identity.Nodes[0].Secret);

        await browser.OpenAsync($"/nodes/{node}");
        await browser.SendAsync($"/nodes/{node}/rotate");
        await Poll.UntilAsync("the controller has the new key", async () => await KeyIdAsync(node) == 1);
        await Poll.UntilAsync("the node has the new key", () => RotatedSecret(identity.Nodes[0]) is not null);
        var second = RotatedSecret(identity.Nodes[0])!;
        var secrets = new[] { identity.Nodes[0].Secret, second };
        Assert.False(await MayConnectAsync(node, first.BrokerPassword));
        // It goes on under the new secret: a new volume reaches it.
        await browser.OpenAsync($"/nodes/{node}");
        await browser.SendAsync($"/nodes/{node}", ("_handler", "volume"), ("percent", "35"));
        await Poll.UntilAsync(
            "the node is as loud as told",
            async () => (await NodeAsync(client, node)).GetProperty("reportedVolume").GetInt32() == 35);
        Assert.True((await NodeAsync(client, node)).GetProperty("online").GetBoolean());

        await browser.OpenAsync($"/nodes/{node}");
        await browser.SendAsync($"/nodes/{node}/revoke");
        await Poll.UntilAsync(
            "the node is off-line", async () => !(await NodeAsync(client, node)).GetProperty("online").GetBoolean());
        await Poll.UntilAsync(
            "the node was rejected", async () => Rejected(await NodeAsync(client, node), "broker", "revoked") > 0);
        Assert.False(await MayConnectAsync(node, new Protocol.NodeKeys(second).BrokerPassword));
        await browser.OpenAsync("/air");
        Assert.DoesNotContain(node, browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync($"/nodes/{node}");
        Assert.Contains("was revoked", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/audit");
        var everything = string.Concat(await AuditAsync(), browser.Page, string.Join('\n', _logs.Lines));
        Assert.True(_logs.Lines.Count > 100, "The log was not caught.");
        foreach (var said in secrets.SelectMany(Forms)
            .Concat([code, code[..14], code[..14].Replace("-", string.Empty, StringComparison.Ordinal)]))
        {
            Assert.DoesNotContain(said, everything, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_code_works_once_and_each_refusal_says_why()
    {
        using var client = _radio.Program();
        var made = await (await client.PostAsync(
            "/api/v1/nodes", new { name = "Loa", areaId = await client.AreaAsync() })).JsonAsync(HttpStatusCode.Created);
        var code = made.GetProperty("code").GetString()![..14];
        Assert.Matches("^([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$", code);
        using var device = _radio.Stranger();
        await (await device.PostAsync("/api/v1/enrolments", new { code = "2222-2222-2222" })).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "EnrolmentCodeWrong");
        await (await device.PostAsync("/api/v1/enrolments", new { code = new string('A', 5000) })).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "EnrolmentCodeWrong");

        var tries = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => device.PostAsync("/api/v1/enrolments", new { code = code.ToLowerInvariant().Replace('-', ' ') })));

        var given = await Assert.Single(tries, answer => answer.IsSuccessStatusCode).JsonAsync();
        Assert.Equal(made.GetProperty("id").GetString(), given.GetProperty("nodeId").GetString());
        Assert.Equal(64, given.GetProperty("secret").GetString()!.Length);
        foreach (var refused in tries.Where(answer => !answer.IsSuccessStatusCode))
        {
            await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "EnrolmentCodeUsed");
        }
    }

    [Fact]
    public async Task Code_from_the_API_enrols_over_TLS_with_the_own_certificate()
    {
        using var client = _radio.Program();
        var url = "https://127.0.0.1:" + _radio.TlsAddress.Port;
        var made = await (await client.PostAsync(
            "/api/v1/nodes", new { name = "Loa", areaId = await client.AreaAsync() })).JsonAsync(HttpStatusCode.Created);
        var other =
            await (await client.PostAsync(
                "/api/v1/nodes", new { name = "Loa kia", areaId = made.GetProperty("areaId").GetInt64() })).JsonAsync(
                    HttpStatusCode.Created);
        var again =
            await (await client.PostAsync($"/api/v1/nodes/{other.GetProperty("id").GetString()}/code", new { })).JsonAsync();

        Assert.Equal(
            0, await EnrolCommand.RunAsync(url, made.GetProperty("code").GetString()!, NodeFolder, CancellationToken.None));
        Assert.Equal(
            0, await EnrolCommand.RunAsync(
                url, again.GetProperty("code").GetString()!, NodeFolder + "-again", CancellationToken.None));
    }

    [Fact]
    public async Task Guessing_is_slowed_down_with_a_sentence()
    {
        using var device = _radio.Stranger();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 11; i++)
        {
            answers.Add(await device.PostAsync("/api/v1/enrolments", new { code = "3333-3333-3333" }));
        }

        Assert.All(answers[..10], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        await answers[10].ProblemAsync(HttpStatusCode.TooManyRequests, "TooManyRequests");
    }

    [Fact]
    public async Task A_controller_with_another_certificate_is_not_told_the_code()
    {
        using var client = _radio.Program();
        var made = await (await client.PostAsync(
            "/api/v1/nodes", new { name = "Loa", areaId = await client.AreaAsync() })).JsonAsync(HttpStatusCode.Created);
        var code = made.GetProperty("code").GetString()![..14];
        var url = "https://127.0.0.1:" + _radio.TlsAddress.Port;

        var pinned = await Assert.ThrowsAsync<FleetException>(
            () => EnrolCommand.RunAsync(
                url, code + Convert.ToHexString(RandomNumberGenerator.GetBytes(10)), NodeFolder, CancellationToken.None));
        var unpinned = await Assert.ThrowsAsync<FleetException>(
            () => EnrolCommand.RunAsync(url, code, NodeFolder, CancellationToken.None));
        var plain = await Assert.ThrowsAsync<FleetException>(
            () => EnrolCommand.RunAsync("http://192.0.2.1", code, NodeFolder, CancellationToken.None));

        Assert.Contains("another machine in its place", pinned.Message, StringComparison.Ordinal);
        Assert.Contains("another machine in its place", unpinned.Message, StringComparison.Ordinal);
        Assert.Contains("give all of it", unpinned.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("give all of it", pinned.Message, StringComparison.Ordinal);
        Assert.Contains("no https address", plain.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(NodeFile.In(NodeFolder)));
        Assert.Equal(0, await EnrolCommand.RunAsync(_radio.Address.ToString(), code, NodeFolder, CancellationToken.None));
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task Device_given_the_MQTT_port_is_told_the_right_one(string scheme)
    {
        var (_, port, _) = _radio.Services.GetRequiredService<Controller.Link.BrokerAddress>().For("127.0.0.1");

        var wrong = await Assert.ThrowsAsync<FleetException>(
            () => EnrolCommand.RunAsync(
                $"{scheme}://127.0.0.1:{port}", "2222-2222-2222-" + new string('0', 20), NodeFolder, CancellationToken.None));

        Assert.Contains("not the MQTT port", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", wrong.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Forms(byte[] secret) =>
        [Convert.ToHexStringLower(secret), Convert.ToBase64String(secret), new Protocol.NodeKeys(secret).BrokerPassword,
            BitConverter.ToString(secret)];

    private static async Task<JsonElement> NodeAsync(HttpClient client, string node) =>
        await (await client.FetchAsync($"/api/v1/nodes/{node}")).JsonAsync();

    private static long Rejected(JsonElement node, string by, string reason) => node.GetProperty("rejections").EnumerateArray()
        .Where(each => each.GetProperty("by").GetString() == by && each.GetProperty("reason").GetString() == reason)
        .Sum(each => each.GetProperty("count").GetInt64());

    private async Task RunAsync(FleetFile file)
    {
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        using var hosted = new VirtualNode(file.Nodes[0], new FleetSetting(file.Broker, NodeFolder) { Loggers = loggers });
        await hosted.RunAsync(_stop.Token);
    }

    /// <summary>What the node holds beside its secret of enrolment, or null.</summary>
    private byte[]? RotatedSecret(FleetNode node)
    {
        var id = Convert.ToHexStringLower(node.Id);
        var keyring = new Node.Storage.Keyring(node.Secret);
        var files = new Node.Virtual.Hardware.FolderFiles(Path.Combine(NodeFolder, id), long.MaxValue);
        var content = new Node.Storage.TwoSlotFile(files, "keys", keyring.Store).Read();
        return content?[1..33];
    }

    private async Task<int> KeyIdAsync(string node)
    {
        await using var db = await _radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        return await db.NodeKeys.Where(row => row.NodeId == node).Select(row => row.KeyId).SingleAsync();
    }

    private async Task<string> AuditAsync()
    {
        await using var db = await _radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        var rows = await db.Audit.ToListAsync();
        Assert.Superset(
            new HashSet<string>(
                ["node.enrol", "node.code", "node.trade", "node.rotate", "node.volume", "node.revoke"], StringComparer.Ordinal),
            rows.Select(row => row.Action).ToHashSet(StringComparer.Ordinal));
        Assert.All(
            rows.Where(row => row.Action == "node.trade"),
            row => Assert.Contains("\"From\":\"127.0.0.1\"", row.Detail, StringComparison.Ordinal));
        return string.Join('\n', rows.Select(row => $"{row.ActorName} {row.Subject} {row.Detail}"));
    }

    private async Task<bool> MayConnectAsync(string node, string password)
    {
        var access = _radio.Services.GetRequiredService<Controller.Link.BrokerPermissions>();
        var credentials = new Mqtt.Broker.BrokerCredentials(node, node, System.Text.Encoding.UTF8.GetBytes(password));
        return await access.SignInAsync(credentials, CancellationToken.None) is not null;
    }

    [GeneratedRegex("class=\"secret code\">(?<code>[^<]+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
