namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>The subscriptions at one node, or of one shared group there. Adding and removing take constant time.</summary>
internal sealed class SubscriberList
{
    private Subscription[] _items = new Subscription[1];
    private int _turn;

    public int Count { get; private set; }

    public ReadOnlySpan<Subscription> All => _items.AsSpan(0, Count);

    public void Add(Subscription subscription)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        subscription.List = this;
        subscription.Index = Count;
        _items[Count++] = subscription;
    }

    public void Remove(Subscription subscription)
    {
        var last = _items[--Count];
        last.Index = subscription.Index;
        _items[subscription.Index] = last;
        _items[Count] = null!;
        subscription.List = null;
        if (Count < _items.Length / 4)
        {
            Array.Resize(ref _items, Math.Max(1, _items.Length / 2));
        }
    }

    public void Replace(Subscription old, Subscription with)
    {
        with.List = this;
        with.Index = old.Index;
        _items[old.Index] = with;
        old.List = null;
    }

    /// <summary>Whose turn it is in a shared group: the next one that is connected, else the next one.</summary>
    public Subscription TakeTurn()
    {
        var first = (int)((uint)(Interlocked.Increment(ref _turn) - 1) % (uint)Count);
        for (var i = 0; i < Count; i++)
        {
            var candidate = _items[(first + i) % Count];
            if (candidate.Session.Connection is not null)
            {
                return candidate;
            }
        }

        return _items[first];
    }
}
