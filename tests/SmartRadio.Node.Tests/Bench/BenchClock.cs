namespace SmartRadio.Node.Tests.Bench;

/// <summary>A node's crystal: wrong by a constant and by a rate.</summary>
internal sealed class BenchClock(World world) : ILocalClock
{
    private readonly long _since = world.Microseconds;

    /// <summary>µs ahead of true time.</summary>
    public long Ahead { get; init; }

    /// <summary>Parts per million too fast.</summary>
    public long Drift { get; init; }

    public long Microseconds => world.Microseconds + Ahead + ((world.Microseconds - _since) * Drift / 1_000_000);

    public long Kept { get; private set; }

    public void Keep(long unixMilliseconds) => Kept = unixMilliseconds;
}
