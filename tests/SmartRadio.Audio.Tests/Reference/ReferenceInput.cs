using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Reference;

/// <summary>
/// A sound that is the same on every machine: computed, mixed to one channel, taken to 16 kHz and rounded to 16 bits here. ffmpeg
/// passes such samples through unchanged; its mixer and its resampler give other last bits on other versions and processors.
/// </summary>
/// <param name="Name">Names its objects.</param>
/// <param name="Samples">16 kHz, mono, each a whole number of 32,768ths.</param>
/// <param name="Preparation">What its author chose.</param>
internal sealed record ReferenceInput(string Name, float[] Samples, PreparationOptions Preparation)
{
    private const int Rate = Master.SampleRate;

    private static readonly PreparationOptions Unfiltered = new() { Before = [], HighPassHz = null };

    /// <summary>Ten sounds of the kinds that take different ways through the chain.</summary>
    public static IReadOnlyList<ReferenceInput> All { get; } =
    [
        Make("tone", PreparationOptions.Default, 4, t => 0.25 * Wave(1000, t)),
        Make("short-tones", Unfiltered, 0.3, t => (0.3 * Wave(120, t)) + (0.2 * Wave(3010, t))),
        Make("sweep", new() { Before = [new ChimePart(Chime.ThreeTone)] }, 5, t => 0.5 * Math.Sin(2 * Math.PI * ((50 * t) + (745 * t * t)))),
        Make("noise", new() { HighPassHz = 20 }, 4.01, Noise(21, 0.4)),
        Make("speech-like", PreparationOptions.Default, 8, t => 0.3 * Voice(t)),
        Make("silence-led", Studio.Plain, 9, Sum(t => t is > 5 and < 7.5 ? 0.2 * Voice(t) : 0, Noise(22, 0.0004))),
        Make("very-quiet", Studio.Plain, 5, t => 0.008 * Voice(t)),
        Make("clipped", Studio.Plain, 5, t => 6 * Voice(t)),
        Make("stereo-44100", PreparationOptions.Default, 4,
            Sampled(44_100, t => 0.5 * ((0.6 * Wave(440, t)) + (0.4 * Voice(t))))),
        Make("telephone-8000", new() { HighPassHz = 1000 }, 6.003, Sampled(8_000, Sum(t => 0.1 * Voice(t), Noise(23, 0.01)))),
    ];

    private static ReferenceInput Make(string name, PreparationOptions preparation, double seconds, Func<double, double> wave) =>
        new(name, [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => Round(wave((double)i / Rate)))], preparation);

    private static float Round(double sample) => (float)(Math.Clamp(Math.Round(sample * 32_768), -32_768, 32_767) / 32_768);

    private static double Wave(double hertz, double t) => Math.Sin(2 * Math.PI * hertz * t);

    // Ten harmonics that rise and fall, four syllables a second, with a pause of half a second after every two seconds.
    private static double Voice(double t)
    {
        var pitch = 140 + (20 * Math.Sin(2 * Math.PI * 0.7 * t));
        var syllable = t % 2.5 < 2 ? 0.5 - (0.5 * Math.Cos(2 * Math.PI * 4 * t)) : 0;
        return syllable * Enumerable.Range(1, 10).Sum(k => Math.Sin(k * 2 * Math.PI * pitch * t) / k) / 2;
    }

    // The instant is not looked at: a value for each call, in order.
    private static Func<double, double> Noise(int seed, double amplitude)
    {
        var random = new Random(seed);
        return _ => amplitude * ((2 * random.NextDouble()) - 1);
    }

    private static Func<double, double> Sum(Func<double, double> one, Func<double, double> other) => t => one(t) + other(t);

    // As if it had been sampled at another rate: straight lines between its samples.
    private static Func<double, double> Sampled(int rate, Func<double, double> wave)
    {
        var samples = new List<double>();
        return t =>
        {
            var place = t * rate;
            while (samples.Count < (int)place + 2)
            {
                samples.Add(wave((double)samples.Count / rate));
            }

            return double.Lerp(samples[(int)place], samples[(int)place + 1], place - (int)place);
        };
    }
}
