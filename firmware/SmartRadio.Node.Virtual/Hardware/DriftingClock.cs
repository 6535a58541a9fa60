using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>
/// This machine's time, read once as the real-time clock is at power-on, and from then on only counted, a little fast or slow.
/// </summary>
/// <param name="time">This machine's.</param>
/// <param name="drift">Parts per million too fast.</param>
internal sealed class DriftingClock(TimeProvider time, double drift) : ILocalClock
{
    private readonly long _startUnix = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly long _startStamp = time.GetTimestamp();

    public long Microseconds
    {
        get
        {
            var counted = time.GetElapsedTime(_startStamp).Ticks / TimeSpan.TicksPerMicrosecond;
            return _startUnix + counted + (long)(counted * drift / 1e6);
        }
    }

    public void Keep(long unixMilliseconds)
    {
        // This machine keeps its own time.
    }
}
