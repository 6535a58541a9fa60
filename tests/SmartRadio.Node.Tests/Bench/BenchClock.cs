using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>A node's crystal: wrong by a constant and by a rate.</summary>
internal sealed class BenchClock(World world) : ILocalClock
{
    private readonly long _since = world.Microseconds;
    private long _kept;
    private long _keptAt;

    /// <summary>µs ahead of true time.</summary>
    public long Ahead { get; init; }

    /// <summary>Parts per million too fast.</summary>
    public long Drift { get; init; }

    public long Microseconds => world.Microseconds + Ahead + ((world.Microseconds - _since) * Drift / 1_000_000);

    /// <summary>µs the real-time clock is ahead: right when it was set, and at the crystal's pace since.</summary>
    public long KeptAhead => _kept + ((world.Microseconds - _keptAt) * Drift / 1_000_000);

    public void Keep(long unixMilliseconds)
    {
        _keptAt = world.Microseconds;
        _kept = (unixMilliseconds * 1000) - _keptAt;
    }
}
