namespace SmartRadio.Mqtt.Broker;

/// <summary>Counts since the start. A snapshot may be read at any time.</summary>
public sealed class BrokerStatistics
{
    private long _received;
    private long _sent;
    private long _dropped;
    private long _expired;
    private long _refusedConnections;
    private long _refusedPublishes;
    private long _refusedSubscriptions;
    private long _untoldRefusals;
    private long _protocolErrors;

    /// <summary>Messages that clients published.</summary>
    public long MessagesReceived => Volatile.Read(ref _received);

    /// <summary>Messages queued to receivers.</summary>
    public long MessagesSent => Volatile.Read(ref _sent);

    /// <summary>Deliveries given up because a bound was reached.</summary>
    public long MessagesDropped => Volatile.Read(ref _dropped);

    /// <summary>Deliveries given up because the message expired.</summary>
    public long MessagesExpired => Volatile.Read(ref _expired);

    /// <summary>CONNECTs refused, connections above the limit and TLS that failed.</summary>
    public long ConnectionsRefused => Volatile.Read(ref _refusedConnections);

    public long PublishesRefused => Volatile.Read(ref _refusedPublishes);

    /// <summary>Filters refused; one SUBSCRIBE may hold several.</summary>
    public long SubscriptionsRefused => Volatile.Read(ref _refusedSubscriptions);

    /// <summary>Refusals that <see cref="IMqttRefusals"/> was not told of, because they were too many.</summary>
    public long RefusalsNotTold => Volatile.Read(ref _untoldRefusals);

    /// <summary>Connections closed because the other side broke the protocol.</summary>
    public long ProtocolErrors => Volatile.Read(ref _protocolErrors);

    internal void CountReceived() => Interlocked.Increment(ref _received);

    internal void CountSent(int messages) => Interlocked.Add(ref _sent, messages);

    internal void CountDropped(int messages = 1) => Interlocked.Add(ref _dropped, messages);

    internal void CountExpired(int messages) => Interlocked.Add(ref _expired, messages);

    internal void CountRefusedConnection() => Interlocked.Increment(ref _refusedConnections);

    internal void CountRefusedPublish() => Interlocked.Increment(ref _refusedPublishes);

    internal void CountRefusedSubscription() => Interlocked.Increment(ref _refusedSubscriptions);

    internal void CountUntoldRefusal() => Interlocked.Increment(ref _untoldRefusals);

    internal void CountProtocolError() => Interlocked.Increment(ref _protocolErrors);
}
