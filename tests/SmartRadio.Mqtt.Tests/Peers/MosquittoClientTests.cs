using System.Globalization;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Peers;

/// <summary>Debian's mosquitto_sub and mosquitto_pub against our broker.</summary>
public class Mosquittos_clients
{
    public static TheoryData<string, int> Versions => new() { { "mqttv311", 0 }, { "mqttv311", 1 }, { "mqttv311", 2 }, { "mqttv5", 0 }, { "mqttv5", 1 }, { "mqttv5", 2 } };

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Hear_each_other_through_our_broker(string version, int quality)
    {
        await using var broker = await TestBroker.StartAsync();
        await using var listener = ChildProcess.Start("stdbuf", ["-oL", "mosquitto_sub", .. Common(broker, version, quality, "-t", "xa/+/tin", "-v", "-C", "1", "-d")]);
        await UntilSubscribedAsync(listener);

        await ChildProcess.RunAsync("mosquitto_pub", Common(broker, version, quality, "-t", "xa/7/tin", "-m", "chào bà con"));

        Assert.Contains("xa/7/tin chào bà con", await listener.FinishAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_a_retained_message_and_the_will_of_one_that_was_killed()
    {
        await using var broker = await TestBroker.StartAsync();
        await ChildProcess.RunAsync("mosquitto_pub", Common(broker, "mqttv5", 1, "-t", "kept", "-m", "old", "-r"));
        await using (var doomed = ChildProcess.Start("stdbuf", ["-oL", "mosquitto_sub", .. Common(broker, "mqttv311", 0, "-t", "x", "-d", "--will-topic", "gone", "--will-payload", "bye", "--will-retain")]))
        {
            await UntilSubscribedAsync(doomed);
        }

        var output = await ChildProcess.RunAsync("mosquitto_sub", Common(broker, "mqttv5", 0, "-t", "#", "-v", "-C", "2"));

        Assert.Equal(["gone bye", "kept old"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static string[] Common(TestBroker broker, string version, int quality, params string[] more) =>
        ["-h", "127.0.0.1", "-p", broker.Port.ToString(CultureInfo.InvariantCulture), "-V", version, "-q", quality.ToString(CultureInfo.InvariantCulture), .. more];

    /// <summary>Its output comes line by line because stdbuf asks for that.</summary>
    private static async Task UntilSubscribedAsync(ChildProcess listener)
    {
        while (await listener.ReadLineAsync() is { } line && !line.Contains("SUBACK", StringComparison.Ordinal))
        {
        }
    }
}
