using System.Text.Json;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Demo;

public sealed class DemoCommuneTests
{
    [Fact]
    public async Task Demo_is_a_commune_with_nodes_and_a_bulletin_made_once()
    {
        await using var radio = new RadioHost(("SmartRadio:Demo", "5"));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var nodes = await (await client.FetchAsync("/api/v1/nodes")).JsonAsync();
        Assert.Equal(5, nodes.GetArrayLength());
        var areas = await (await client.FetchAsync("/api/v1/areas")).JsonAsync();
        Assert.Equal(
            ["Tỉnh", "Xã", "Thôn", "Thôn", "Thôn", "Thôn"],
            areas.EnumerateArray().Select(area => area.GetProperty("level").GetString()!));
        var bulletin = Assert.Single((await (await client.FetchAsync("/api/v1/bulletins")).JsonAsync()).EnumerateArray());
        Assert.NotEqual(JsonValueKind.Null, bulletin.GetProperty("approvedAt").ValueKind);

        var file = Path.Combine(radio.Data, "demo", "nodes.json");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        var told = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file));
        Assert.Equal(
            nodes.EnumerateArray().Select(node => node.GetProperty("id").GetString()).Order(StringComparer.Ordinal),
            told.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString())
                .Order(StringComparer.Ordinal));
        Assert.All(
            told.GetProperty("nodes").EnumerateArray(),
            node => Assert.Equal(32, node.GetProperty("secret").GetBytesFromBase64().Length));

        var state = await radio.StateAsync();
        await radio.RestartAsync();
        Assert.Equal(state, await radio.StateAsync());
        Assert.Null(radio.FirstPassword);
    }

    [Fact]
    public async Task Demo_that_was_left_half_done_is_made_anew_beside_it()
    {
        await using var radio = new RadioHost(("SmartRadio:Demo", "1"));
        await radio.InitializeAsync();
        await radio.StopAsync();
        File.Delete(Path.Combine(radio.Data, "demo", "nodes.json"));

        await radio.InitializeAsync();

        using var client = radio.Program();
        Assert.Equal(2, (await (await client.FetchAsync("/api/v1/nodes")).JsonAsync()).GetArrayLength());
    }
}
