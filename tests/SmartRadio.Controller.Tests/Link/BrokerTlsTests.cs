using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Link;
using SmartRadio.Mqtt.Client;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.Controller.Tests.Link;

/// <summary>The controller at another broker, over TLS.</summary>
public sealed class BrokerTlsTests
{
    [Fact]
    public async Task Broker_is_trusted_by_the_file_of_who_vouches_for_it()
    {
        await using var broker = await TlsMosquitto.StartAsync();
        await using var bus = Bus(broker);

        await bus.StartAsync(CancellationToken.None);

        await Poll.UntilAsync("the bus is connected", () => bus.IsConnected);
    }

    private static MqttMessageBus Bus(TlsMosquitto broker)
    {
        var options = Options.Create(
            new MqttOptions { Host = "localhost", Port = broker.Port, Tls = true, TlsAuthority = broker.Certificate });
        return new MqttMessageBus(options, new BrokerAccount(options), TimeProvider.System, NullLogger<MqttLink>.Instance);
    }
}
