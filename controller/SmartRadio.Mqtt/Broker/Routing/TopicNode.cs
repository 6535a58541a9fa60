namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>One level of the subscribed filters. The wildcards are children like others, under their own sign.</summary>
internal sealed class TopicNode(TopicNode? parent, string level)
{
    /// <summary>The first child needs no dictionary: most nodes on the way to a client's own topic have just one.</summary>
    private TopicNode? _first;
    private Dictionary<string, TopicNode>? _others;

    public TopicNode? Parent { get; } = parent;

    public string Level { get; } = level;

    public SubscriberList? Subscribers { get; private set; }

    /// <summary>Shared subscriptions by group.</summary>
    public Dictionary<string, SubscriberList>? Groups { get; private set; }

    public bool IsEmpty => Subscribers is null && Groups is null && _first is null && _others is null;

    public TopicNode? Child(ReadOnlySpan<char> level)
    {
        if (_first is not null && level.SequenceEqual(_first.Level))
        {
            return _first;
        }

        TopicNode? child = null;
        _others?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out child);
        return child;
    }

    public TopicNode GetOrAddChild(ReadOnlySpan<char> level)
    {
        if (Child(level) is { } known)
        {
            return known;
        }

        var child = new TopicNode(this, level.ToString());
        if (_first is null)
        {
            _first = child;
        }
        else
        {
            _others ??= new Dictionary<string, TopicNode>(StringComparer.Ordinal);
            _others.Add(child.Level, child);
        }

        return child;
    }

    public SubscriberList ListOf(string? group)
    {
        if (group is null)
        {
            return Subscribers ??= new SubscriberList();
        }

        Groups ??= new Dictionary<string, SubscriberList>(StringComparer.Ordinal);
        if (!Groups.TryGetValue(group, out var list))
        {
            Groups.Add(group, list = new SubscriberList());
        }

        return list;
    }

    public void DropListIfEmpty(string? group)
    {
        if (group is null)
        {
            Subscribers = Subscribers is { Count: > 0 } ? Subscribers : null;
        }
        else if (Groups is not null && Groups.TryGetValue(group, out var list) && list.Count == 0)
        {
            Groups.Remove(group);
            Groups = Groups.Count > 0 ? Groups : null;
        }
    }

    public void RemoveChild(TopicNode child)
    {
        if (_first == child)
        {
            _first = null;
        }
        else if (_others is not null && _others.Remove(child.Level) && _others.Count == 0)
        {
            _others = null;
        }
    }
}
