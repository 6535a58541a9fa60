using System.Globalization;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Link;

/// <summary>Debian's mosquitto_sub and mosquitto_pub at the broker of the running program.</summary>
public sealed class NodeAccountTests
{
    [Fact]
    public async Task Mosquitto_with_a_nodes_account_hears_its_commands_and_is_on_line()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        var node = await EnrolAsync(radio);
        var keys = new NodeKeys(Convert.FromHexString(node.Secret));
        await using var listener = Listen(radio, node, keys.BrokerPassword, Topics.Command(node.Id));
        await Poll.UntilAsync("mosquitto_sub has subscribed", () => listener.Output.Contains("SUBACK", StringComparison.Ordinal));

        await radio.Api.SetVolumeAsync(node.Id, 35);
        Assert.Equal(0, await listener.ExitAsync());
        var command = Convert.FromHexString(
            listener.Output.Split('\n').Last(line => line.Length > 0 && line.All(char.IsAsciiHexDigit)));
        Assert.True(Envelope.IsAuthentic(command, keys.Command));
        Assert.Equal((byte)CommandType.Plan, Envelope.Parse(command)!.Type);
        Assert.Equal(35, Plan.Read(Envelope.Parse(command)!.Body)!.Volume);

        await PublishAsync(radio, node.Id, keys.BrokerPassword, Topics.Here(node.Id), Topics.Online);
        await radio.NodesOnlineAsync(2);
    }

    [Fact]
    public async Task Mosquitto_changes_nothing_on_another_nodes_topics()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        var victim = (await radio.Api.NodesAsync())[0];
        var node = await EnrolAsync(radio);
        var password = new NodeKeys(Convert.FromHexString(node.Secret)).BrokerPassword;

        // The broker answers each QoS 1 message only when it is done with it, so the last, which is allowed, comes after all
        // others.
        await PublishAsync(radio, node.Id, password, Topics.Here(victim.Id), Topics.Offline);
        await PublishAsync(radio, node.Id, password, Topics.Command(victim.Id), "x");
        await PublishAsync(radio, node.Id, password, Topics.Here(node.Id), Topics.Online);

        var nodes = await Poll.UntilAsync(
            "its own word counts", radio.Api.NodesAsync, all => all.Single(each => each.Id == node.Id).Online);
        Assert.True(nodes.Single(each => each.Id == victim.Id).Online);
        await using var listener = Listen(radio, node, password, Topics.Command(victim.Id));
        await listener.ExitAsync();
        Assert.Contains("denied", listener.Errors + listener.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Mosquitto_without_a_nodes_account_is_rejected()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        var victim = (await radio.Api.NodesAsync())[0];
        string[][] accounts = [[], ["-i", victim.Id], ["-i", victim.Id, "-u", victim.Id, "-P", "0000"],
            ["-u", "controller", "-P", ""]];

        foreach (var account in accounts)
        {
            await using var client = ChildProcess.Start(
                "mosquitto_pub", [.. Address(radio), .. account, "-t", Topics.Here(victim.Id), "-m", Topics.Offline]);
            Assert.NotEqual(0, await client.ExitAsync());
            Assert.Contains("refused", client.Errors, StringComparison.OrdinalIgnoreCase);
        }

        Assert.True((await radio.Api.NodesAsync())[0].Online);
    }

    private static async Task<EnrolledAnswer> EnrolAsync(RadioProcess radio)
    {
        var area = (await radio.Api.AreasAsync())[^1];
        return await radio.Api.EnrolAsync("Loa của mosquitto", area.Id);
    }

    private static string[] Address(RadioProcess radio) =>
        ["-h", "127.0.0.1", "-p", radio.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1"];

    /// <summary>Prints the next message in hexadecimal and ends; stdbuf lets its lines out at once.</summary>
    private static ChildProcess Listen(RadioProcess radio, EnrolledAnswer node, string password, string topic) =>
        ChildProcess.Start(
        "stdbuf",
        ["-oL", "mosquitto_sub", .. Address(radio), "-i", node.Id, "-u", node.Id, "-P", password, "-t", topic, "-d", "-C", "1",
            "-W", "15", "-F", "%x"]);

    private static async Task PublishAsync(RadioProcess radio, string nodeId, string password, string topic, string message) =>
        await ChildProcess.RunAsync(
            "mosquitto_pub", [.. Address(radio), "-i", nodeId, "-u", nodeId, "-P", password, "-t", topic, "-m", message]);
}
