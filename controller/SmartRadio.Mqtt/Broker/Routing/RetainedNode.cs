namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>One level of the topics that have a retained message.</summary>
internal sealed class RetainedNode
{
    private Dictionary<string, RetainedNode>? _children;
    private string? _topic;

    private bool IsEmpty => _topic is null && _children is null;

    public void Add(string topic)
    {
        var node = this;
        ReadOnlySpan<char> rest = topic;
        for (var more = true; more;)
        {
            var level = MqttTopic.NextLevel(ref rest, out more);
            var children = (node._children ??= new Dictionary<string, RetainedNode>(1, StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();
            if (!children.TryGetValue(level, out var child))
            {
                children[level] = child = new RetainedNode();
            }

            node = child;
        }

        node._topic = topic;
    }

    public void Remove(string topic) => Remove(topic, more: true);

    /// <summary>Appends the topics under a valid filter. Wildcards at the first level pass by topics that begin with '$'.</summary>
    public void Collect(ReadOnlySpan<char> filter, List<string> topics) => Collect(filter, more: true, atRoot: true, topics);

    private void Remove(ReadOnlySpan<char> rest, bool more)
    {
        if (!more)
        {
            _topic = null;
            return;
        }

        var level = MqttTopic.NextLevel(ref rest, out var further);
        if (_children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child))
        {
            child.Remove(rest, further);
            if (child.IsEmpty)
            {
                _children.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
                _children = _children.Count > 0 ? _children : null;
            }
        }
    }

    private void Collect(ReadOnlySpan<char> rest, bool more, bool atRoot, List<string> topics)
    {
        if (!more)
        {
            Append(topics);
            return;
        }

        var level = MqttTopic.NextLevel(ref rest, out var further);
        if (level is "#")
        {
            CollectAll(atRoot, topics);
            return;
        }

        if (_children is null)
        {
            return;
        }

        if (level is "+")
        {
            foreach (var (name, child) in _children)
            {
                if (!(atRoot && name.StartsWith('$')))
                {
                    child.Collect(rest, further, atRoot: false, topics);
                }
            }
        }
        else if (_children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child))
        {
            child.Collect(rest, further, atRoot: false, topics);
        }
    }

    private void CollectAll(bool atRoot, List<string> topics)
    {
        Append(topics);
        foreach (var (name, child) in _children ?? [])
        {
            if (!(atRoot && name.StartsWith('$')))
            {
                child.CollectAll(atRoot: false, topics);
            }
        }
    }

    private void Append(List<string> topics)
    {
        if (_topic is not null)
        {
            topics.Add(_topic);
        }
    }
}
