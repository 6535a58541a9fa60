using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Formatter;

namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// One connection on Kestrel as MQTTnet sees it, with the guard that MQTTnet's own lacks: an announced length is checked before
/// anything is kept, names must be text, and who asks faster than it takes answers is not read from.
/// </summary>
internal sealed class BrokerConnection(ConnectionContext connection, BrokerMetrics metrics, TimeSpan patience) : IMqttChannelAdapter
{
    /// <summary>Largest packet before a client has signed in, in bytes.</summary>
    private const int MaxPacketBeforeSignIn = 4096;

    /// <summary>
    /// Bytes of payload sent in one turn: what waits goes out together, but the first of a burst reaches everybody soon.
    /// </summary>
    private const int MaxTurn = 32 * 1024;

    /// <summary>Requests read ahead of their answers: MQTTnet's queue of answers has no bound of its own.</summary>
    private const int MaxUnanswered = 256;

    /// <summary>How much of what it may publish a client may publish at once.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    private readonly PipeReader _input = connection.Transport.Input;
    private readonly PipeWriter _output = connection.Transport.Output;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _unanswered = new(MaxUnanswered);
    private volatile bool _isIn;
    private TimeSpan _due;

    // Nobody asks for MQTTnet's figures; ours are in BrokerMetrics.
    public long BytesReceived => 0;

    public long BytesSent => 0;

    public X509Certificate2? ClientCertificate => null;

    public EndPoint? RemoteEndPoint => connection.RemoteEndPoint;

    public EndPoint? LocalEndPoint => connection.LocalEndPoint;

    public bool IsSecureConnection => false;

    // MQTTnet's buffer for headers begins with 4096 bytes, a quarter of an idle connection.
    public MqttPacketFormatterAdapter PacketFormatterAdapter { get; } = new(new MqttBufferWriter(256, 4096));

    /// <summary>As the client gave it, believed or not.</summary>
    public string? UserName { get; private set; }

    /// <summary>The client's last will, or null.</summary>
    public BrokerMessage? Will { get; private set; }

    /// <summary>Set once the client has signed in.</summary>
    public BrokerSession? Session { get; set; }

    private int MaxPacket => Session?.Identity.Limits.MaxPacket ?? MaxPacketBeforeSignIn;

    /// <summary>Its reader may have stopped reading: MQTTnet would wait for that one before it does anything else.</summary>
    public bool IsStalled => Session is { Pending: > 0 } || _writing.CurrentCount == 0;

    /// <summary>Another has the client's place, so what this one still says counts no more.</summary>
    public bool IsReplaced { get; private set; }

    /// <summary>Ends it without a farewell.</summary>
    public void Abort(string reason) => connection.Abort(new ConnectionAbortedException(reason));

    /// <summary>
    /// Another takes the client's place. MQTTnet sees to it, but would wait if this one is stalled, and might do it the other way
    /// round if this one is not in yet.
    /// </summary>
    public void Replace()
    {
        IsReplaced = true;
        if (IsStalled || !_isIn)
        {
            Abort("Another connection takes its place.");
        }
    }

    public Task ConnectAsync(CancellationToken cancellationToken) => throw new NotSupportedException("A broker's is open from the start.");

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _ = AbortLaterAsync();
        await _input.CompleteAsync();
        // MQTTnet may still be sending.
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            await _output.CompleteAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    public void ResetStatistics()
    {
        // There are none.
    }

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var read = await _input.ReadAsync(cancellationToken);
                CheckAnnouncedLength(read.Buffer);
                var isWhole = PacketFormatterAdapter.TryDecode(read.Buffer, out var packet, out var consumed, out var observed, out _);
                _input.AdvanceTo(consumed, observed);
                if (isWhole)
                {
                    Check(packet);
                    await HoldBackAsync(packet, cancellationToken);
                    return packet;
                }

                if (read.IsCompleted)
                {
                    throw new MqttCommunicationException("The client closed the connection.");
                }
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or MqttCommunicationException or IOException))
        {
            // Whatever the decoder stumbles over is the client's doing.
            metrics.CountViolation();
            throw new MqttCommunicationException(e.Message, e);
        }
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttConnAckPacket answer)
        {
            // MQTTnet would allow aliases, with a table that has no bound.
            (answer.TopicAliasMaximum, answer.SubscriptionIdentifiersAvailable, answer.MaximumPacketSize) = (0, false, (uint)MaxPacket);
            _isIn = true;
        }

        await _writing.WaitAsync(cancellationToken);
        var (messages, bytes) = (0, 0);
        try
        {
            if (packet is MqttPublishPacket turn)
            {
                for (; bytes < MaxTurn && Session!.TryTake(turn); messages++, bytes += (int)turn.Payload.Length)
                {
                    Write(turn);
                }
            }
            else
            {
                Write(packet);
            }

            if ((await _output.FlushAsync(cancellationToken)).IsCompleted)
            {
                throw new MqttCommunicationException("The connection is closed.");
            }
        }
        catch (OperationCanceledException)
        {
            // Over TLS, what a flush left that was torn would be sent again beside it.
            Abort("The client does not take what it is sent.");
            throw;
        }
        finally
        {
            _writing.Release();
            if (packet is MqttPublishPacket)
            {
                Session!.EndTurn(messages, bytes);
            }
            else if (packet is not (MqttConnAckPacket or MqttDisconnectPacket))
            {
                _unanswered.Release();
            }
        }
    }

    public void Dispose()
    {
        // MQTTnet may still be sending, so the semaphores, which hold nothing outside this process, are left to the collector.
    }

    /// <summary>
    /// One account shall not crowd out what all others send: who is too fast, or asks faster than it takes answers, is held back by
    /// TCP, and nothing is dropped.
    /// </summary>
    private async ValueTask HoldBackAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttPublishPacket && Session!.Identity.Limits.MaxMessagesPerSecond is > 0 and var rate)
        {
            var now = TimeProvider.System.GetElapsedTime(0);
            _due = (_due > now - Burst ? _due : now - Burst) + (TimeSpan.FromSeconds(1) / rate);
            await Task.Delay(_due > now ? _due - now : TimeSpan.Zero, TimeProvider.System, cancellationToken);
        }

        if (packet is not (MqttConnectPacket or MqttDisconnectPacket or MqttPubAckPacket or MqttPubCompPacket
            or MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtMostOnce }))
        {
            await _unanswered.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What a reader that does not read has not taken would keep a closed connection for ever.</summary>
    private async Task AbortLaterAsync()
    {
        var ended = connection.ConnectionClosed;
        await Task.Delay(patience, TimeProvider.System, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Abort("The client does not take what is left for it.");
    }

    private void Write(MqttPacket packet)
    {
        var bytes = PacketFormatterAdapter.Encode(packet);
        _output.Write(bytes.Packet);
        foreach (var part in bytes.Payload)
        {
            _output.Write(part.Span);
        }

        PacketFormatterAdapter.Cleanup();
    }

    private void CheckAnnouncedLength(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[AnnouncedLength.MaxHeader];
        var start = buffer.Slice(0, Math.Min(header.Length, buffer.Length));
        start.CopyTo(header);
        AnnouncedLength.Read(header[..(int)start.Length], MaxPacket);
    }

    /// <exception cref="MqttProtocolViolationException">A name is none, or the client uses what it was told it cannot.</exception>
    private void Check(MqttPacket packet)
    {
        var isGood = packet is MqttConnectPacket == Session is null && packet switch
        {
            MqttConnectPacket connect => Take(connect),
            MqttPublishPacket { TopicAlias: 0, QualityOfServiceLevel: <= MqttQualityOfServiceLevel.ExactlyOnce } publish =>
                Topic.IsTopic(publish.Topic),
            MqttSubscribePacket { SubscriptionIdentifier: 0, TopicFilters: var filters } =>
                filters.Count <= Session!.Identity.Limits.MaxSubscriptions && filters.TrueForAll(filter => Topic.IsFilter(filter.Topic)),
            MqttUnsubscribePacket unsubscribe => unsubscribe.TopicFilters.TrueForAll(Topic.IsFilter),
            _ => packet is not (MqttPublishPacket or MqttSubscribePacket or MqttAuthPacket),
        };
        if (!isGood)
        {
            throw new MqttProtocolViolationException($"The {packet.GetType().Name} holds what may not be in it.");
        }
    }

    private bool Take(MqttConnectPacket connect)
    {
        // No session outlives its connection here, so none is taken up again.
        connect.CleanSession = true;
        UserName = connect.Username;
        var isAtQos0 = connect.WillQoS == MqttQualityOfServiceLevel.AtMostOnce;
        var last = new ReadOnlySequence<byte>(connect.WillMessage ?? []);
        Will = connect.WillFlag ? new BrokerMessage(connect.WillTopic, last, isAtQos0, connect.WillRetain) : null;
        return Topic.IsText(connect.ClientId) && Topic.IsText(UserName) && (Will is null || Topic.IsTopic(Will.Topic));
    }
}
