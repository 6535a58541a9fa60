namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>The device's ring of samples (15 DMA descriptors, 480 ms), drained by the node's clock; it falls silent when it runs out.</summary>
/// <param name="rate">Samples a second.</param>
/// <param name="now">The present instant in µs.</param>
internal sealed class OutputRing(int rate, long now)
{
    /// <summary>Samples that fit.</summary>
    public int Capacity { get; } = rate * 480 / 1000;

    private long _filledAt = now;
    private long _put;

    /// <summary>Samples not yet out at an instant in µs.</summary>
    public int Queued(long at) => (int)Math.Max(0, _put - ((at - _filledAt) * rate / 1_000_000));

    /// <summary>Puts samples in.</summary>
    /// <returns>µs for which the device would stand still because they do not fit.</returns>
    public long Put(int samples, long at)
    {
        if (Queued(at) == 0)
        {
            _filledAt = at;
            _put = 0;
        }

        _put += samples;
        return Math.Max(0, (long)(Queued(at) - Capacity) * 1_000_000 / rate);
    }
}
