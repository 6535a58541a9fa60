namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// Who subscribed to what: a tree of topic levels, so that a message looks only at filters that begin as its topic does
/// (MQTT 5, 4.7). MQTTnet's own server walks every session for every message instead.
/// </summary>
internal sealed class TopicIndex<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Level _root = new();

    /// <summary>Levels looked at by all searches so far: what messages cost, whoever else is subscribed.</summary>
    public long Looked { get; private set; }

    /// <param name="filter">A well-formed filter.</param>
    /// <param name="subscriber">Not subscribed to it yet.</param>
    public void Add(string filter, T subscriber)
    {
        lock (_gate)
        {
            var level = _root;
            foreach (var name in filter.Split('/'))
            {
                level.Below ??= new(StringComparer.Ordinal);
                level = level.Below.TryGetValue(name, out var next) ? next : level.Below[name] = new Level();
            }

            level.Subscribers.Add(subscriber);
            level.Snapshot = null;
        }
    }

    public void Remove(string filter, T subscriber)
    {
        lock (_gate)
        {
            Remove(_root, filter.Split('/'), subscriber);
        }
    }

    /// <summary>Those who shall have a message: a list for each filter that matches. The lists never change.</summary>
    /// <param name="topic">A topic without wildcards.</param>
    /// <param name="found">Gets the lists. A subscriber with two matching filters is in two.</param>
    public void Find(string topic, List<T[]> found)
    {
        lock (_gate)
        {
            Find(_root, topic, 0, found);
        }
    }

    private static void Remove(Level level, ReadOnlySpan<string> names, T subscriber)
    {
        if (names.IsEmpty)
        {
            level.Subscribers.Remove(subscriber);
            level.Snapshot = null;
        }
        else if (level.Below?.TryGetValue(names[0], out var next) == true)
        {
            Remove(next, names[1..], subscriber);
            if (next.Subscribers.Count == 0 && next.Below is null or { Count: 0 })
            {
                level.Below.Remove(names[0]);
            }
        }
    }

    private void Find(Level? level, string topic, int start, List<T[]> found)
    {
        if (level is null)
        {
            return;
        }

        Looked++;
        // No filter that begins with a wildcard matches a topic of the broker's own (MQTT 5, 4.7.2).
        var wildcards = start > 0 || !topic.StartsWith('$');
        // a/# matches a too.
        Take(wildcards ? level.Get("#") : null, found);
        if (start > topic.Length)
        {
            Take(level, found);
            return;
        }

        var end = topic.IndexOf('/', start) is >= 0 and var slash ? slash : topic.Length;
        Find(level.Get(topic.AsSpan(start..end)), topic, end + 1, found);
        Find(wildcards ? level.Get("+") : null, topic, end + 1, found);
    }

    private static void Take(Level? level, List<T[]> found)
    {
        if (level is { Subscribers.Count: > 0 })
        {
            found.Add(level.Snapshot ??= [.. level.Subscribers]);
        }
    }

    private sealed class Level
    {
        public List<T> Subscribers { get; } = [];

        /// <summary>Made when it is asked for after a change: a stream's many listeners come and go together.</summary>
        public T[]? Snapshot { get; set; }

        public Dictionary<string, Level>? Below { get; set; }

        public Level? Get(ReadOnlySpan<char> name) =>
            Below is not null && Below.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var level) ? level : null;
    }
}
