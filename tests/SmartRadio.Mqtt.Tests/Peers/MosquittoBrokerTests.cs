using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Peers;

/// <summary>Our client against Debian's mosquitto.</summary>
public class Mosquitto_broker
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task Carries_what_our_client_publishes_to_our_client(MqttProtocolVersion version)
    {
        var port = FreePort();
        await using var broker = ChildProcess.Start("mosquitto", "-p", port.ToString(CultureInfo.InvariantCulture));
        await using var client = new MqttClient(new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = "c",
            ProtocolVersion = version,
            FirstReconnectDelay = TimeSpan.FromMilliseconds(50),
            MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
        });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a/#", MqttQualityOfService.ExactlyOnce, Ct);

        foreach (var quality in Enum.GetValues<MqttQualityOfService>())
        {
            for (var i = 0; i < 100; i++)
            {
                var text = Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture));
                await client.PublishAsync(new MqttMessage("a/" + (i % 3), text) { QualityOfService = quality, UserProperties = [new("k", "v")] }, Ct);
            }

            for (var i = 0; i < 100; i++)
            {
                var message = await client.Messages.ReadAsync(Ct);
                Assert.Equal(i.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(message.Payload.Span));
                Assert.Equal((quality, version == MqttProtocolVersion.V5 ? 1 : 0), (message.QualityOfService, message.UserProperties.Count));
            }
        }

        await client.UnsubscribeAsync("a/#", Ct);
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
