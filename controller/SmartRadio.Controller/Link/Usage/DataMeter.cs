namespace SmartRadio.Controller.Link.Usage;

/// <summary>Counts the bytes sent to one node this month.</summary>
public sealed class DataMeter
{
    private long _used;

    /// <summary>Bytes so far.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Bytes a month; null = as many as it takes.</summary>
    public long? Budget { get; internal set; }

    public bool IsOver => Used >= Budget;

    /// <summary>What was written down when it was last asked.</summary>
    internal long Saved { get; set; }

    public void Add(long bytes) => Interlocked.Add(ref _used, bytes);

    internal void Begin(long used)
    {
        Interlocked.Exchange(ref _used, used);
        Saved = used;
    }
}
