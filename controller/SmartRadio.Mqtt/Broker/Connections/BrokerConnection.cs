using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
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

    /// <summary>What an answer holds beside the text of its reason, at most; SUBACK its codes too.</summary>
    private const int BesideReason = 16;

    private readonly BrokerCore _core;
    private readonly ByteTransport _transport;
    private readonly OutboundQueue _queue;
    private readonly FrameReader _reader;
    private long _lastPacketAt;
    private long _insidePacketSince;
    private volatile bool _isHandling;

    public BrokerConnection(ByteTransport transport, BrokerCore core)
    {
        _core = core;
        _transport = transport;
        RemoteEndPoint = transport.RemoteEndPoint;
        _queue = new OutboundQueue(transport, core.ClientBound, core.Time);
        _reader = new FrameReader(transport, core.Options.MaxPacketSize);
        _lastPacketAt = core.Now;
        _lossesSeen = core.Store?.Losses ?? 0;
    }

    /// <summary>Known after the socket is gone, too.</summary>
    public EndPoint? RemoteEndPoint { get; }

    /// <summary>Its place in the <see cref="ConnectionList"/>, which alone sets it.</summary>
    public int ListIndex { get; set; }

    /// <summary>What the client showed over TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Null until the client was let in.</summary>
    public Session? Session { get; set; }

    public MqttPeer? Peer { get; set; }

    public MqttProtocolVersion Version { get; set; } = MqttProtocolVersion.V311;

    /// <summary>Null when the client named no method.</summary>
    public AuthenticationSteps? Authentication { get; set; }

    public uint SessionExpiryInterval { get; set; }

    /// <summary>Null once the client said a proper farewell.</summary>
    public ConnectionWill? Will
    {
        get;
        set
        {
            _core.Budget.Sessions.Add((value?.Message.Cost ?? 0) - (field?.Message.Cost ?? 0));
            field = value;
        }
    }

    /// <summary>Milliseconds without a packet after which the client counts as gone; 0 is never.</summary>
    public long KeepAliveLimit { get; set; }

    /// <summary>QoS 1 and 2 messages that may be under way to the client at once.</summary>
    public int ReceiveMaximum { get; set; }

    /// <summary>Largest packet the client takes.</summary>
    public uint MaximumPacketSize { get; set; } = uint.MaxValue;

    /// <summary>Whether refusals may be explained in other answers than CONNACK and DISCONNECT (MQTT 5, 3.1.2.11.7).</summary>
    public bool WantsReasons { get; set; }

    /// <summary>Names the client's aliases stand for; none until the first is used.</summary>
    public InboundAliases? InboundAliases { get; set; }

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
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException or WebSocketException)
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
            await EndAsync();
        }
    }

    /// <summary>Nothing is sent to it any more.</summary>
    public bool IsOver => Volatile.Read(ref _closing) != 0 || _queue.IsClosed;

    /// <summary>Completes when half of what may wait for this client is free.</summary>
    public Task WaitForRoomAsync() => _queue.WaitUntilAtMostAsync(_core.Budget.PerClient / 2, CancellationToken.None);

    /// <summary>A sentence is left out rather than make a packet larger than the client takes (MQTT 5, 3.14.2.2.3).</summary>
    public static PacketProperties? ReasonFor(string? sentence, uint maximumPacketSize) =>
        sentence is null || Encoding.UTF8.GetByteCount(sentence) + BesideReason > maximumPacketSize ? null : new PacketProperties { ReasonString = sentence };

    /// <summary>What goes with an answer: a sentence when it refuses and the client wants one.</summary>
    /// <param name="outcome">The answer's code, the gravest if it has several.</param>
    /// <param name="codes">Further bytes of the answer.</param>
    public PacketProperties? Explain(MqttReasonCode outcome, int codes = 0) =>
        WantsReasons ? ReasonFor(RefusalSentence.Of(outcome), (uint)Math.Max(0, MaximumPacketSize - codes)) : null;

    private async ValueTask HandleReceivedAsync()
    {
        var any = false;
        var start = _core.Now;
        _isHandling = true;
        while (_closing == 0 && _reader.TryTake(out var frame))
        {
            any = true;
            await (Session is null ? _core.Handshake.HandleAsync(this, frame) : _core.Packets.HandleAsync(this, frame));
        }

        if (_held is not null)
        {
            await SendHeldAsync();
        }

        var bound = (2 * _core.Budget.PerClient) + AnswerBytes;
        if (_queue.Bytes > bound)
        {
            await _queue.WaitUntilAtMostAsync(bound, CancellationToken.None);
        }

        var now = _core.Now;
        if (any && Session is not null)
        {
            Volatile.Write(ref _lastPacketAt, now);
        }

        // The time it was not read does not count against the packet that waits.
        Volatile.Write(ref _insidePacketSince, !_reader.IsInsidePacket ? 0 : _insidePacketSince == 0 || any ? now : _insidePacketSince + now - start);
        _isHandling = false;
    }
}
