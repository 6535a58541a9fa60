using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>All sessions by client identifier: opening, taking over, ending, and the wills that go with it.</summary>
internal sealed class SessionRegistry(BrokerCore core)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _byClientId = new(StringComparer.Ordinal);
    private readonly SessionWills _wills = new(core);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byClientId.Count;
            }
        }
    }

    /// <summary>Gives a connection its session, greets the client, and takes the session from a connection that had it before.</summary>
    public void Open(BrokerConnection connection, ConnectPacket connect, string clientId, ConnAckPacket greeting)
    {
        BrokerConnection? previous = null;
        Session? ended = null;
        Publication? dueWill = null;
        lock (_gate)
        {
            if (_byClientId.TryGetValue(clientId, out var session))
            {
                previous = session.Connection;
                if (previous is not null && !session.Detach(previous))
                {
                    previous = null;
                }

                if (connect.CleanStart || session.ExpiresAt <= core.Now || session.ExpiryInterval == 0)
                {
                    // One that ended when the broker died is here only for its will, and the client is back in time.
                    ended = session;
                    dueWill = previous?.Will?.Message ?? (session.ExpiryInterval > 0 ? session.Will?.Message : null);
                }
                else if (previous?.Will is { DelayInterval: 0 } undelayed)
                {
                    dueWill = undelayed.Message;
                }
            }

            var resumed = session is not null && ended is null;
            if (!resumed)
            {
                _byClientId[clientId] = session = new Session(clientId, core);
            }

            session!.ExpiryInterval = connection.SessionExpiryInterval;
            session.ExpiresAt = long.MaxValue;
            connection.Session = session;
            if (ended is not null)
            {
                Unstore(ended);
            }

            if (session.ExpiryInterval > 0)
            {
                Store(session);
            }

            _wills.Begin(session, connection.Will);
            connection.Send(greeting with { SessionPresent = resumed });
            session.Attach(connection);
        }

        previous?.Close(MqttReasonCode.SessionTakenOver);
        ended?.Clear();
        _wills.Publish(dueWill);
        connection.Session.Resume(connection);
    }

    /// <summary>The connection is gone. Without a proper farewell its will is due.</summary>
    public void Leave(BrokerConnection connection)
    {
        var session = connection.Session!;
        Publication? dueWill = null;
        bool ended;
        lock (_gate)
        {
            if (!session.Detach(connection))
            {
                return;
            }

            var now = core.Now;
            ended = session.ExpiryInterval == 0;
            session.ExpiresAt = session.ExpiryInterval == uint.MaxValue ? long.MaxValue : now + (session.ExpiryInterval * 1000L);
            if (ended)
            {
                Remove(session);
            }
            else
            {
                Store(session);
            }

            if (connection.Will is { DelayInterval: > 0 } delayed && !ended)
            {
                _wills.Delay(session, delayed, now + (delayed.DelayInterval * 1000L));
            }
            else
            {
                dueWill = connection.Will?.Message;
                _wills.Forget(session);
            }
        }

        _wills.Publish(dueWill);
        if (ended)
        {
            session.Clear();
        }
    }

    /// <summary>Ends the sessions and publishes the wills whose time has come, and drops what expired in outboxes.</summary>
    public void Sweep(long now)
    {
        List<Session> ended = [];
        List<Publication> dueWills = [];
        var expired = 0;
        lock (_gate)
        {
            foreach (var session in _byClientId.Values)
            {
                expired += session.DropExpired(now);
                var ends = session.Connection is null && session.ExpiresAt <= now;
                if (session.Will is { } will && (ends || will.DueAt <= now))
                {
                    _wills.Forget(session);
                    dueWills.Add(will.Message);
                }

                if (ends)
                {
                    ended.Add(session);
                }
            }

            ended.ForEach(Remove);
        }

        core.Statistics.CountExpired(expired);
        dueWills.ForEach(_wills.Publish);
        ended.ForEach(s => s.Clear());
    }

    /// <summary>Puts back a session the store held.</summary>
    public void Restore(Session session)
    {
        lock (_gate)
        {
            _byClientId[session.ClientId] = session;
        }
    }

    public Session? Find(string clientId)
    {
        lock (_gate)
        {
            return _byClientId.GetValueOrDefault(clientId);
        }
    }

    private void Remove(Session session)
    {
        _byClientId.Remove(session.ClientId);
        Unstore(session);
    }

    private void Store(Session session)
    {
        core.Store?.SaveSession(session);
        session.IsStored = core.Store is not null;
    }

    private void Unstore(Session session)
    {
        // First of all, or a message of this moment would be stored for a session that the store has no more.
        session.Subscriptions.End();
        _wills.Forget(session);
        if (session.IsStored)
        {
            core.Store?.DeleteSession(session);
        }
    }
}
