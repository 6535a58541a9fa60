using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Server;

namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// A client that has signed in, and what waits for it. MQTTnet's own queue counts messages, not bytes, and knows no bound over
/// all sessions; so what goes in and out of it is counted here.
/// </summary>
internal sealed class BrokerSession(BrokerConnection connection, BrokerIdentity identity, TopicIndex<BrokerSession> index, BrokerMetrics metrics, long maxPendingOfAll)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private int _pending;
    private int _pendingBytes;
    private bool _isOver;

    /// <summary>
    /// Marks what was published at QoS 0. All goes out at QoS 0, and MQTTnet's packets have no room for a remark but their list of user
    /// properties: this one is always empty and so never sent.
    /// </summary>
    public static List<MqttUserProperty> Qos0 { get; } = [];

    public BrokerConnection Connection => connection;

    public BrokerIdentity Identity => identity;

    /// <summary>Messages that wait for it, the one being sent included.</summary>
    public int Pending => _pending;

    /// <summary>Where MQTTnet takes messages for it; known once it subscribes.</summary>
    public MqttSessionStatus? Queue { get; set; }

    /// <returns>False when it has subscribed to as much as it may.</returns>
    public bool Subscribe(string filter)
    {
        lock (_gate)
        {
            if (_isOver || (_filters.Count >= identity.Limits.MaxSubscriptions && !_filters.Contains(filter)))
            {
                return false;
            }

            if (_filters.Add(filter))
            {
                index.Add(filter, this);
            }

            return true;
        }
    }

    /// <returns>False when there was no such subscription.</returns>
    public bool Unsubscribe(string filter)
    {
        lock (_gate)
        {
            var isKnown = _filters.Remove(filter);
            if (isKnown)
            {
                index.Remove(filter, this);
            }

            return isKnown;
        }
    }

    /// <summary>Puts a message into its queue, or drops it when too much waits.</summary>
    public void Offer(MqttApplicationMessage message, int bytes)
    {
        lock (_gate)
        {
            var limits = identity.Limits;
            var isFull = _pending >= limits.MaxPending || _pendingBytes + bytes > limits.MaxPendingBytes || metrics.PendingBytes + bytes > maxPendingOfAll;
            if (_isOver)
            {
                return;
            }

            if ((isFull && _pending > 0) || Queue?.TryEnqueueApplicationMessage(message, out _) != true)
            {
                metrics.CountDropped();
                return;
            }

            Count(1, bytes);
        }
    }

    /// <summary>A message has come to its turn. Of sound the oldest is given up when much waits behind it.</summary>
    /// <returns>False when it is not worth sending.</returns>
    public bool IsWanted(MqttPublishPacket packet) => !ReferenceEquals(packet.UserProperties, Qos0) || _pending <= identity.Limits.MaxPendingAtQos0;

    /// <summary>A message has left its queue.</summary>
    public void Left(MqttPublishPacket packet, bool isSent)
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                Count(-1, -(int)packet.Payload.Length);
            }
        }

        if (isSent)
        {
            metrics.CountSent();
        }
        else
        {
            metrics.CountDropped();
        }
    }

    /// <summary>The client is gone: nothing is delivered to it any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                metrics.CountConnected(-1);
                Count(-_pending, -_pendingBytes);
                _isOver = true;
                foreach (var filter in _filters)
                {
                    index.Remove(filter, this);
                }
            }
        }
    }

    private void Count(int messages, int bytes)
    {
        _pending += messages;
        _pendingBytes += bytes;
        metrics.CountPending(bytes);
    }
}
