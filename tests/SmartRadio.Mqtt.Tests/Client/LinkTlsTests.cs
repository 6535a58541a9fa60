using System.Net.Security;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>A link over TLS.</summary>
public sealed class LinkTlsTests
{
    [Fact]
    public async Task Whole_messages_pass_both_ways_and_the_link_comes_back()
    {
        await using var broker = await TlsMosquitto.StartAsync();
        await using var link = new TestLink(broker.Port, Trusting);
        await link.SubscribeAsync("a");
        var sent = new byte[200_000];
        Random.Shared.NextBytes(sent);

        for (var round = 0; round < 3; round++)
        {
            await Poll.UntilAsync("it is taken", () => link.Link.TryPublish("a", sent, reliable: true));
            Assert.Equal(sent, (await link.NextAsync()).Payload.ToArray());
        }
    }

    [Fact]
    public async Task Broker_that_nobody_vouches_for_is_told_nothing()
    {
        await using var broker = await TlsMosquitto.StartAsync();
        await using var link = new TestLink(
            broker.Port, options => options with { Host = "localhost", Tls = new() { TargetHost = "localhost" } });

        await Poll.UntilAsync("it is said", () => link.Log.That("No link to the MQTT broker").Any());

        Assert.Contains("certificate", Assert.Single(link.Log.That("No link")), StringComparison.Ordinal);
        Assert.False(link.Link.IsConnected);
    }

    [Fact]
    public async Task Handshake_that_stalls_is_left_after_the_time_for_an_answer()
    {
        using var broker = new FakeBroker();
        await using var link = new TestLink(
            broker.Port, options => Trusting(options) with { AnswerTimeout = TimeSpan.FromMilliseconds(200) });
        using var silent = await broker.AcceptAsync();

        using var later = await broker.AcceptAsync();

        await Poll.UntilAsync("it is said", () => link.Log.That("No link to the MQTT broker").Any());
    }

    private static MqttLinkOptions Trusting(MqttLinkOptions options) => options with
    {
        Host = "localhost",
        Tls = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback =
                (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
        },
    };
}
