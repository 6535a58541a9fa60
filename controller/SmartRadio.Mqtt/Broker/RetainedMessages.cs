namespace SmartRadio.Mqtt.Broker;

/// <summary>The last message of each retained topic. Only presence is retained, so a node has one.</summary>
internal sealed class RetainedMessages
{
    /// <summary>Bytes beyond which a message is not kept.</summary>
    private const int MaxPayload = 256;

    private readonly Lock _gate = new();
    private readonly SortedSet<BrokerMessage> _messages =
        new(Comparer<BrokerMessage>.Create(static (one, other) => string.CompareOrdinal(one.Topic, other.Topic)));

    /// <summary>Keeps a message, or forgets the topic's when it is empty.</summary>
    public void Keep(BrokerMessage message)
    {
        if (message.Payload.Length > MaxPayload)
        {
            return;
        }

        lock (_gate)
        {
            _messages.Remove(message);
            if (message.Payload.Length > 0)
            {
                _messages.Add(message);
            }
        }
    }

    /// <summary>What a new subscriber to a filter is told first. Looks only at topics that begin as the filter does.</summary>
    public IReadOnlyList<BrokerMessage> Matching(string filter)
    {
        var wildcard = filter.AsSpan().IndexOfAny('+', '#');
        var prefix = wildcard < 0 ? filter : filter[..wildcard];
        // "a/#" matches "a" too.
        var (first, last) = (new BrokerMessage(prefix.TrimEnd('/'), default), new BrokerMessage(prefix + char.MaxValue, default));
        lock (_gate)
        {
            return [.. _messages.GetViewBetween(first, last)
                .Where(each => MqttTopicFilterComparer.Compare(each.Topic, filter) == MqttTopicFilterCompareResult.IsMatch)];
        }
    }
}
