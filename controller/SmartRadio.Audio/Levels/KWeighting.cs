namespace SmartRadio.Audio.Levels;

/// <summary>
/// The two filters of ITU-R BS.1770-4, annex 1, at any sample rate. The recommendation gives coefficients for 48 kHz only; these
/// are the analogue prototypes from which they come, taken to the rate by the bilinear transform.
/// </summary>
internal static class KWeighting
{
    // The shelf that stands for the head: +4 dB above about 1.7 kHz.
    private const double ShelfHz = 1681.974450955533;
    private const double ShelfGainDb = 3.999843853973347;
    private const double ShelfQ = 0.7071752369554196;

    // The low end the ear does not count.
    private const double LowHz = 38.13547087602444;
    private const double LowQ = 0.5003270373238773;

    public static (Biquad Shelf, Biquad HighPass) At(int sampleRate) => (Shelf(sampleRate), Low(sampleRate));

    private static Biquad Shelf(int sampleRate)
    {
        var k = Math.Tan(Math.PI * ShelfHz / sampleRate);
        var high = Math.Pow(10, ShelfGainDb / 20);
        var band = Math.Pow(high, 0.4996667741545416);
        var norm = 1 / (1 + (k / ShelfQ) + (k * k));
        return new Biquad(
            (high + (band * k / ShelfQ) + (k * k)) * norm,
            2 * ((k * k) - high) * norm,
            (high - (band * k / ShelfQ) + (k * k)) * norm,
            2 * ((k * k) - 1) * norm,
            (1 - (k / ShelfQ) + (k * k)) * norm);
    }

    // The recommendation's numerator is 1, -2, 1 without scaling.
    private static Biquad Low(int sampleRate)
    {
        var k = Math.Tan(Math.PI * LowHz / sampleRate);
        var norm = 1 / (1 + (k / LowQ) + (k * k));
        return new Biquad(1, -2, 1, 2 * ((k * k) - 1) * norm, (1 - (k / LowQ) + (k * k)) * norm);
    }
}
