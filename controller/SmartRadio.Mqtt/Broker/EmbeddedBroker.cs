using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;

namespace SmartRadio.Mqtt.Broker;

/// <summary>MQTTnet's server in this process, on a Kestrel of its own, with our topic index and our limits.</summary>
public sealed class EmbeddedBroker : IHostedService, IAsyncDisposable
{
    /// <summary>Connections that may wait for TCP: thousands come back at once after a power cut.</summary>
    private const int Backlog = 4096;

    /// <summary>What clients have to take the last that they were sent when the broker stops.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks for clients that are silent for too long.</summary>
    private static readonly TimeSpan SilenceLook = TimeSpan.FromMilliseconds(500);

    private readonly EmbeddedBrokerOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly MessageRouter _router;
    private readonly ClientGate _gate;
    private readonly AddressPlaces _addresses;
    private readonly MqttConnectionHandler _handler = new();
    private readonly MqttServer _server;
    private readonly PeriodicTimer _silence = new(SilenceLook, TimeProvider.System);
    private WebApplication? _kestrel;
    private Task? _endingSilent;
    private int _open;

    public EmbeddedBroker(IOptions<EmbeddedBrokerOptions> options, IBrokerAccess access, ILoggerFactory loggers)
    {
        _options = options.Value;
        _loggers = loggers;
        _addresses = new AddressPlaces(_options);
        _router = new MessageRouter(access, Metrics);
        _gate = new ClientGate(_options, access, _router, Metrics, loggers.CreateLogger<EmbeddedBroker>());
        var serverOptions = new MqttServerOptions
        {
            DefaultCommunicationTimeout = _options.SignInTimeout,
            EnablePersistentSessions = false,
            // BrokerSession bounds what waits, in messages and bytes.
            MaxPendingMessagesPerClient = int.MaxValue,
            PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage,
        };
        _server = new MqttServer(serverOptions, [_handler], MqttNetNullLogger.Instance);
        _server.ValidatingConnectionAsync += _gate.SignInAsync;
        _server.ClientDisconnectedAsync += _gate.SignedOutAsync;
        _server.InterceptingPublishAsync += _router.PublishAsync;
        _server.InterceptingSubscriptionAsync += _router.SubscribeAsync;
        _server.InterceptingUnsubscriptionAsync += MessageRouter.UnsubscribeAsync;
    }

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? EndPoint { get; private set; }

    /// <summary>Where it listens for TLS; null while it does not.</summary>
    public IPEndPoint? TlsEndPoint { get; private set; }

    public BrokerMetrics Metrics { get; } = new();

    /// <summary>Levels of filters looked at for all messages so far.</summary>
    internal long LevelsLooked => _router.Index.Looked;

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">Another program listens there; an <see cref="AddressInUseException"/> is inside.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync();
        _kestrel = BuildKestrel();
        await _kestrel.StartAsync(cancellationToken);
        var bound = _kestrel.Urls.Select(url => new IPEndPoint(_options.Address, new Uri(url).Port)).ToList();
        (EndPoint, TlsEndPoint) = (bound[0], bound.ElementAtOrDefault(1));
        // Over a stop and a second start it goes on.
        _endingSilent ??= EndSilentAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_kestrel is not null)
        {
            _gate.AbortStalled();
            await _server.StopAsync(new MqttServerStopOptions());
            await _kestrel.StopAsync(cancellationToken);
            (EndPoint, TlsEndPoint) = (null, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _silence.Dispose();
        if (_kestrel is not null)
        {
            await _kestrel.DisposeAsync();
        }

        _server.Dispose();
        Metrics.Dispose();
    }

    /// <summary>Closes a client's connection, if it has one: for a client whose rights have changed.</summary>
    public void Disconnect(string clientId) => _gate.Disconnect(clientId);

    private async Task EndSilentAsync()
    {
        while (await _silence.WaitForNextTickAsync())
        {
            _gate.EndSilent();
        }
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        try
        {
            // One count for both ports: Kestrel's own limit is for each.
            if (Interlocked.Increment(ref _open) <= _options.MaxConnections && _handler.ClientHandler is { } handle)
            {
                var place = (AddressPlaces.Place)connection.Items[typeof(AddressPlaces)]!;
                await handle(new BrokerConnection(connection, Metrics, _options.SignInTimeout) { Place = place });
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    // Before TLS: stalled handshakes count too.
    private ConnectionDelegate Admit(ConnectionDelegate next) => async connection =>
    {
        using var place = _addresses.Take(connection.RemoteEndPoint);
        if (place is null)
        {
            Metrics.CountRejected(BrokerOperation.Connect);
            return;
        }

        connection.Items[typeof(AddressPlaces)] = place;
        await next(connection);
    };

    private WebApplication BuildKestrel()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.Backlog = Backlog;
            // What Kestrel reads ahead while a client is not listened to.
            sockets.MaxReadBufferSize = 64 * 1024;
            // Nothing here waits, so what arrives is worked off where it arrives, without a hop between threads.
            sockets.UnsafePreferInlineScheduling = true;
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            // Handshakes that stall are counted here, whole connections where they are served.
            kestrel.Limits.MaxConcurrentConnections = _options.MaxConnections;
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(Admit));
            kestrel.Listen(_options.Address, _options.Port, listen => ((IConnectionBuilder)listen).Run(ServeAsync));
            if (_options is { TlsPort: { } port, ConfigureTls: { } configure })
            {
                kestrel.Listen(_options.Address, port, listen =>
                {
                    listen.UseTls(
                        https =>
                        {
                            configure(https);
                            https.HandshakeTimeout = _options.SignInTimeout;
                        },
                        Metrics.CountTlsFailure);
                    ((IConnectionBuilder)listen).Run(ServeAsync);
                });
            }
        });
        return builder.Build();
    }
}
