namespace SmartRadio.Mqtt.Broker;

/// <summary>The last message of each retained topic. Only presence is retained, so a node has one.</summary>
internal sealed class RetainedMessages
{
    /// <summary>Bytes beyond which a message is not kept.</summary>
    private const int MaxPayload = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _messages = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _topics = new(StringComparer.Ordinal);

    /// <summary>Keeps a message, or forgets the topic's when it is empty.</summary>
    public void Keep(string topic, byte[] payload)
    {
        lock (_gate)
        {
            if (payload.Length == 0)
            {
                _messages.Remove(topic);
                _topics.Remove(topic);
            }
            else if (payload.Length <= MaxPayload)
            {
                _messages[topic] = payload;
                _topics.Add(topic);
            }
        }
    }

    /// <summary>What a new subscriber to a filter is told first. Looks only at topics that begin as the filter does.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Matching(string filter)
    {
        var wildcard = filter.AsSpan().IndexOfAny('+', '#');
        var prefix = wildcard < 0 ? filter : filter[..wildcard];
        lock (_gate)
        {
            // "a/#" matches "a" too.
            return [.. _topics.GetViewBetween(prefix.TrimEnd('/'), prefix + char.MaxValue)
                .Where(topic => MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch)
                .Select(topic => KeyValuePair.Create(topic, _messages[topic]))];
        }
    }
}
