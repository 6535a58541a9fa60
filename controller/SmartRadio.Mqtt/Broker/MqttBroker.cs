using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Broker.Listening;
using SmartRadio.Mqtt.Broker.Storage;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Broker;

/// <summary>An MQTT 3.1.1 and 5.0 broker in this process.</summary>
public sealed class MqttBroker : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(500);

    private readonly MqttBrokerOptions _options;
    private readonly BrokerCore _core;
    private readonly SysTopics _sysTopics;
    private readonly CrowdWatch _crowd = new();
    private readonly ILogger<MqttBroker> _logger;
    private TcpListening? _tcp;
    private TcpListening? _tls;
    private ITimer? _sweeper;

    public MqttBroker(
        IOptions<MqttBrokerOptions> options,
        IMqttAuthenticator authenticator,
        IMqttAuthorizer authorizer,
        ILogger<MqttBroker> logger,
        TimeProvider? time = null,
        IMqttRefusals? refusals = null,
        IMqttEnhancedAuthenticator? enhancedAuthenticator = null)
    {
        _options = options.Value;
        _logger = logger;
        _core = new BrokerCore(_options, authenticator, enhancedAuthenticator, authorizer, refusals, time ?? TimeProvider.System, logger);
        _sysTopics = new SysTopics(_core);
    }

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? EndPoint => _tcp?.EndPoint;

    /// <summary>What waits for all clients together, in bytes.</summary>
    public long QueuedBytes => _core.Budget.Queued.Bytes;

    public BrokerStatistics Statistics => _core.Statistics;

    /// <summary>Where it listens for TLS; null while it does not.</summary>
    public IPEndPoint? TlsEndPoint => _tls?.EndPoint;

    /// <summary>Starts listening.</summary>
    /// <exception cref="MqttPortTakenException">Another program listens there.</exception>
    /// <exception cref="MqttStoreException">The file of the store cannot be used.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.StorePath is { } path)
        {
            _core.Store = DurableStore.Open(path, _core);
        }

        _tcp = TcpListening.Start(new IPEndPoint(_options.Address, _options.Port), OpenPlain, _logger);
        if (_options is { TlsPort: { } tlsPort, Tls: not null })
        {
            _tls = TcpListening.Start(new IPEndPoint(_options.Address, tlsPort), socket => _ = OpenTlsAsync(socket), _logger);
        }

        _sweeper = _core.Time.CreateTimer(_ => SweepSafely(), null, SweepPeriod, SweepPeriod);
        _logger.LogInformation("MQTT broker listening on {EndPoint}", EndPoint);
        return Task.CompletedTask;
    }

    /// <summary>Stops listening and tells the clients.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _sweeper?.Dispose();
        await StopListeningAsync();
        _core.Connections.CloseAll(MqttReasonCode.ServerShuttingDown);
        try
        {
            await _core.Connections.WhenEmptyAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Whoever stops us will not wait longer; what must be kept still is.
        }

        if (_core.Store is { } store)
        {
            await store.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _sweeper?.Dispose();
        await StopListeningAsync();
        _core.Dispose();
    }

    /// <summary>Closes a client's connection, if it has one: for a client whose rights have changed.</summary>
    public void Disconnect(string clientId) => _core.Sessions.Find(clientId)?.Connection?.Close(MqttReasonCode.AdministrativeAction);

    /// <summary>Serves one WebSocket until it ends.</summary>
    internal Task ServeAsync(WebSocket socket, EndPoint remote, Action abort, X509Certificate2? certificate) =>
        ServeAsync(new WebSocketTransport(socket, remote, abort), certificate);

    private void OpenPlain(Socket socket) => _ = ServeAsync(new SocketTransport(socket), certificate: null);

    private async Task OpenTlsAsync(Socket socket)
    {
        var remote = socket.RemoteEndPoint;
        var secured = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            using var limit = new CancellationTokenSource(_options.ConnectTimeout, _core.Time);
            await secured.AuthenticateAsServerAsync(_options.Tls!, limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            _core.Refusals.Connect("", null, remote, MqttReasonCode.UnspecifiedError);
            _logger.LogInformation("TLS with {RemoteEndPoint} failed: {Reason}", remote, e.Message);
            await secured.DisposeAsync();
            return;
        }

        await ServeAsync(new TlsTransport(secured, socket), secured.RemoteCertificate as X509Certificate2);
    }

    /// <summary>Not a method that waits: its state would be kept for as long as the connection lasts.</summary>
    private Task ServeAsync(ByteTransport transport, X509Certificate2? certificate)
    {
        if (_core.Connections.Count >= _options.MaxConnections)
        {
            _core.Refusals.Connect("", null, transport.RemoteEndPoint, MqttReasonCode.QuotaExceeded);
            transport.Dispose();
            return Task.CompletedTask;
        }

        var connection = new BrokerConnection(transport, _core) { Certificate = certificate };
        _core.Connections.Add(connection);
        ShareMemory();
        return connection.RunAsync();
    }

    private async Task StopListeningAsync()
    {
        foreach (var listening in new[] { _tcp, _tls })
        {
            if (listening is not null)
            {
                await listening.DisposeAsync();
            }
        }

        _tcp = _tls = null;
    }

    /// <summary>Clients that are away may have messages waiting, too.</summary>
    private void ShareMemory() => _core.Budget.ShareAmong(Math.Max(_core.Connections.Count, _core.Sessions.Count));

    /// <summary>Called by a timer, to which an exception would be the end of the process.</summary>
    private void SweepSafely()
    {
        try
        {
            Sweep();
        }
        catch (Exception e)
        {
            _logger.LogError(e, "Sweeping the broker's connections and sessions failed");
        }
    }

    private void Sweep()
    {
        var now = _core.Now;
        ShareMemory();
        _core.Connections.Sweep(now);
        _core.Sessions.Sweep(now);
        _core.Statistics.CountExpired(_core.Retained.DropExpired(now));
        _sysTopics.PublishIfDue(now);
        _crowd.Observe(_core.Connections.Count);
    }
}
