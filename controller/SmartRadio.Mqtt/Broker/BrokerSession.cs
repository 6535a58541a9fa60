namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// A client that has signed in, and what waits for it. MQTTnet's own queue counts messages, not bytes, knows no bound over all
/// sessions and cannot give up the oldest of one kind; so messages wait here, and MQTTnet's queue holds a turn to send some.
/// </summary>
internal sealed class BrokerSession(
    BrokerConnection connection,
    BrokerIdentity identity,
    TopicIndex<BrokerSession> index,
    BrokerMetrics metrics,
    long maxPendingOfAll)
{
    /// <summary>
    /// Bytes of payload sent in one turn: what waits goes out together, but the first of a burst reaches everybody soon.
    /// </summary>
    private const int MaxTurn = 32 * 1024;

    private static readonly MqttApplicationMessage Turn = new() { Topic = string.Empty };

    // Type, length, topic length and an empty list of properties.
    private const int MostHeader = 10;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private readonly Queue<(long Number, BrokerMessage Message)> _atQos0 = new();
    private readonly Queue<(long Number, BrokerMessage Message)> _others = new();
    private long _lastNumber;
    private bool _hasTurn;
    private (int Messages, int Bytes) _turn;
    private int _pendingBytes;
    private bool _isOver;

    public BrokerConnection Connection => connection;

    public BrokerIdentity Identity => identity;

    /// <summary>Messages that wait for it, those being sent included.</summary>
    public int Pending { get; private set; }

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
            index.Remove(filter, this);
            return _filters.Remove(filter);
        }
    }

    /// <summary>
    /// Lets a message wait for its turn. When too much waits it is dropped, but of those at QoS 0, such as sound, the oldest is.
    /// </summary>
    public void Offer(BrokerMessage message)
    {
        lock (_gate)
        {
            var bytes = (int)message.Payload.Length;
            while (message.IsAtQos0 && _atQos0.Count > 0 && (_atQos0.Count >= identity.Limits.MaxPendingAtQos0 || IsFull(bytes)))
            {
                Count(-1, -(int)_atQos0.Dequeue().Message.Payload.Length);
                metrics.CountDropped();
            }

            // A client takes no larger packets than it may send: it would break its connection.
            if (IsFull(bytes) || bytes + message.Topic.Length + MostHeader > identity.Limits.MaxPacket)
            {
                metrics.CountDropped();
            }
            else if (!_isOver)
            {
                (message.IsAtQos0 ? _atQos0 : _others).Enqueue((++_lastNumber, message));
                Count(1, bytes);
                TakeTurn();
            }
        }
    }

    /// <summary>A turn has come: fills the packet with the message that has waited longest.</summary>
    /// <returns>False when none waits, or enough for one turn has been taken.</returns>
    public bool TryTake(MqttPublishPacket packet)
    {
        lock (_gate)
        {
            var isOther = _others.TryPeek(out var other) && !(_atQos0.TryPeek(out var atQos0) && atQos0.Number < other.Number);
            if (_turn.Bytes >= MaxTurn || !(isOther ? _others : _atQos0).TryDequeue(out var next))
            {
                return false;
            }

            _turn = (_turn.Messages + 1, _turn.Bytes + (int)next.Message.Payload.Length);
            (packet.Topic, packet.Payload, packet.Retain) = (next.Message.Topic, next.Message.Payload, next.Message.IsRetained);
            return true;
        }
    }

    /// <summary>The turn is over: what was taken has been handed to the connection. What waits still gets another.</summary>
    public void EndTurn()
    {
        lock (_gate)
        {
            metrics.Sent.Add(_turn.Messages);
            if (!_isOver)
            {
                Count(-_turn.Messages, -_turn.Bytes);
            }

            (_turn, _hasTurn) = (default, false);
            TakeTurn();
        }
    }

    /// <summary>The client is gone: nothing is delivered to it any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            metrics.CountConnected(-1);
            Count(-Pending, -_pendingBytes);
            _atQos0.Clear();
            _others.Clear();
            foreach (var filter in _filters)
            {
                index.Remove(filter, this);
            }
        }
    }

    private bool IsFull(int bytes) => Pending > 0
        && (Pending >= identity.Limits.MaxPending || _pendingBytes + bytes > identity.Limits.MaxPendingBytes
            || (_pendingBytes + bytes > identity.Limits.AssuredBytes && metrics.PendingBytes + bytes > maxPendingOfAll));

    private void TakeTurn()
    {
        if (!_hasTurn && _atQos0.Count + _others.Count > 0)
        {
            _hasTurn = Queue!.TryEnqueueApplicationMessage(Turn, out _);
        }
    }

    private void Count(int messages, int bytes)
    {
        Pending += messages;
        _pendingBytes += bytes;
        metrics.CountPending(bytes);
    }
}
