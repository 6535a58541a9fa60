namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>The device's ring of samples (15 DMA descriptors, 480 ms), drained by the node's clock; it falls silent when it runs out.</summary>
/// <param name="rate">Samples a second.</param>
internal sealed class OutputRing(int rate)
{
    /// <summary>Samples that fit.</summary>
    public int Capacity { get; } = rate * 480 / 1000;

    private long _filledAt;
    private long _put;

    /// <summary>Samples not yet out at an instant in µs.</summary>
    public int Queued(long now) => (int)Math.Max(0, _put - ((now - _filledAt) * rate / 1_000_000));

    /// <summary>Puts samples in.</summary>
    /// <returns>µs for which the device would stand still because they do not fit.</returns>
    public long Put(int samples, long now)
    {
        if (Queued(now) == 0)
        {
            _filledAt = now;
            _put = 0;
        }

        _put += samples;
        return Math.Max(0, (long)(Queued(now) - Capacity) * 1_000_000 / rate);
    }
}
