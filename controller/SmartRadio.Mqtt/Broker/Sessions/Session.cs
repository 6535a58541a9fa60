using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Broker.Storage;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>What the broker knows of a client, connected or away.</summary>
internal sealed class Session
{
    /// <summary>Bytes of an empty one, about.</summary>
    private const int ObjectCost = 600;

    private readonly BrokerCore _core;
    private readonly Lock _gate = new();
    private volatile BrokerConnection? _connection;
    private bool _resumed;
    private SessionDeliveries? _deliveries;
    private HashSet<ushort>? _receivedExactlyOnce;
    private (Publication Message, long DueAt)? _will;

    public Session(string clientId, BrokerCore core)
    {
        _core = core;
        ClientId = clientId;
        Subscriptions = new SessionSubscriptions(this, core);
        core.Budget.Sessions.Add(Cost);
    }

    public string ClientId { get; }

    private int Cost => ObjectCost + (sizeof(char) * ClientId.Length);

    /// <summary>Null while the client is away.</summary>
    public BrokerConnection? Connection => _connection;

    /// <summary>Seconds it outlives its connection; <see cref="uint.MaxValue"/> is for ever.</summary>
    public uint ExpiryInterval { get; set; }

    /// <summary>Unix milliseconds when it ends, while the client is away.</summary>
    public long ExpiresAt { get; set; } = long.MaxValue;

    /// <summary>A will that waits for its delay, and when it is due.</summary>
    public (Publication Message, long DueAt)? Will
    {
        get => _will;
        set
        {
            _core.Budget.Sessions.Add((value?.Message.Cost ?? 0) - (_will?.Message.Cost ?? 0));
            _will = value;
        }
    }

    /// <summary>Whether the durable store has it.</summary>
    public bool IsStored { get; set; }

    /// <summary>Whether the durable store has a will of it.</summary>
    public bool IsWillStored { get; set; }

    public SessionSubscriptions Subscriptions { get; }

    /// <summary>Where changes are kept, if the session outlives its connection and the broker has a store.</summary>
    public DurableStore? Store => ExpiryInterval > 0 ? _core.Store : null;

    /// <summary>Its QoS 1 and 2 messages; made when the first one comes.</summary>
    public SessionDeliveries Deliveries
    {
        get
        {
            lock (_gate)
            {
                return _deliveries ??= new SessionDeliveries(this, _core, _gate, _resumed ? _connection : null);
            }
        }
    }

    public void Attach(BrokerConnection connection)
    {
        lock (_gate)
        {
            _connection = connection;
        }
    }

    /// <summary>Lets QoS 1 and 2 messages flow to the new connection, beginning with those under way when the last one ended.</summary>
    public void Resume(BrokerConnection connection)
    {
        lock (_gate)
        {
            // Another one may have taken the session over meanwhile, and resumes it itself.
            if (_connection == connection)
            {
                _resumed = true;
                _deliveries?.Resume(connection);
            }
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
            _resumed = false;
            _deliveries?.Suspend();
            return true;
        }
    }

    /// <summary>Takes a message, at no better QoS than it was published with.</summary>
    /// <returns>1 when it was queued, 0 when it was dropped.</returns>
    public int Receive(Publication message, MqttQualityOfService granted, bool retain, uint[] identifiers)
    {
        var quality = message.QualityOfService < granted ? message.QualityOfService : granted;
        bool taken;
        if (quality != MqttQualityOfService.AtMostOnce)
        {
            taken = Deliveries.Offer(message, quality, retain, identifiers);
        }
        else if (_connection is { } connection)
        {
            taken = connection.Send(message, retain, identifiers);
        }
        else
        {
            return 0;
        }

        if (!taken)
        {
            _core.Statistics.CountDropped();
        }

        return taken ? 1 : 0;
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

            if (_receivedExactlyOnce.Count >= maximum)
            {
                return null;
            }

            Store?.SaveExactlyOnce(this, packetId);
            return _receivedExactlyOnce.Add(packetId);
        }
    }

    public bool ReleaseExactlyOnce(ushort packetId)
    {
        lock (_gate)
        {
            Store?.DeleteExactlyOnce(this, packetId);
            return _receivedExactlyOnce?.Remove(packetId) ?? false;
        }
    }

    /// <summary>Drops messages that expired while they waited.</summary>
    /// <returns>How many.</returns>
    public int DropExpired(long now)
    {
        lock (_gate)
        {
            return _deliveries?.DropExpired(now) ?? 0;
        }
    }

    /// <summary>Forgets everything. The session is in no registry any more. Called once.</summary>
    public void Clear()
    {
        _core.Budget.Sessions.Add(-Cost);
        Subscriptions.End();
        lock (_gate)
        {
            _deliveries?.Clear();
            _deliveries = null;
            _receivedExactlyOnce = null;
        }
    }
}
