namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>Seconds in which nothing of a node runs: what reaches it meanwhile it is told afterwards, in order.</summary>
/// <param name="time">This machine's.</param>
internal sealed class Standstill(TimeProvider time)
{
    private readonly Queue<Action> _held = [];
    private long _until;

    /// <summary>How long it still lasts.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = time.GetElapsedTime(time.GetTimestamp(), _until);
            return _until == 0 || left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <summary>Begins one, or makes the one there is longer.</summary>
    public void Begin(TimeSpan length)
    {
        var until = time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency);
        _until = Math.Max(_until, until);
    }

    /// <summary>Does something now, or when what came before it is done.</summary>
    public void Do(Action what)
    {
        if (Left > TimeSpan.Zero || _held.Count > 0)
        {
            _held.Enqueue(what);
        }
        else
        {
            what();
        }
    }

    /// <summary>Does what was held.</summary>
    public void End()
    {
        while (_held.TryDequeue(out var what))
        {
            what();
        }
    }
}
