using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>Debian's mosquitto_pub and mosquitto_sub, which owe nothing to MQTTnet, at the embedded broker.</summary>
public sealed class MosquittoClientsTests : IAsyncLifetime
{
    /// <summary>Version and QoS.</summary>
    public static TheoryData<string, int> Kinds => new()
    {
        { "mqttv311", 0 }, { "mqttv311", 1 }, { "mqttv311", 2 }, { "mqttv5", 0 }, { "mqttv5", 1 }, { "mqttv5", 2 },
    };

    private TestBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Clients_hear_each_other(string version, int quality)
    {
        await using var listener = await ListenAsync(version, "a/+", "-q", $"{quality}", "-C", "3", "-F", "%t %p %r");
        foreach (var text in new[] { "một", "hai", "ba" })
        {
            await PublishAsync(version, "a/b", "-q", $"{quality}", "-m", text);
        }

        Assert.Equal(0, await listener.ExitAsync());
        Assert.Equal(["a/b một 0", "a/b hai 0", "a/b ba 0"], Heard(listener));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Clients_are_told_what_is_retained(string version, int quality)
    {
        await PublishAsync(version, "n/1/here", "-q", $"{quality}", "-r", "-m", "old");
        await PublishAsync(version, "n/1/here", "-q", $"{quality}", "-r", "-m", "on");
        await using var listener = Start("mosquitto_sub", version, "n/+/here", "-q", $"{quality}", "-C", "1", "-F", "%t %p %r");
        Assert.Equal(0, await listener.ExitAsync());
        Assert.Equal(["n/1/here on 1"], Heard(listener));

        await PublishAsync(version, "n/1/here", "-q", $"{quality}", "-r", "-n");
        await using var later = await ListenAsync(version, "n/+/here", "-C", "1", "-F", "%t %p %r");
        await PublishAsync(version, "n/2/here", "-m", "on");
        Assert.Equal(0, await later.ExitAsync());
        Assert.Equal(["n/2/here on 0"], Heard(later));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Clients_leave_a_will(string version)
    {
        using var listener = await _broker.SignInAsync("listener");
        await listener.SubscribeAsync("n/1/here");
        await using var client = await ListenAsync(
            version, "a", "--will-topic", "n/1/here", "--will-payload", "off", "--will-qos", "1", "--will-retain");

        await client.KillAsync(children: true);

        await listener.HearsAsync("off");
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Clients_say_that_they_are_rejected(string version)
    {
        await using var stranger = Start("mosquitto_pub", version, "a", "-u", TestAccess.Stranger, "-P", "x", "-m", "x");
        Assert.NotEqual(0, await stranger.ExitAsync());
        Assert.Contains("bad user name", stranger.Errors, StringComparison.OrdinalIgnoreCase);

        await using var listener = Start("mosquitto_sub", version, "forbidden/a", "-C", "1");
        await listener.ExitAsync();
        Assert.Contains("denied", listener.Errors + listener.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Clients_hear_a_large_message_whole()
    {
        var text = new string('x', 60_000);
        await using var listener = await ListenAsync("mqttv5", "a", "-C", "1");
        using var speaker = await _broker.SignInAsync("speaker");

        await speaker.PublishAsync("a", text);

        Assert.Equal(0, await listener.ExitAsync());
        Assert.Equal([text], Heard(listener));
    }

    private async Task<ChildProcess> ListenAsync(string version, string filter, params string[] more)
    {
        var client = Start("mosquitto_sub", version, filter, ["-d", .. more]);
        await Poll.UntilAsync(
            "mosquitto_sub has subscribed", () => client.Output.Contains("Subscribed", StringComparison.Ordinal));
        return client;
    }

    private async Task PublishAsync(string version, string topic, params string[] more)
    {
        await using var client = Start("mosquitto_pub", version, topic, more);
        Assert.Equal(0, await client.ExitAsync());
    }

    private ChildProcess Start(string program, string version, string topic, params string[] more) =>
        ChildProcess.Start(
            "stdbuf",
            ["-oL", program, "-h", "127.0.0.1", "-p", $"{_broker.Port}", "-V", version, "-i",
                $"m{Guid.NewGuid():N}", "-t", topic, .. more]);

    /// <summary>Messages among what mosquitto_sub tells with -d.</summary>
    private static IEnumerable<string> Heard(ChildProcess listener) =>
        listener.OutputLines.Where(line =>
            !line.StartsWith("Client ", StringComparison.Ordinal) && !line.StartsWith("Subscribed", StringComparison.Ordinal));
}
