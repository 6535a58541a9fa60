namespace SmartRadio.Simulation.World;

/// <summary>
/// True time and all that is going to happen. Things due at the same instant happen in the order they were asked for.
/// </summary>
internal sealed class Agenda(long start)
{
    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private long _order;

    /// <summary>Unix microseconds.</summary>
    public long Now { get; private set; } = start;

    /// <summary>Unix milliseconds.</summary>
    public long Milliseconds => Now / 1000;

    /// <summary>Things that have happened.</summary>
    public long Steps { get; private set; }

    public void At(long instant, Action what) => _due.Enqueue(what, (Math.Max(instant, Now), _order++));

    public void After(long microseconds, Action what) => At(Now + microseconds, what);

    public void After(TimeSpan wait, Action what) => At(Now + wait.Microseconds(), what);

    /// <summary>
    /// Does the next thing that is due before an instant; false when there is none, and then it is that instant.
    /// </summary>
    public bool Step(long until)
    {
        if (!_due.TryPeek(out _, out var next) || next.At > until)
        {
            Now = until;
            return false;
        }

        Now = next.At;
        Steps++;
        _due.Dequeue()();
        return true;
    }
}
