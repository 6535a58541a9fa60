using SmartRadio.Mqtt.Broker.Routing;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>What a session is subscribed to, by filter. Changed by the connection that owns the session, and ended by whoever ends the session, at any time.</summary>
internal sealed class SessionSubscriptions(Session session, BrokerCore core)
{
    /// <summary>Characters of all filters together: a thousand filters as long as MQTT allows would be a hundred megabytes.</summary>
    private const int MaxCharacters = 128 * 1024;

    /// <summary>Bytes of a subscription and its place in the topic tree, about.</summary>
    private const int ObjectCost = 300;

    /// <summary>Also the lock: the topic tree's own is taken under it, never the other way round.</summary>
    private readonly Dictionary<string, Subscription> _byFilter = new(1, StringComparer.Ordinal);
    private int _characters;
    private bool _ended;

    /// <summary>Whether one more may be added; renewing one that is there always may.</summary>
    public bool HasRoomFor(string filter)
    {
        lock (_byFilter)
        {
            return _byFilter.ContainsKey(filter)
                || (_byFilter.Count < core.Options.MaxSubscriptionsPerClient && _characters + filter.Length <= MaxCharacters);
        }
    }

    /// <summary>Adds a subscription, in place of an older one to the same filter.</summary>
    /// <returns>Whether there was none; null when the session is over and nothing was added.</returns>
    public bool? Add(Subscription subscription)
    {
        var filter = subscription.Request.Filter;
        lock (_byFilter)
        {
            if (_ended)
            {
                return null;
            }

            _byFilter.TryGetValue(filter, out var old);
            core.Topics.Add(subscription, old);
            _byFilter[filter] = subscription;
            if (session.ExpiryInterval > 0)
            {
                core.Store?.SaveSubscription(subscription);
            }

            if (old is null)
            {
                Count(filter, 1);
            }

            return old is null;
        }
    }

    /// <summary>Puts back what the store held.</summary>
    public void Restore(Subscription subscription)
    {
        core.Topics.Add(subscription, old: null);
        _byFilter.Add(subscription.Request.Filter, subscription);
        Count(subscription.Request.Filter, 1);
    }

    /// <summary>Whether there was one.</summary>
    public bool Remove(string filter)
    {
        lock (_byFilter)
        {
            if (!_byFilter.Remove(filter, out var old))
            {
                return false;
            }

            core.Topics.Remove(old);
            core.Store?.DeleteSubscription(old);
            Count(filter, -1);
            return true;
        }
    }

    /// <summary>The session is over; its rows went with it.</summary>
    public void End()
    {
        lock (_byFilter)
        {
            _ended = true;
            foreach (var (filter, subscription) in _byFilter)
            {
                core.Topics.Remove(subscription);
                Count(filter, -1);
            }

            _byFilter.Clear();
        }
    }

    private void Count(string filter, int sign)
    {
        _characters += sign * filter.Length;
        core.Budget.Sessions.Add(sign * (ObjectCost + (sizeof(char) * filter.Length)));
    }
}
