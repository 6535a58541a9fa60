using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol.Reports;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Releases;

/// <summary>A version of the device program from the file on a person's machine to the nodes, by page and by API.</summary>
public sealed class BringReleaseTests : IAsyncLifetime
{
    private static readonly byte[] Program = Encoding.ASCII.GetBytes("NFMRK1 a program");

    private readonly RadioHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task On_the_page_it_is_uploaded_rolled_out_watched_and_stopped()
    {
        var program = _host.Program();
        var node = await program.NodeAsync(await program.AreaAsync());
        var board = _host.Services.GetRequiredService<NodeStatusCache>();
        board.Heard(node, new Hello { Firmware = "1.0", Hardware = "esp32" }, DateTimeOffset.UtcNow);
        using var browser = await _host.SignedInAsync("vi");

        await browser.OpenAsync("/releases");
        await browser.UploadAsync(
            "/releases", "app.pe", Program, ("_handler", "release"), ("version", "2.0"), ("notes", "Sửa lỗi đồng hồ"));
        Assert.Contains("Sửa lỗi đồng hồ", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/releases", ("_handler", "rollout"), ("release", "1"), ("first", node));

        Assert.Contains("Đang cập nhật", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/rollouts/1/stop");
        await browser.OpenAsync("/releases");
        Assert.Contains("Đã dừng", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/rollouts/1/continue");
        await browser.OpenAsync("/releases");
        Assert.Contains("Đang cập nhật", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/audit");
        Assert.Contains("2.0", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_release_is_said_on_the_page_and_typed_text_stays()
    {
        using var browser = await _host.SignedInAsync("vi");
        await browser.OpenAsync("/releases");

        await browser.UploadAsync(
            "/releases", "letter.pe", "Kính gửi"u8.ToArray(), ("_handler", "release"), ("version", "2.0"), ("notes", "thử"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.NotNull(browser.Refusal());
        Assert.Contains("value=\"2.0\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_the_API_too()
    {
        var program = _host.Program();
        var node = await program.NodeAsync(await program.AreaAsync());
        var release = await (await BringAsync(program, "2.0", Program)).JsonAsync(HttpStatusCode.Created);
        var id = release.GetProperty("id").GetInt64();

        var rollout = await (await program.PostAsync(
            $"/api/v1/releases/{id}/rollouts", new { firstNodes = new[] { node } })).JsonAsync(HttpStatusCode.Created);

        Assert.Equal("running", rollout.GetProperty("state").GetString());
        Assert.Equal((node, 1, "waiting"), Node(rollout));
        Assert.Equal(JsonValueKind.Null, rollout.GetProperty("nodesNext").ValueKind);
        var number = rollout.GetProperty("id").GetInt64();
        var list = $"/api/v1/rollouts/{number}/nodes";
        Assert.Equal(1, (await (await program.FetchAsync($"{list}?step=waiting")).JsonAsync()).GetArrayLength());
        Assert.Equal(0, (await (await program.FetchAsync($"{list}?step=failed")).JsonAsync()).GetArrayLength());
        await (await program.FetchAsync($"{list}?after=nobody")).ProblemAsync(
            HttpStatusCode.BadRequest, "Malformed");
        await (await program.FetchAsync("/api/v1/rollouts/99/nodes")).ProblemAsync(HttpStatusCode.NotFound, "UnknownRollout");
        await (await program.PostAsync($"/api/v1/releases/{id}/rollouts", new { firstNodes = new[] { node } })).ProblemAsync(
            HttpStatusCode.Conflict, "RolloutRunning");
        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync($"/api/v1/rollouts/{number}/stop", new { })).StatusCode);
        await (await program.PostAsync($"/api/v1/rollouts/{number}/stop", new { })).ProblemAsync(
            HttpStatusCode.Conflict, "RolloutOver");
        Assert.Equal(
            "stopped",
            (await (await program.FetchAsync($"/api/v1/rollouts/{number}")).JsonAsync()).GetProperty("state").GetString());
        Assert.Equal(
            "2.0", (await (await program.FetchAsync("/api/v1/releases")).JsonAsync()).EnumerateArray().Single()
                .GetProperty("version").GetString());
    }

    [Fact]
    public async Task The_API_refuses_what_it_cannot_take()
    {
        var program = _host.Program();

        await (await BringAsync(program, "2.0", [])).ProblemAsync(HttpStatusCode.UnprocessableEntity, "ReleaseNotAProgram");
        await (await BringAsync(program, "2.0", new byte[600_000])).ProblemAsync(
            HttpStatusCode.RequestEntityTooLarge, "ReleaseTooLarge");
        await (await BringAsync(program, "a b", Program)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "ReleaseVersionWrong");
        await (await BringAsync(program, "2.0", Program)).JsonAsync(HttpStatusCode.Created);
        await (await BringAsync(program, "2.0", Program)).ProblemAsync(HttpStatusCode.Conflict, "ReleaseVersionTaken");
        await (await program.PostAsync("/api/v1/releases/1/rollouts", new { firstNodes = Array.Empty<string>() })).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "NoFirstNodes");
        await (await program.PostAsync(
            "/api/v1/releases/9/rollouts", new { firstNodes = new[] { "0123456789abcdef" } })).ProblemAsync(
                HttpStatusCode.NotFound, "UnknownRelease");
        await (await program.FetchAsync("/api/v1/rollouts/9")).ProblemAsync(HttpStatusCode.NotFound, "UnknownRollout");
        Assert.Equal(HttpStatusCode.Unauthorized, (await BringAsync(_host.Stranger(), "2.1", Program)).StatusCode);
    }

    private static Task<HttpResponseMessage> BringAsync(HttpClient client, string version, byte[] content) => client.PostAsync(
        new Uri("/api/v1/releases", UriKind.Relative),
        new MultipartFormDataContent { { new StringContent(version), "version" }, { new StringContent(""), "notes" },
            { new ByteArrayContent(content), "file", "app.pe" } });

    private static (string Id, int Stage, string Step) Node(System.Text.Json.JsonElement rollout)
    {
        var node = rollout.GetProperty("nodes").EnumerateArray().Single();
        return (node.GetProperty("nodeId").GetString()!, node.GetProperty("stage").GetInt32(),
            node.GetProperty("step").GetString()!);
    }
}
