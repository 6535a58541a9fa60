using System.Net.WebSockets;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Client;

/// <summary>One connection to a broker, from CONNECT to its end.</summary>
internal sealed class ClientConnection : IDisposable
{
    /// <summary>Answers that may wait for the broker, beside all that the owner may have waiting.</summary>
    private const int AnswerBytes = 64 * 1024;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly MqttClientOptions _options;
    private readonly ByteTransport _transport;
    private readonly FrameReader _reader;
    private readonly OutboundQueue _queue;
    private readonly TimeProvider _time;
    private readonly BrokerPulse _pulse;
    private readonly ClientAuthentication? _authentication;
    private readonly Lock _sending = new();
    private OutboundAliases? _aliases;
    private bool _saidFarewell;

    private ClientConnection(ByteTransport transport, MqttClientOptions options, TimeProvider time)
    {
        _options = options;
        _transport = transport;
        _time = time;
        _reader = new FrameReader(transport, options.MaxPacketSize);
        _queue = new OutboundQueue(transport, () => options.MaxQueuedBytes, time);
        _pulse = new BrokerPulse(time);
        _authentication = options is { Authentication: { } method, ProtocolVersion: MqttProtocolVersion.V5 } ? new ClientAuthentication(method, Send) : null;
    }

    public BrokerTerms Terms { get; private set; } = new(new ConnAckPacket(false, MqttReasonCode.Success));

    /// <summary>Connects and is greeted.</summary>
    /// <exception cref="MqttRefusedException">The broker does not let the client in.</exception>
    public static async Task<ClientConnection> OpenAsync(MqttClientOptions options, bool cleanStart, TimeProvider time, CancellationToken cancellationToken)
    {
        if (cleanStart && options is { ProtocolVersion: MqttProtocolVersion.V311, KeepsSession: true })
        {
            // 3.1.1 cannot ask for a new session that is kept: one connection ends what there was, the next begins what stays.
            using var sweep = await OpenAsync(options with { SessionExpiryInterval = TimeSpan.Zero, Will = null }, cleanStart, time, cancellationToken);
            await sweep.CloseAsync(MqttReasonCode.Success, cancellationToken);
        }

        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        ClientConnection? connection = null;
        try
        {
            connection = new ClientConnection(await ClientTransport.OpenAsync(options, either.Token), options, time);
            await connection.GreetAsync(cleanStart, either.Token);
            return connection;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            connection?.Dispose();
            throw new TimeoutException($"The MQTT broker at {options.Host}:{options.Port} did not answer within {options.ConnectTimeout.TotalSeconds} s.", e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Queues a packet; none after the farewell ([MQTT-3.14.4-1]).</summary>
    public void Send(Packet packet)
    {
        lock (_sending)
        {
            if (!_saidFarewell)
            {
                _queue.Enqueue(PacketEncoder.Encode(packet, _options.ProtocolVersion));
                _saidFarewell = packet is DisconnectPacket;
            }
        }
    }

    /// <summary>Queues a QoS 0 message. False when too much waits for the socket.</summary>
    public bool TrySend(PublishPacket packet)
    {
        if (_aliases is null)
        {
            return TryEnqueue(packet);
        }

        lock (_aliases)
        {
            var (alias, isNew) = _aliases.Find(packet.Topic);
            if (alias == 0)
            {
                return TryEnqueue(packet);
            }

            var properties = (packet.Properties ?? new PacketProperties()) with { TopicAlias = alias };
            if (!TryEnqueue(packet with { Topic = isNew ? packet.Topic : "", Properties = properties }))
            {
                return false;
            }

            if (isNew)
            {
                _aliases.Keep(packet.Topic, alias);
            }

            return true;
        }
    }

    /// <summary>Waits until so many bytes may be sent: half of what may wait is free, or more if they need it.</summary>
    /// <exception cref="MqttNotConnectedException">The connection has ended.</exception>
    public async Task WaitForRoomAsync(long bytes, CancellationToken cancellationToken)
    {
        await _queue.WaitUntilAtMostAsync((int)Math.Clamp(_options.MaxQueuedBytes - bytes, 0, _options.MaxQueuedBytes / 2), cancellationToken);
        if (_queue.IsClosed)
        {
            throw new MqttNotConnectedException();
        }
    }

    /// <summary>Hands each packet over until the connection ends.</summary>
    /// <returns>The broker's farewell, when it said one.</returns>
    public async Task<DisconnectPacket?> ReadAsync(Func<Packet, CancellationToken, ValueTask> handle, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pulse = _pulse.WatchAsync(Terms.KeepAlive(_options.KeepAlive), () => Send(new PingReqPacket()), _transport.Dispose, stop.Token);
        try
        {
            while (true)
            {
                while (_reader.TryTake(out var frame))
                {
                    _pulse.Beat();
                    await WaitForAnswersAsync(cancellationToken);
                    var packet = PacketDecoder.Decode(frame, _options.ProtocolVersion);
                    switch (packet)
                    {
                        case DisconnectPacket farewell:
                            _authentication?.Fail(new MqttRefusedException(farewell.ReasonCode, "the connection", farewell.Properties?.ReasonString));
                            return farewell;
                        case AuthPacket auth when _authentication is not null:
                            await _authentication.HandleAsync(auth, cancellationToken);
                            break;
                        default:
                            _pulse.IsHeld = true;
                            await handle(packet, cancellationToken);
                            _pulse.IsHeld = false;
                            break;
                    }
                }

                await _reader.WaitAsync(cancellationToken);
                if (!await _reader.FillAsync(cancellationToken))
                {
                    throw new IOException("The MQTT broker closed the connection.");
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await pulse;
        }
    }

    /// <summary>Authenticates again; completes when the broker has accepted it.</summary>
    public Task ReauthenticateAsync(CancellationToken cancellationToken) => _authentication is { } authentication
        ? authentication.RepeatAsync(cancellationToken)
        : throw new InvalidOperationException("The client has no method to authenticate itself again.");

    /// <summary>Says farewell, waits until it is sent, two seconds at most, and ends.</summary>
    public async Task CloseAsync(MqttReasonCode reason, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(FarewellTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Send(new DisconnectPacket(reason));
        try
        {
            await _queue.WaitUntilAtMostAsync(0, either.Token);
            await _transport.EndAsync(either.Token);
        }
        catch (Exception e) when (e is IOException or WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The broker was quicker, or reads no more.
        }

        Dispose();
    }

    public void Dispose()
    {
        _authentication?.Fail(new MqttNotConnectedException());
        _queue.Close();
        _transport.Dispose();
    }

    private async Task GreetAsync(bool cleanStart, CancellationToken cancellationToken)
    {
        var connect = MessagePackets.ToConnect(_options, cleanStart);
        Send(_authentication is null ? connect : connect with { Properties = await _authentication.BeginAsync(connect.Properties, cancellationToken) });
        var answer = await ReceiveAsync(cancellationToken);
        while (answer is AuthPacket step && _authentication is not null)
        {
            await _authentication.HandleAsync(step, cancellationToken);
            answer = await ReceiveAsync(cancellationToken);
        }

        if (answer is not ConnAckPacket greeting)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "The broker's first packet is not CONNACK.");
        }

        if (greeting.ReasonCode != MqttReasonCode.Success)
        {
            throw new MqttRefusedException(greeting.ReasonCode, "the connection", greeting.Properties?.ReasonString) { ServerReference = greeting.Properties?.ServerReference };
        }

        if (_authentication is not null)
        {
            await _authentication.FinishAsync(greeting.Properties, cancellationToken);
        }

        Terms = new BrokerTerms(greeting);
        _aliases = Terms.TopicAliasMaximum > 0 ? new OutboundAliases(Terms.TopicAliasMaximum) : null;
    }

    private async ValueTask<Packet> ReceiveAsync(CancellationToken cancellationToken)
    {
        Frame frame;
        while (!_reader.TryTake(out frame))
        {
            if (!await _reader.FillAsync(cancellationToken))
            {
                throw new IOException("The MQTT broker closed the connection without an answer.");
            }
        }

        await WaitForAnswersAsync(cancellationToken);

        return PacketDecoder.Decode(frame, _options.ProtocolVersion);
    }

    /// <summary>
    /// A broker that asks without reading the answers is not read from, or it could fill the memory with them. What the owner
    /// may have waiting does not hold it up: two sides that each wait for the other to read would do so for ever. The pulse
    /// beats on, so a broker that reads nothing in all the time it may be silent counts as gone.
    /// </summary>
    private async ValueTask WaitForAnswersAsync(CancellationToken cancellationToken)
    {
        // An encoded message may lie in an array of twice its length.
        var bound = (int)Math.Min(int.MaxValue, _options.MaxQueuedBytes + (2L * _options.MaxUnacknowledgedBytes) + AnswerBytes);
        if (_queue.Bytes > bound)
        {
            await _queue.WaitUntilAtMostAsync(bound, cancellationToken);
        }
    }

    private bool TryEnqueue(PublishPacket packet)
    {
        var encoded = PacketEncoder.Encode(packet, _options.ProtocolVersion);
        lock (_sending)
        {
            if (!_saidFarewell && _queue.TryEnqueue(encoded))
            {
                return true;
            }
        }

        encoded.Release();
        return false;
    }
}
