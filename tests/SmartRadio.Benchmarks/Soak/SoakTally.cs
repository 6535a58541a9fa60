namespace SmartRadio.Benchmarks.Soak;

/// <summary>What the load did so far.</summary>
internal sealed class SoakTally
{
    private long _clients;
    private long _published;
    private long _received;
    private long _brokenOff;

    public long Clients => Volatile.Read(ref _clients);

    public long Published => Volatile.Read(ref _published);

    public long Received => Volatile.Read(ref _received);

    public long BrokenOff => Volatile.Read(ref _brokenOff);

    public void CountClient() => Interlocked.Increment(ref _clients);

    public void CountPublished() => Interlocked.Increment(ref _published);

    public void CountReceived() => Interlocked.Increment(ref _received);

    public void CountBrokenOff() => Interlocked.Increment(ref _brokenOff);
}
