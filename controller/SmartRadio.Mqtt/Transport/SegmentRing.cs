using System.Runtime.CompilerServices;

namespace SmartRadio.Mqtt.Transport;

/// <summary>A growing first-in first-out ring. Ten thousand of them lie idle, so it starts with no storage.</summary>
internal struct SegmentRing
{
    private const int FirstCapacity = 2;

    private Segment[]? _items;
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(in Segment segment)
    {
        var items = _items ??= new Segment[FirstCapacity];
        if (Count == items.Length)
        {
            items = Grow(items);
        }

        items[(_head + Count) & (items.Length - 1)] = segment;
        Count++;
    }

    public readonly ref readonly Segment Peek() => ref _items![_head];

    public Segment Dequeue()
    {
        ref var slot = ref _items![_head];
        var segment = slot;
        slot = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return segment;
    }

    /// <summary>Moves the front to a batch: about so many bytes, or one segment. What expired is left out, what waited grows older.</summary>
    /// <returns>The cost of what was left out.</returns>
    public int MoveInto(SendBatch batch, int bytes, TimeProvider time)
    {
        var dropped = 0;
        while (Count > 0 && (batch.Length == 0 || (batch.Length + Peek().Length <= bytes && batch.HasRoomFor(Peek()))))
        {
            var segment = Dequeue();
            var cost = segment.Cost;
            if (segment.Buffer.Expiry is { } expiry)
            {
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                if (expiry.IsOver(now))
                {
                    dropped += cost + (segment.Buffer.Following > 0 ? Drop(Dequeue()) : 0);
                    segment.Buffer.Release();
                    continue;
                }

                segment = new Segment(expiry.Age(segment.Buffer, now));
            }

            batch.Add(segment, cost);
        }

        return dropped;
    }

    /// <summary>Gives back storage that a burst needed.</summary>
    public void TrimWhenEmpty(int keep)
    {
        if (Count == 0 && _items?.Length > keep)
        {
            _items = null;
            _head = 0;
        }
    }

    private static int Drop(in Segment segment)
    {
        segment.Buffer.Release();
        return segment.Cost;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Segment[] Grow(Segment[] full)
    {
        var larger = new Segment[full.Length * 2];
        full.AsSpan(_head).CopyTo(larger);
        full.AsSpan(0, _head).CopyTo(larger.AsSpan(full.Length - _head));
        _head = 0;
        return _items = larger;
    }
}
