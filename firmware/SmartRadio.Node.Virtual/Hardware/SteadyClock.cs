namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>This machine's time, read once as the real-time clock is at power-on, and from then on only counted.</summary>
internal sealed class SteadyClock(TimeProvider time) : ILocalClock
{
    private readonly long _startUnix = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly long _startStamp = time.GetTimestamp();

    public long Microseconds => _startUnix + (time.GetElapsedTime(_startStamp).Ticks / TimeSpan.TicksPerMicrosecond);

    public void Keep(long unixMilliseconds)
    {
        // This machine keeps its own time.
    }
}
