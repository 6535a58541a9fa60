using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Broker;

/// <summary>An MQTT 3.1.1 and 5.0 broker in this process.</summary>
public sealed class MqttBroker : IHostedService, IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(500);

    private readonly MqttBrokerOptions _options;
    private readonly BrokerCore _core;
    private readonly ILogger<MqttBroker> _logger;
    private Socket? _listener;
    private ITimer? _sweeper;
    private Task _accepting = Task.CompletedTask;

    public MqttBroker(
        IOptions<MqttBrokerOptions> options,
        IMqttAuthenticator authenticator,
        IMqttAuthorizer authorizer,
        ILogger<MqttBroker> logger,
        TimeProvider? time = null)
    {
        _options = options.Value;
        _logger = logger;
        _core = new BrokerCore(_options, authenticator, authorizer, time ?? TimeProvider.System, logger);
    }

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? EndPoint { get; private set; }

    public BrokerStatistics Statistics => _core.Statistics;

    /// <summary>Starts listening.</summary>
    /// <exception cref="MqttPortTakenException">Another program listens there.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var wanted = new IPEndPoint(_options.Address, _options.Port);
        var listener = new Socket(wanted.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(wanted);
            listener.Listen(4096);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw e.SocketErrorCode == SocketError.AddressAlreadyInUse ? new MqttPortTakenException(wanted, e) : e;
        }

        _listener = listener;
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _accepting = AcceptAsync(listener);
        _sweeper = _core.Time.CreateTimer(_ => Sweep(), null, SweepPeriod, SweepPeriod);
        _logger.LogInformation("MQTT broker listening on {EndPoint}", EndPoint);
        return Task.CompletedTask;
    }

    /// <summary>Stops listening and tells the clients.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _sweeper?.Dispose();
        _listener?.Dispose();
        await _accepting;
        _core.Connections.CloseAll(MqttReasonCode.ServerShuttingDown);
        while (_core.Connections.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }

        EndPoint = null;
    }

    public void Dispose()
    {
        _sweeper?.Dispose();
        _listener?.Dispose();
        _core.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                Serve(await listener.AcceptAsync());
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or the client left the queue: the others go on.
                _logger.LogWarning("A connection could not be accepted: {Error}", e.SocketErrorCode);
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private void Serve(Socket socket)
    {
        if (_core.Connections.Count >= _options.MaxConnections)
        {
            _core.Statistics.CountRefusedConnection();
            socket.Dispose();
            return;
        }

        socket.NoDelay = true;
        var connection = new BrokerConnection(new SocketTransport(socket), _core);
        _core.Connections.Add(connection);
        _ = connection.RunAsync();
    }

    private void Sweep()
    {
        var now = _core.Now;
        _core.Budget.ShareAmong(_core.Connections.Count);
        _core.Connections.Sweep(now);
        _core.Sessions.Sweep(now);
        _core.Statistics.CountExpired(_core.Retained.DropExpired(now));
    }
}
