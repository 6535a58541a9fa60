using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>A client that keeps itself connected: it reconnects with growing, jittered pauses, subscribes again and repeats what was not acknowledged.</summary>
public sealed class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MessageInbox _inbox;
    private readonly ClientPublishing _publishing;
    private readonly WantedSubscriptions _subscriptions;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private volatile bool _isLeaving;
    private Dictionary<ushort, bool> _exactlyOnce = [];
    private volatile ClientConnection? _connection;
    private Task _running = Task.CompletedTask;
    private Task? _leaving;

    public MqttClient(MqttClientOptions options, TimeProvider? time = null, ILogger<MqttClient>? logger = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<MqttClient>.Instance;
        var ids = new PacketIds();
        _inbox = new MessageInbox(options.MaxReceivedBytes);
        _publishing = new ClientPublishing(options, ids, _logger);
        _subscriptions = new WantedSubscriptions(ids, _logger);
    }

    /// <summary>A connection is up; subscriptions are asked for at the same moment. A handler that throws breaks it.</summary>
    public event Action? Connected;

    /// <summary>A connection ended or an attempt failed. The client tries again by itself.</summary>
    public event Action<MqttDisconnected>? Disconnected;

    public bool IsConnected => _connection is not null;

    /// <summary>The identifier the broker assigned on the current connection, or the one asked for.</summary>
    public string ClientId => _connection?.Terms.AssignedClientIdentifier ?? _options.ClientId;

    /// <summary>The broker's base of topics for answers, on the current connection, when it was asked for one and gave one.</summary>
    public string? ResponseInformation => _connection?.Terms.ResponseInformation;

    /// <summary>
    /// Received messages, in order. A QoS 1 or 2 message is acknowledged when it is taken. Completed once the client is stopped.
    /// Take them also while waiting for <see cref="PublishAsync"/> or <see cref="SubscribeAsync(string, MqttQualityOfService, CancellationToken)"/>: when
    /// <see cref="MqttClientOptions.MaxReceivedBytes"/> wait here, nothing more is read, and the broker's answers come behind them.
    /// </summary>
    public ChannelReader<MqttMessage> Messages => _inbox;

    /// <summary>Connects from now on; does not wait for the first connection.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _running = Task.Run(KeepConnectedAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Says farewell, so that the will is not published, and ends. Nothing more is taken from now on. A stopped client cannot be
    /// started again; what waits for an answer of the broker, or is asked of the client later, is cancelled.
    /// </summary>
    /// <param name="cancellationToken">Ends it without the farewell, as a broker does that has not read it within two seconds.</param>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isLeaving = true;
            _publishing.Close();
            _subscriptions.End();
            return _leaving ??= LeaveAsync(_connection, cancellationToken);
        }
    }

    /// <summary>Ends as a power cut ends a device: without a farewell, so that the broker publishes the will.</summary>
    public async Task VanishAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _publishing.Cancel();
        _subscriptions.Cancel();
        _inbox.Complete();
    }

    /// <summary>Publishes. At QoS 0 it completes when the message is queued to the socket, at QoS 1 and 2 when the broker has acknowledged it.</summary>
    /// <exception cref="MqttNotConnectedException">QoS 0 and off-line.</exception>
    /// <exception cref="MqttRefusedException">The broker refused the message.</exception>
    public Task PublishAsync(MqttMessage message, CancellationToken cancellationToken) => _publishing.PublishAsync(message, cancellationToken);

    /// <summary>Publishes without ever waiting. False when off-line (QoS 0), when too much waits already, or after the stop.</summary>
    /// <exception cref="MqttRefusedException">The broker said it does not take such a message.</exception>
    /// <exception cref="ArgumentException">It is no message of MQTT.</exception>
    public bool TryPublish(MqttMessage message) => _publishing.TryPublish(message);

    /// <summary>Subscribes now and after every reconnect. Completes when the broker has granted it.</summary>
    /// <exception cref="MqttRefusedException">The broker refused; the subscription is forgotten.</exception>
    public Task SubscribeAsync(string filter, MqttQualityOfService qualityOfService, CancellationToken cancellationToken) =>
        SubscribeAsync(new MqttSubscription(filter, qualityOfService), cancellationToken);

    /// <inheritdoc cref="SubscribeAsync(string, MqttQualityOfService, CancellationToken)"/>
    /// <exception cref="ArgumentException">It asks for what only MQTT 5 has, over 3.1.1.</exception>
    public Task SubscribeAsync(MqttSubscription subscription, CancellationToken cancellationToken) =>
        subscription.NeedsV5 && _options.ProtocolVersion != MqttProtocolVersion.V5
            ? throw new ArgumentException("Options of a subscription need MQTT 5.", nameof(subscription))
            : AskAsync(subscription.Filter, subscription, cancellationToken);

    /// <summary>Ends a subscription. Completes when the broker has confirmed it.</summary>
    /// <exception cref="MqttRefusedException">The broker refused, and goes on sending; the client does not ask for the subscription again.</exception>
    public Task UnsubscribeAsync(string filter, CancellationToken cancellationToken) => AskAsync(filter, null, cancellationToken);

    /// <summary>Authenticates again by <see cref="MqttClientOptions.Authentication"/>, before a right runs out. Completes when the broker has accepted it.</summary>
    /// <exception cref="MqttNotConnectedException">There is no connection, or it ended meanwhile.</exception>
    /// <exception cref="MqttRefusedException">The broker ended the connection.</exception>
    public Task ReauthenticateAsync(CancellationToken cancellationToken) =>
        (_connection ?? throw new MqttNotConnectedException()).ReauthenticateAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
    }

    private async Task AskAsync(string filter, MqttSubscription? subscription, CancellationToken cancellationToken)
    {
        if (!MqttTopic.IsValidFilter(filter))
        {
            throw new ArgumentException($"'{filter}' is no topic filter.", nameof(filter));
        }

        await _subscriptions.Add(filter, subscription).WaitAsync(cancellationToken);
    }

    private async Task LeaveAsync(ClientConnection? connection, CancellationToken cancellationToken)
    {
        if (connection is not null)
        {
            await connection.CloseAsync(MqttReasonCode.Success, cancellationToken);
        }

        await VanishAsync();
    }

    private async Task KeepConnectedAsync()
    {
        var cleanStart = _options.CleanStart;
        var pause = new ReconnectPause(_options, _time);
        while (!_isLeaving && !_stop.IsCancellationRequested)
        {
            MqttDisconnected end;
            try
            {
                using var connection = await ClientConnection.OpenAsync(_options, cleanStart, _time, _stop.Token);
                cleanStart = false;
                pause.Reset();
                var farewell = await UseAsync(connection);
                end = new MqttDisconnected(farewell?.ReasonCode, farewell?.Properties?.ReasonString, null) { ServerReference = farewell?.Properties?.ServerReference };
            }
            catch (MqttRefusedException e)
            {
                end = new MqttDisconnected(e.ReasonCode, e.Message, e) { ServerReference = e.ServerReference };
            }
            catch (Exception e) when (e is IOException or SocketException or WebSocketException or TimeoutException or MqttProtocolException
                or AuthenticationException or ObjectDisposedException or OperationCanceledException)
            {
                end = new MqttDisconnected(null, null, _isLeaving || _stop.IsCancellationRequested ? null : e);
            }
            catch (Exception e)
            {
                // A handler or hook of the owner's failed, or we did: whoever waits for the broker must not wait for ever.
                _logger.LogError(e, "The MQTT connection to {Host}:{Port} failed", _options.Host, _options.Port);
                end = new MqttDisconnected(null, null, e);
            }

            var reason = end.Reason ?? end.Exception?.Message ?? end.ReasonCode?.ToString();
            _logger.LogInformation("MQTT connection to {Host}:{Port} ended: {Reason}", _options.Host, _options.Port, reason);
            Tell(end);
            await pause.WaitAsync(_stop.Token);
        }
    }

    private async Task<DisconnectPacket?> UseAsync(ClientConnection connection)
    {
        if (!connection.Terms.SessionPresent)
        {
            _exactlyOnce = [];
        }

        var session = _exactlyOnce;
        var received = new ReceivedPackets(_inbox, session, connection, () => ReferenceEquals(session, _exactlyOnce) ? _connection : null, _options);
        if (!TryUse(connection))
        {
            // Whoever stopped the client meanwhile saw no connection to take leave of.
            await connection.CloseAsync(MqttReasonCode.Success, CancellationToken.None);
            return null;
        }

        try
        {
            _publishing.SendWaiting();
            Connected?.Invoke();
            return await connection.ReadAsync((packet, ct) => HandleAsync(packet, received, connection, ct), _stop.Token);
        }
        finally
        {
            _connection = null;
            _publishing.End();
            _subscriptions.End();
        }
    }

    private bool TryUse(ClientConnection connection)
    {
        lock (_gate)
        {
            if (_isLeaving)
            {
                return false;
            }

            _connection = connection;
            _publishing.Begin(connection);
            _subscriptions.Begin(connection.Terms.SessionPresent, connection.Send);
            return true;
        }
    }

    private void Tell(MqttDisconnected end)
    {
        try
        {
            Disconnected?.Invoke(end);
        }
        catch (Exception e)
        {
            _logger.LogError(e, "Whoever was told that the MQTT connection ended failed");
        }
    }

    private ValueTask HandleAsync(Packet packet, ReceivedPackets received, ClientConnection connection, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case PublishPacket publish:
                return received.AddAsync(publish, cancellationToken);
            case AckPacket { Type: PacketType.PubRel } release:
                received.Release(release.PacketId);
                break;
            case AckPacket ack:
                _publishing.Acknowledge(connection, ack);
                break;
            case SubAckPacket granted:
                _subscriptions.Acknowledge(granted.PacketId, granted.ReasonCodes[0], granted.Properties?.ReasonString);
                break;
            case UnsubAckPacket ended:
                _subscriptions.Acknowledge(ended.PacketId, ended.ReasonCodes is [var outcome, ..] ? outcome : MqttReasonCode.Success, ended.Properties?.ReasonString);
                break;
            case PingRespPacket:
                break;
            default:
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"A broker does not send {packet.Type} now.");
        }

        return ValueTask.CompletedTask;
    }
}
