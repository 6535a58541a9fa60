using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Broker.Routing;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>
/// The wills of clients that are connected, or away for less than the will's delay: kept in the store, so that they are
/// published even if the broker dies first. Called while the registry's gate is held, but for <see cref="Publish"/>.
/// </summary>
internal sealed class SessionWills(BrokerCore core)
{
    /// <summary>While the client is connected the will is not due at any time.</summary>
    public const long NotDue = long.MaxValue;

    /// <summary>A client came in, with a will or without; what an earlier connection left is void.</summary>
    public void Begin(Session session, ConnectionWill? will)
    {
        session.Will = null;
        if (will is null)
        {
            Forget(session);
        }
        else if (core.Store is { } store)
        {
            store.SaveWill(session, will.Message, will.DelayInterval, NotDue);
            session.IsWillStored = true;
        }
    }

    /// <summary>The client vanished and its session goes on: the will waits.</summary>
    public void Delay(Session session, ConnectionWill will, long dueAt)
    {
        session.Will = (will.Message, dueAt);
        core.Store?.SaveWill(session, will.Message, will.DelayInterval, dueAt);
        session.IsWillStored = core.Store is not null;
    }

    /// <summary>It was published, or taken back.</summary>
    public void Forget(Session session)
    {
        session.Will = null;
        if (session.IsWillStored)
        {
            core.Store?.DeleteWill(session);
            session.IsWillStored = false;
        }
    }

    /// <summary>Outside the gate: others are sent to.</summary>
    public void Publish(Publication? will)
    {
        if (will is not null)
        {
            core.Router.Publish(will.Restarted(core.Now), origin: null);
        }
    }
}
