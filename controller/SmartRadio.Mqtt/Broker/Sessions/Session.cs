using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>What the broker knows of a client, connected or away.</summary>
internal sealed class Session(string clientId, BrokerCore core)
{
    private readonly Lock _gate = new();
    private volatile BrokerConnection? _connection;
    private Outbox? _outbox;
    private HashSet<ushort>? _receivedExactlyOnce;

    public string ClientId { get; } = clientId;

    /// <summary>Null while the client is away.</summary>
    public BrokerConnection? Connection => _connection;

    /// <summary>Seconds it outlives its connection; <see cref="uint.MaxValue"/> is for ever.</summary>
    public uint ExpiryInterval { get; set; }

    /// <summary>Unix milliseconds when it ends, while the client is away.</summary>
    public long ExpiresAt { get; set; } = long.MaxValue;

    /// <summary>A will that waits for its delay, and when it is due.</summary>
    public (Publication Message, long DueAt)? Will { get; set; }

    /// <summary>By filter. Changed only by the connection that owns the session, and when it ends.</summary>
    public List<Subscription> Subscriptions { get; } = new(1);

    public void Attach(BrokerConnection connection)
    {
        lock (_gate)
        {
            _connection = connection;
            ExpiresAt = long.MaxValue;
        }
    }

    /// <summary>False when another connection owns the session by now.</summary>
    public bool Detach(BrokerConnection connection)
    {
        lock (_gate)
        {
            if (_connection != connection)
            {
                return false;
            }

            _connection = null;
            return true;
        }
    }

    /// <summary>Sends again what was under way when the last connection ended, then what has waited since (MQTT 5, 4.4).</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_connection is not { } connection || _outbox is null)
            {
                return;
            }

            var now = core.Now;
            foreach (var delivery in _outbox.InFlight)
            {
                connection.Send(delivery, duplicate: true, now);
            }

            Pump(_outbox, now);
        }
    }

    /// <summary>Takes a message, at no better QoS than it was published with.</summary>
    /// <returns>1 when it was queued, 0 when it was dropped.</returns>
    public int Receive(Publication message, MqttQualityOfService granted, bool retain, uint[] identifiers)
    {
        var quality = message.QualityOfService < granted ? message.QualityOfService : granted;
        bool taken;
        if (quality == MqttQualityOfService.AtMostOnce)
        {
            if (_connection is not { } connection)
            {
                return 0;
            }

            taken = connection.Send(message, retain, identifiers);
        }
        else
        {
            message.Keep();
            taken = Offer(new Delivery(message, quality, retain, identifiers));
        }

        if (!taken)
        {
            core.Statistics.CountDropped();
        }

        return taken ? 1 : 0;
    }

    /// <summary>Takes a QoS 1 or 2 message. False when its bound is reached.</summary>
    private bool Offer(Delivery delivery)
    {
        lock (_gate)
        {
            _outbox ??= new Outbox(core.Budget.Queued);
            if (_outbox.Bytes > 0 && _outbox.Bytes + delivery.Cost > core.Budget.PerClient)
            {
                return false;
            }

            _outbox.Add(delivery);
            Pump(_outbox, core.Now);
            return true;
        }
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP from the receiver. False when nothing such is under way.</summary>
    public bool Acknowledge(AckPacket ack)
    {
        lock (_gate)
        {
            if (_outbox?.Find(ack.PacketId) is not { } delivery ||
                (ack.Type == PacketType.PubAck) != (delivery.QualityOfService == MqttQualityOfService.AtLeastOnce))
            {
                return false;
            }

            if (ack.Type == PacketType.PubRec && ack.ReasonCode < MqttReasonCode.UnspecifiedError)
            {
                delivery.IsReceived = true;
                return true;
            }

            _outbox.Complete(delivery);
            Pump(_outbox, core.Now);
            return true;
        }
    }

    /// <summary>Notes a QoS 2 message from the client.</summary>
    /// <returns>False when it is known already; null when too many are under way.</returns>
    public bool? TryReceiveExactlyOnce(ushort packetId, int maximum)
    {
        lock (_gate)
        {
            _receivedExactlyOnce ??= [];
            if (_receivedExactlyOnce.Contains(packetId))
            {
                return false;
            }

            return _receivedExactlyOnce.Count < maximum ? _receivedExactlyOnce.Add(packetId) : null;
        }
    }

    public bool ReleaseExactlyOnce(ushort packetId)
    {
        lock (_gate)
        {
            return _receivedExactlyOnce?.Remove(packetId) ?? false;
        }
    }

    public int DropExpired(long now)
    {
        lock (_gate)
        {
            return _outbox?.DropExpired(now) ?? 0;
        }
    }

    /// <summary>Forgets everything. The session is in no registry any more.</summary>
    public void Clear()
    {
        foreach (var subscription in Subscriptions)
        {
            core.Topics.Remove(subscription);
        }

        Subscriptions.Clear();
        lock (_gate)
        {
            _outbox?.Clear();
            _outbox = null;
            _receivedExactlyOnce = null;
        }
    }

    private void Pump(Outbox outbox, long now)
    {
        if (_connection is not { } connection)
        {
            return;
        }

        while (outbox.StartNext(connection.ReceiveMaximum, now) is { } next)
        {
            if (!connection.Send(next, duplicate: false, now))
            {
                outbox.Complete(next);
                core.Statistics.CountDropped();
            }
        }
    }
}
