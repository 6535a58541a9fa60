using SmartRadio.Node.Sound;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>
/// The device's I2S ring as its driver runs it: descriptors of 256 samples, played one after the other for ever by a clock of
/// their own. One that was played can be written again, so the ring begins full of silence, and a write that finds none free
/// waits for the end of the one being played.
/// </summary>
/// <param name="rate">Samples a second.</param>
/// <param name="isDeep">Which of its sizes it has.</param>
/// <param name="now">The µs at which it was opened.</param>
internal sealed class OutputRing(int rate, bool isDeep, long now)
{
    private const int Descriptor = RingPace.Descriptor;

    private readonly int _descriptors = RingSize.Samples(rate, isDeep) / Descriptor;
    private long _written = RingSize.Samples(rate, isDeep);

    /// <summary>Parts per million by which it plays faster than its rate.</summary>
    public double Drift { get; init; }

    /// <summary>Samples that fit.</summary>
    public int Capacity => _descriptors * Descriptor;

    /// <summary>The sample that the next write begins with, counted from the opening.</summary>
    public long Written => _written;

    /// <summary>Samples played from the opening until an instant in µs.</summary>
    public long Played(long at) => (long)((at - now) * (1 + (Drift / 1e6)) * rate / 1e6);

    /// <summary>Samples not yet out at an instant in µs.</summary>
    public int Queued(long at) => (int)Math.Max(0, _written - Played(at));

    /// <summary>Puts samples in.</summary>
    /// <returns>The µs for which the driver holds its caller, and every other thread with it.</returns>
    public long Put(int samples, long at)
    {
        var played = Played(at);
        if (_written <= played)
        {
            // It ran dry: what comes now is heard from the next descriptor on.
            _written = ((played / Descriptor) + 1) * Descriptor;
        }

        var begins = (_written + Descriptor - 1) / Descriptor;
        _written += samples;
        var lastTaken = (_written - 1) / Descriptor;
        // A descriptor is free again when the one of the same place, a round before, was played.
        var free = (lastTaken - _descriptors + 1) * Descriptor;
        return lastTaken < begins || free <= played
            ? 0
            : (long)Math.Ceiling((free - played) * 1e6 / (rate * (1 + (Drift / 1e6))));
    }
}
