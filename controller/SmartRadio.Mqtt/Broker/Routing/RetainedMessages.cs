namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>The last retained message of each topic, bounded in number and bytes.</summary>
internal sealed class RetainedMessages(BrokerCore core)
{
    /// <summary>What a level costs that no other topic shares. So many first ones are taken for shared.</summary>
    private const int LevelCost = 256;
    private const int SharedLevels = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Publication> _byTopic = new(StringComparer.Ordinal);
    private readonly RetainedNode _root = new();
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byTopic.Count;
            }
        }
    }

    /// <summary>Keeps a message in place of the older one; an empty one only removes it. False when a bound is reached.</summary>
    public bool Set(Publication message)
    {
        lock (_gate)
        {
            if (message.Payload.IsEmpty)
            {
                Remove(message.Topic);
                return true;
            }

            var known = _byTopic.TryGetValue(message.Topic, out var old);
            var bytes = _bytes + CostOf(message) - CostOf(old);
            if (MqttTopic.LevelsOf(message.Topic) > TopicTree.MaxLevels || bytes > core.Options.MaxRetainedBytes || (!known && _byTopic.Count >= core.Options.MaxRetainedMessages))
            {
                return false;
            }

            message.Keep();
            if (!message.Topic.StartsWith('$'))
            {
                core.Store?.SaveRetained(message);
            }

            _bytes = bytes;
            _byTopic[message.Topic] = message;
            if (!known)
            {
                _root.Add(message.Topic);
            }

            return true;
        }
    }

    public Publication? Find(string topic, long now)
    {
        lock (_gate)
        {
            return _byTopic.TryGetValue(topic, out var message) && !message.IsExpired(now) ? message : null;
        }
    }

    /// <summary>The topics under a filter that have a message.</summary>
    public List<string> TopicsUnder(string filter)
    {
        var topics = new List<string>();
        lock (_gate)
        {
            if (filter.AsSpan().IndexOfAny('+', '#') >= 0)
            {
                _root.Collect(filter, topics);
            }
            else if (_byTopic.ContainsKey(filter))
            {
                topics.Add(filter);
            }
        }

        return topics;
    }

    public int DropExpired(long now)
    {
        lock (_gate)
        {
            var expired = _byTopic.Values.Where(m => m.IsExpired(now)).Select(m => m.Topic).ToList();
            expired.ForEach(Remove);
            return expired.Count;
        }
    }

    private static int CostOf(Publication? message) => message is null ? 0 : message.Cost + (LevelCost * Math.Max(0, MqttTopic.LevelsOf(message.Topic) - SharedLevels));

    private void Remove(string topic)
    {
        if (_byTopic.Remove(topic, out var old))
        {
            _bytes -= CostOf(old);
            _root.Remove(topic);
            core.Store?.DeleteRetained(topic);
        }
    }
}
