namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>All subscriptions by filter. Finding those of a topic costs as many steps as there are matching nodes, whoever else is subscribed.</summary>
internal sealed class TopicTree : IDisposable
{
    /// <summary>Levels of a filter; the search is as deep. Between them are 200 slashes, as many as mosquitto takes.</summary>
    public const int MaxLevels = 201;

    private readonly TopicNode _root = new(null, "");
    private readonly ReaderWriterLockSlim _lock = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a subscription, in place of an older one of the same session to the same filter.</summary>
    public void Add(Subscription subscription, Subscription? old)
    {
        var (node, group) = Split(subscription.Request.Filter, out var filter);
        _lock.EnterWriteLock();
        try
        {
            if (old?.List is { } list)
            {
                list.Replace(old, subscription);
                return;
            }

            for (var more = true; more;)
            {
                node = node.GetOrAddChild(MqttTopic.NextLevel(ref filter, out more));
            }

            node.ListOf(group).Add(subscription);
            _count++;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Remove(Subscription subscription)
    {
        var (node, group) = Split(subscription.Request.Filter, out var filter);
        _lock.EnterWriteLock();
        try
        {
            if (subscription.List is null)
            {
                return;
            }

            for (var more = true; more;)
            {
                node = node.Child(MqttTopic.NextLevel(ref filter, out more))!;
            }

            subscription.List.Remove(subscription);
            node.DropListIfEmpty(group);
            while (node.IsEmpty && node.Parent is { } parent)
            {
                parent.RemoveChild(node);
                node = parent;
            }

            _count--;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Holds off changes while what was collected is looked at. Receivers are only queued to under it, never sent to.</summary>
    public void EnterRead() => _lock.EnterReadLock();

    public void ExitRead() => _lock.ExitReadLock();

    /// <summary>Appends the nodes whose filters match a topic.</summary>
    public void Collect(ReadOnlySpan<char> topic, List<TopicNode> matches) =>
        Collect(_root, topic, atRoot: true, moreTopic: true, matches);

    public void Dispose() => _lock.Dispose();

    private static void Collect(TopicNode node, ReadOnlySpan<char> rest, bool atRoot, bool moreTopic, List<TopicNode> matches)
    {
        // Wildcards at the first level do not reach topics that begin with '$' (MQTT 5, 4.7.2).
        var wildcards = !atRoot || rest.IsEmpty || rest[0] != '$';
        if (wildcards && node.Child("#") is { } hash)
        {
            matches.Add(hash);
        }

        if (!moreTopic)
        {
            if (node.Subscribers is not null || node.Groups is not null)
            {
                matches.Add(node);
            }

            return;
        }

        var level = MqttTopic.NextLevel(ref rest, out var more);
        if (node.Child(level) is { } exact)
        {
            Collect(exact, rest, atRoot: false, more, matches);
        }

        if (wildcards && node.Child("+") is { } plus)
        {
            Collect(plus, rest, atRoot: false, more, matches);
        }
    }

    private (TopicNode Root, string? Group) Split(string whole, out ReadOnlySpan<char> filter)
    {
        if (MqttTopic.TrySplitShared(whole, out var group, out filter))
        {
            return (_root, group.ToString());
        }

        filter = whole;
        return (_root, null);
    }
}
