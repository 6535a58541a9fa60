using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Broker.Storage;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>A session's QoS 1 and 2 messages on their way out: bounded, acknowledged, repeated after a reconnect, kept in the store.</summary>
/// <param name="session">Whose they are.</param>
/// <param name="core">The broker.</param>
/// <param name="gate">The session's own.</param>
/// <param name="receiver">The connection they go to; null while the client is away.</param>
internal sealed class SessionDeliveries(Session session, BrokerCore core, Lock gate, BrokerConnection? receiver)
{
    private readonly Outbox _outbox = new(core.Budget.Queued);
    private BrokerConnection? _receiver = receiver;
    private int _held;
    private Queue<(string Topic, Subscription Subscription)>? _retained;

    /// <summary>Takes a message. False when the bound is reached.</summary>
    public bool Offer(Publication message, MqttQualityOfService quality, bool retain, uint[] identifiers)
    {
        lock (gate)
        {
            if (_outbox.Bytes > 0 && _outbox.Bytes + message.Cost > core.Budget.PerClient)
            {
                return false;
            }

            var now = core.Now;
            var delivery = Add(new Delivery(message, quality, retain, identifiers));
            Pump(now);
            if (delivery.PacketId == 0 && !message.IsExpired(now))
            {
                session.Store?.SaveDelivery(session, delivery);
            }

            return true;
        }
    }

    /// <summary>Has a retained message sent when those before it are acknowledged; the message is looked up then.</summary>
    public void QueueRetained(string topic, Subscription subscription)
    {
        lock (gate)
        {
            _retained ??= new Queue<(string, Subscription)>();
            if (_retained.Count >= core.Options.MaxRetainedMessages)
            {
                core.Statistics.CountDropped();
                return;
            }

            _retained.Enqueue((topic, subscription));
            Pump(core.Now);
        }
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP from the receiver. False when no message of that identifier is under way.</summary>
    /// <exception cref="MqttProtocolException">One is, and that is not what comes next for it.</exception>
    public bool Acknowledge(AckPacket ack)
    {
        lock (gate)
        {
            if (_outbox.Find(ack.PacketId) is not { } delivery)
            {
                return false;
            }

            if (!delivery.MayGet(ack.Type))
            {
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"{ack.Type} is not what message {ack.PacketId} waits for.");
            }

            if (ack.Type == PacketType.PubRec && ack.ReasonCode < MqttReasonCode.UnspecifiedError)
            {
                delivery.IsReceived = true;
                session.Store?.SaveDelivery(session, delivery);
                return true;
            }

            _outbox.Complete(delivery);
            Forget(delivery);
            Pump(core.Now);
            return true;
        }
    }

    /// <summary>Sends again what was under way when the last connection ended, then what has waited since, as much at once as the new one takes (MQTT 5, 4.4).</summary>
    public void Resume(BrokerConnection connection)
    {
        lock (gate)
        {
            _outbox.Interrupt();
            _receiver = connection;
            Pump(core.Now);
        }
    }

    public void Suspend()
    {
        lock (gate)
        {
            _receiver = null;
        }
    }

    /// <summary>Puts back what the store held, in the order of the store.</summary>
    public void Restore(Delivery delivery)
    {
        lock (gate)
        {
            _outbox.Restore(delivery);
        }
    }

    public int DropExpired(long now)
    {
        lock (gate)
        {
            return _outbox.DropExpired(now, Forget);
        }
    }

    /// <summary>The session is over; its rows went with it, the messages may go now.</summary>
    public void Clear()
    {
        lock (gate)
        {
            _retained = null;
            _outbox.Clear(delivery =>
            {
                if (delivery.StoreNumber != 0)
                {
                    core.Store?.Forget(delivery.Message);
                }
            });
        }
    }

    private void Pump(long now)
    {
        if (_receiver is not { } connection)
        {
            return;
        }

        while (StartNext(connection, now) is { } next)
        {
            var store = session.Store;
            if (!next.IsRepeated)
            {
                store?.SaveDelivery(session, next);
            }

            if (store is not null && (next.QualityOfService == MqttQualityOfService.ExactlyOnce || _held > 0))
            {
                Hold(connection, next, store);
            }
            else
            {
                Send(connection, next, now);
            }
        }
    }

    /// <summary>
    /// At QoS 2 the store must have the number, or the step after it, before the receiver does: a crash would have the message
    /// come again with a number unknown to it, or another message with one that it knows. What comes after it keeps its place.
    /// </summary>
    private void Hold(BrokerConnection connection, Delivery delivery, DurableStore store)
    {
        _held++;
        store.WhenCommitted(() =>
        {
            lock (gate)
            {
                _held--;
                if (_receiver == connection && _outbox.IsUnderWay(delivery) && !Send(connection, delivery, core.Now))
                {
                    Pump(core.Now);
                }
            }
        });
    }

    private bool Send(BrokerConnection connection, Delivery delivery, long now)
    {
        if (connection.Send(delivery, now))
        {
            delivery.IsRepeated = true;
            return true;
        }

        // Larger than this client takes: as good as done (MQTT 5, 3.1.2.11.4).
        _outbox.Complete(delivery);
        Forget(delivery);
        core.Statistics.CountDropped();
        return false;
    }

    private Delivery? StartNext(BrokerConnection connection, long now)
    {
        while (_outbox.UnderWay < connection.ReceiveMaximum)
        {
            if (_outbox.StartNext(connection.ReceiveMaximum, now, Forget) is { } next)
            {
                return next;
            }

            if (_retained is null || !_retained.TryDequeue(out var wanted))
            {
                return null;
            }

            if (core.Retained.Find(wanted.Topic, now) is { } message)
            {
                var granted = wanted.Subscription.Request.QualityOfService;
                var quality = message.QualityOfService < granted ? message.QualityOfService : granted;
                if (quality == MqttQualityOfService.AtMostOnce)
                {
                    // It was replaced by one of QoS 0 while it waited: nobody will acknowledge that, so it is not kept.
                    connection.SendRetained(message, wanted.Subscription.Identifiers, now);
                    continue;
                }

                Add(new Delivery(message, quality, retain: true, wanted.Subscription.Identifiers));
            }
        }

        return null;
    }

    private Delivery Add(Delivery delivery)
    {
        delivery.Message.Keep();
        _outbox.Add(delivery);
        return delivery;
    }

    private void Forget(Delivery delivery)
    {
        if (delivery.StoreNumber != 0)
        {
            core.Store?.DeleteDelivery(session, delivery);
        }
    }
}
