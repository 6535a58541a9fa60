using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>A broker of this process on a free port.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly MqttBroker _broker;

    private TestBroker(MqttBroker broker) => _broker = broker;

    public int Port => _broker.EndPoint!.Port;

    public int TlsPort => _broker.TlsEndPoint!.Port;

    /// <summary>What waits for all clients together.</summary>
    public long QueuedBytes => _broker.QueuedBytes;

    public BrokerStatistics Statistics => _broker.Statistics;

    public static async Task<TestBroker> StartAsync(
        Action<MqttBrokerOptions>? configure = null,
        IMqttAuthenticator? authenticator = null,
        IMqttAuthorizer? authorizer = null,
        TimeProvider? time = null,
        IMqttRefusals? refusals = null,
        IMqttEnhancedAuthenticator? enhanced = null)
    {
        var options = new MqttBrokerOptions { Port = 0 };
        configure?.Invoke(options);
        var everybody = new AllowAll();
        var broker = new MqttBroker(Options.Create(options), authenticator ?? everybody, authorizer ?? everybody, NullLogger<MqttBroker>.Instance, time, refusals, enhanced);
        await broker.StartAsync(CancellationToken.None);
        return new TestBroker(broker);
    }

    public MqttClientOptions ClientOptions(string clientId = "", MqttProtocolVersion version = MqttProtocolVersion.V5) => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        ClientId = clientId,
        ProtocolVersion = version,
        FirstReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>A raw client that sends exactly what it is told.</summary>
    public Task<RawClient> ConnectRawAsync(MqttProtocolVersion version = MqttProtocolVersion.V5, int? receiveBuffer = null) => RawClient.ConnectAsync(Port, version, receiveBuffer);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _broker.StopAsync(limit.Token);
        await _broker.DisposeAsync();
    }
}
