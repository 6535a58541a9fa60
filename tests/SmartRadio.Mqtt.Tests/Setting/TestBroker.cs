using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MQTTnet.Formatter;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>The embedded broker on a free port of this machine.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private TestBroker(EmbeddedBroker broker, TestAccess access) => (Embedded, Access) = (broker, access);

    public EmbeddedBroker Embedded { get; }

    public TestAccess Access { get; }

    public BrokerMetrics Metrics => Embedded.Metrics;

    public int Port => Embedded.EndPoint!.Port;

    /// <param name="configure">Sets what a test needs; the port is free otherwise.</param>
    /// <param name="limits">Of every client; see <see cref="TestAccess.LimitsOf"/> for others.</param>
    public static async Task<TestBroker> StartAsync(Action<EmbeddedBrokerOptions>? configure = null, SessionLimits? limits = null)
    {
        var access = new TestAccess();
        access.LimitsOf = limits is null ? access.LimitsOf : _ => limits;
        var broker = new TestBroker(Create(configure, access), access);
        await broker.Embedded.StartAsync(CancellationToken.None);
        return broker;
    }

    public static EmbeddedBroker Create(Action<EmbeddedBrokerOptions>? configure, TestAccess access)
    {
        var options = new EmbeddedBrokerOptions { Port = 0 };
        configure?.Invoke(options);
        return new EmbeddedBroker(Options.Create(options), access, NullLoggerFactory.Instance);
    }

    /// <summary>Opens a connection and says nothing.</summary>
    public Task<RawClient> OpenAsync(MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        RawClient.OpenAsync(Port, version);

    /// <summary>Opens a connection and signs in.</summary>
    public async Task<RawClient> SignInAsync(
        string clientId, MqttProtocolVersion version = MqttProtocolVersion.V500, ushort keepAlive = 60)
    {
        var client = await OpenAsync(version);
        await client.SignInAsync(clientId, connect => connect.KeepAlivePeriod = keepAlive);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Embedded.StopAsync(CancellationToken.None);
        await Embedded.DisposeAsync();
    }
}
