namespace SmartRadio.Node.Tests.Bench;

/// <summary>True time, moved by the test. Deliveries happen at their instants.</summary>
internal sealed class World
{
    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private long _order;

    /// <summary>Friday, 20 November 2026, 05:00 in Viet Nam.</summary>
    public const long Dawn = 1795125600000;

    /// <summary>
    /// Unix microseconds. It begins in the middle of a millisecond, which is what cutting to milliseconds loses on average.
    /// </summary>
    public long Microseconds { get; private set; } = (Dawn * 1000) + 500;

    /// <summary>Unix milliseconds.</summary>
    public long Now => Microseconds / 1000;

    /// <summary>Lets something happen later; at the same instant, in the order asked for.</summary>
    public void After(long microseconds, Action what) => _due.Enqueue(what, (Microseconds + microseconds, _order++));

    /// <summary>Moves on by at most so much, stopping where something happens.</summary>
    public void Advance(long microseconds)
    {
        var until = Microseconds + microseconds;
        if (_due.TryPeek(out _, out var next) && next.At <= until)
        {
            Microseconds = Math.Max(Microseconds, next.At);
            _due.Dequeue()();
        }
        else
        {
            Microseconds = until;
        }
    }
}
