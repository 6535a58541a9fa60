using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker.Sessions;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>One client's connection: reads its packets, hands them to the handlers, and ends it when it breaks a rule or a time limit.</summary>
internal sealed partial class BrokerConnection
{
    /// <summary>Answers that may wait beyond the messages; a client that asks on without reading is not read from.</summary>
    private const int AnswerBytes = 64 * 1024;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly BrokerCore _core;
    private readonly ByteTransport _transport;
    private readonly OutboundQueue _queue;
    private readonly FrameReader _reader;
    private long _lastPacketAt;
    private long _insidePacketSince;
    private int _closing;

    public BrokerConnection(ByteTransport transport, BrokerCore core)
    {
        _core = core;
        _transport = transport;
        _queue = new OutboundQueue(transport, core.ClientBound, core.Time);
        _reader = new FrameReader(transport, core.Options.MaxPacketSize);
        _lastPacketAt = core.Now;
    }

    public EndPoint? RemoteEndPoint => _transport.RemoteEndPoint;

    /// <summary>Its place in the <see cref="ConnectionList"/>, which alone sets it.</summary>
    public int ListIndex { get; set; }

    /// <summary>What the client showed over TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Null until the client was let in.</summary>
    public Session? Session { get; set; }

    public MqttPeer? Peer { get; set; }

    public MqttProtocolVersion Version { get; set; } = MqttProtocolVersion.V311;

    public uint SessionExpiryInterval { get; set; }

    /// <summary>Null once the client said a proper farewell.</summary>
    public ConnectionWill? Will { get; set; }

    /// <summary>Milliseconds without a packet after which the client counts as gone; 0 is never.</summary>
    public long KeepAliveLimit { get; set; }

    /// <summary>QoS 1 and 2 messages that may be under way to the client at once.</summary>
    public int ReceiveMaximum { get; set; }

    /// <summary>Largest packet the client takes.</summary>
    public uint MaximumPacketSize { get; set; } = uint.MaxValue;

    /// <summary>Names the client's aliases stand for; none until the first is used.</summary>
    public string?[]? AliasedTopics { get; set; }

    public async Task RunAsync()
    {
        try
        {
            do
            {
                await _reader.WaitAsync(CancellationToken.None);
                if (!await _reader.FillAsync(CancellationToken.None))
                {
                    break;
                }

                await HandleReceivedAsync();
            }
            while (_closing == 0);
        }
        catch (MqttProtocolException e)
        {
            _core.Statistics.CountProtocolError();
            _core.Logger.LogDebug("Closing {Client}: {Reason}", Peer?.ClientId ?? RemoteEndPoint?.ToString(), e.Message);
            Refuse(e);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side is gone; what follows is the same as for any end.
        }
        catch (Exception e)
        {
            // A hook of the host's failed, or we did: it must not harm more than this connection.
            _core.Logger.LogError(e, "The connection of {Client} failed", Peer?.ClientId ?? RemoteEndPoint?.ToString());
        }
        finally
        {
            _core.Connections.Remove(this);
            if (Session is not null)
            {
                _core.Sessions.Leave(this);
            }

            await SayFarewellAsync();
            _queue.Close();
            _transport.Dispose();
            _reader.Release();
        }
    }

    /// <summary>Ends the connection from the broker's side; MQTT 5 clients are told why.</summary>
    public void Close(MqttReasonCode reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        if (Peer is not null && Version == MqttProtocolVersion.V5)
        {
            Send(new DisconnectPacket(reason));
        }

        _ = BreakAfterFarewellAsync();
    }

    /// <summary>The client said farewell itself.</summary>
    public void CloseQuietly() => Interlocked.Exchange(ref _closing, 1);

    public void CloseIfOverdue(long now)
    {
        _queue.TrimIfSilent();
        var silence = now - Volatile.Read(ref _lastPacketAt);
        if (Session is null)
        {
            if (silence > _core.Options.ConnectTimeout.TotalMilliseconds)
            {
                _transport.Dispose();
            }
        }
        else if (KeepAliveLimit != 0 && silence > KeepAliveLimit)
        {
            Close(MqttReasonCode.KeepAliveTimeout);
        }
        else if (Volatile.Read(ref _insidePacketSince) is var since and not 0 && now - since > _core.Options.PacketTimeout.TotalMilliseconds)
        {
            Close(MqttReasonCode.MessageRateTooHigh);
        }
    }

    /// <summary>Completes when half of what may wait for this client is free.</summary>
    public Task WaitForRoomAsync() => _queue.WaitUntilAtMostAsync(_core.Budget.PerClient / 2, CancellationToken.None);

    private async ValueTask HandleReceivedAsync()
    {
        var any = false;
        while (_closing == 0 && _reader.TryTake(out var frame))
        {
            any = true;
            await HandleAsync(frame);
        }

        if (_held is not null)
        {
            await SendHeldAsync();
        }

        var now = _core.Now;
        if (any && Session is not null)
        {
            Volatile.Write(ref _lastPacketAt, now);
        }

        Volatile.Write(ref _insidePacketSince, !_reader.IsInsidePacket ? 0 : _insidePacketSince == 0 || any ? now : _insidePacketSince);
        var bound = (2 * _core.Budget.PerClient) + AnswerBytes;
        if (_queue.Bytes > bound)
        {
            await _queue.WaitUntilAtMostAsync(bound, CancellationToken.None);
        }
    }

    private ValueTask HandleAsync(in Frame frame)
    {
        if (Session is null)
        {
            return _core.Handshake.GreetAsync(this, frame);
        }

        switch (PacketDecoder.Decode(frame, Version))
        {
            case PublishPacket publish:
                _core.Publishes.Handle(this, publish);
                break;
            case AckPacket { Type: PacketType.PubRel } release:
                PublishHandler.Release(this, release);
                break;
            case AckPacket ack:
                HandleAck(ack);
                break;
            case SubscribePacket subscribe:
                return _core.Subscribes.SubscribeAsync(this, subscribe);
            case UnsubscribePacket unsubscribe:
                _core.Subscribes.Unsubscribe(this, unsubscribe);
                break;
            case PingReqPacket:
                Send(new PingRespPacket());
                break;
            case DisconnectPacket farewell:
                HandleFarewell(farewell);
                break;
            default:
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"A client does not send {frame.Type} now.");
        }

        return ValueTask.CompletedTask;
    }

    private void HandleAck(AckPacket ack)
    {
        var known = Session!.Deliveries.Acknowledge(ack);
        if (ack.Type == PacketType.PubRec && ack.ReasonCode < MqttReasonCode.UnspecifiedError)
        {
            Send(new AckPacket(PacketType.PubRel, ack.PacketId, known ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound));
        }
    }

    private void HandleFarewell(DisconnectPacket farewell)
    {
        if (farewell.Properties?.SessionExpiryInterval is { } expiry)
        {
            if (SessionExpiryInterval == 0 && expiry != 0)
            {
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, "A session that was to end with the connection cannot be prolonged.");
            }

            Session!.ExpiryInterval = _core.Handshake.LimitExpiry(expiry);
        }

        if (farewell.ReasonCode != MqttReasonCode.DisconnectWithWill)
        {
            Will = null;
        }

        CloseQuietly();
    }

    /// <summary>The one who broke the protocol is told how, if it can understand.</summary>
    private void Refuse(MqttProtocolException error)
    {
        if (Session is null)
        {
            if (error.ReasonCode == MqttReasonCode.UnsupportedProtocolVersion)
            {
                _core.Refusals.Connect("", null, RemoteEndPoint, error.ReasonCode);
            }

            if (error.ReasonCode == MqttReasonCode.UnsupportedProtocolVersion || Version == MqttProtocolVersion.V5)
            {
                Send(new ConnAckPacket(false, error.ReasonCode));
            }
        }
        else if (Version == MqttProtocolVersion.V5 && Interlocked.Exchange(ref _closing, 1) == 0)
        {
            Send(new DisconnectPacket(error.ReasonCode) { Properties = new PacketProperties { ReasonString = error.Message } });
        }
    }

    private async Task SayFarewellAsync()
    {
        using var limit = new CancellationTokenSource(FarewellTime, _core.Time);
        try
        {
            await _queue.WaitUntilAtMostAsync(0, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It does not read any more.
        }
    }

    private async Task BreakAfterFarewellAsync()
    {
        await SayFarewellAsync();
        _transport.Dispose();
    }
}
