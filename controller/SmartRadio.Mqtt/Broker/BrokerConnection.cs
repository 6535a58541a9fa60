using System.Buffers;
using Microsoft.AspNetCore.Connections;
using MQTTnet.Formatter;

namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// A client's connection on Kestrel: names must be text, nothing is used that is not allowed, and who asks faster than it takes
/// answers is not read from.
/// </summary>
// MQTTnet's buffer for headers begins with 4096 bytes, a quarter of an idle connection.
internal sealed class BrokerConnection(ConnectionContext connection, BrokerMetrics metrics, TimeSpan patience)
    : PacketConnection(connection, new MqttPacketFormatterAdapter(new MqttBufferWriter(256, 4096)), patience)
{
    /// <summary>Largest packet before a client has signed in, in bytes.</summary>
    private const int MaxPacketBeforeSignIn = 4096;

    /// <summary>Requests read ahead of their answers: MQTTnet's queue of answers has no bound of its own.</summary>
    private const int MaxUnanswered = 256;

    /// <summary>How much of what it may publish a client may publish at once.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _unanswered = new(MaxUnanswered);
    private volatile bool _isIn;
    private TimeSpan _due;
    private long _heard = TimeProvider.System.GetTimestamp();

    /// <summary>As the client gave it, believed or not.</summary>
    public string? UserName { get; private set; }

    /// <summary>The client's last will, or null.</summary>
    public BrokerMessage? Will { get; private set; }

    /// <summary>Of its address.</summary>
    public required AddressPlaces.Place Place { get; init; }

    /// <summary>Set once the client has signed in.</summary>
    public BrokerSession? Session { get; set; }

    public override int MaxPacket => Session?.Identity.Limits.MaxPacket ?? MaxPacketBeforeSignIn;

    /// <summary>Seconds within which the client promised to send something; 0 = no promise.</summary>
    public int KeepAlive { get; private set; }

    /// <summary>Nothing came for one and a half times the keep-alive (MQTT 5, 3.1.2.10).</summary>
    public bool IsSilent =>
        KeepAlive is > 0 and var seconds
            && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _heard)) > TimeSpan.FromSeconds(1.5 * seconds);

    /// <summary>Its reader may have stopped reading: MQTTnet would wait for that one before it does anything else.</summary>
    public bool IsStalled => Session is { Pending: > 0 } || IsHeld;

    /// <summary>Another has the client's place, so what this one still says counts no more.</summary>
    public bool IsReplaced { get; private set; }

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

    /// <summary>Sees out a client that has been silent for too long, with the reason where its protocol has one.</summary>
    public async Task EndSilenceAsync()
    {
        KeepAlive = 0;
        try
        {
            if (PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
            {
                using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
                await SendPacketAsync(
                    new MqttDisconnectPacket { ReasonCode = MqttDisconnectReasonCode.KeepAliveTimeout }, limit.Token);
            }
        }
        catch (Exception e)
            when (e is OperationCanceledException or MqttCommunicationException or IOException or InvalidOperationException)
        {
            // It is over already, or takes nothing more.
        }

        Abort("The client's keep-alive has run out.");
    }

    protected override void Violated() => metrics.CountViolation();

    /// <exception cref="MqttProtocolViolationException">A name is none, or it uses what it was told it cannot.</exception>
    protected override async ValueTask ReceivedAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _heard, TimeProvider.System.GetTimestamp());
        var isGood = packet is MqttConnectPacket == Session is null && packet switch
        {
            MqttConnectPacket connect => Take(connect),
            MqttPublishPacket { TopicAlias: 0, QualityOfServiceLevel: <= MqttQualityOfServiceLevel.ExactlyOnce } publish =>
                TopicSyntax.IsTopic(publish.Topic),
            MqttSubscribePacket { SubscriptionIdentifier: 0, TopicFilters: var filters } =>
                filters.Count <= Session!.Identity.Limits.MaxSubscriptions
                    && filters.TrueForAll(each => TopicSyntax.IsFilter(each.Topic)),
            MqttUnsubscribePacket unsubscribe => unsubscribe.TopicFilters.TrueForAll(TopicSyntax.IsFilter),
            _ => packet is not (MqttPublishPacket or MqttSubscribePacket or MqttAuthPacket),
        };
        if (!isGood)
        {
            throw new MqttProtocolViolationException($"The {packet.GetType().Name} holds what may not be in it.");
        }

        // One account shall not crowd out what all others send: who is too fast is held back by TCP, and nothing is dropped.
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

    protected override void Write(MqttPacket packet)
    {
        if (packet is MqttPublishPacket turn)
        {
            while (Session!.TryTake(turn))
            {
                base.Write(turn);
            }

            return;
        }

        if (packet is MqttConnAckPacket answer)
        {
            // MQTTnet would allow aliases, with a table that has no bound.
            (answer.TopicAliasMaximum, answer.SubscriptionIdentifiersAvailable) = (0, false);
            answer.MaximumPacketSize = (uint)MaxPacket;
            _isIn = true;
        }

        base.Write(packet);
    }

    protected override void Sent(MqttPacket packet)
    {
        if (packet is MqttPublishPacket)
        {
            Session!.EndTurn();
        }
        else if (packet is not (MqttConnAckPacket or MqttDisconnectPacket))
        {
            _unanswered.Release();
        }
    }

    private bool Take(MqttConnectPacket connect)
    {
        // No session outlives its connection here, so none is taken up again.
        connect.CleanSession = true;
        UserName = connect.Username;
        // MQTTnet would measure silence by the wall clock (5.2, MqttServerKeepAliveMonitor): a jump of that would see out
        // everybody.
        (KeepAlive, connect.KeepAlivePeriod) = (connect.KeepAlivePeriod, 0);
        var isAtQos0 = connect.WillQoS == MqttQualityOfServiceLevel.AtMostOnce;
        var last = new ReadOnlySequence<byte>(connect.WillMessage ?? []);
        Will = connect.WillFlag ? new BrokerMessage(connect.WillTopic, last, isAtQos0, connect.WillRetain) : null;
        return TopicSyntax.IsText(connect.ClientId) && TopicSyntax.IsText(UserName)
            && (Will is null || TopicSyntax.IsTopic(Will.Topic));
    }
}
