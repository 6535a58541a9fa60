namespace SmartRadio.Audio.Levels;

/// <summary>
/// How high the wave between samples rises, as BS.1770-4 annex 2 finds it: four times oversampling by a polyphase filter. It has
/// twice the taps of that one, which is made for 48 kHz: at 16 kHz speech reaches nearer to half of the rate. Answers come
/// <see cref="Delay"/> samples late, for the filter looks both ways.
/// </summary>
internal sealed class TruePeak
{
    /// <summary>By how many samples an answer follows the sample it is about.</summary>
    public const int Delay = Taps / 2;

    private const int Taps = 24;
    private const int Phases = 3; // a quarter, a half and three quarters of the way to the next sample
    private static readonly float[][] Filters = [.. Enumerable.Range(1, Phases).Select(Filter)];

    // Twice the length, so that the last samples always lie side by side.
    private readonly float[] _history = new float[2 * Taps];
    private int _position;
    private float _after;

    /// <summary>
    /// Takes a sample; returns the highest magnitude from the neighbour before to the neighbour after the sample
    /// <see cref="Delay"/> ago.
    /// </summary>
    public float Next(float sample)
    {
        _history[_position] = sample;
        _history[_position + Taps] = sample;
        _position = _position + 1 == Taps ? 0 : _position + 1;
        var window = _history.AsSpan(_position, Taps); // oldest first
        var before = _after;
        _after = 0;
        foreach (var filter in Filters)
        {
            _after = Math.Max(_after, Math.Abs(Fir.Apply(filter, window)));
        }

        return Math.Max(Math.Abs(window[Taps - 1 - Delay]), Math.Max(before, _after));
    }

    // A sinc under a Hann window, for the point a fraction of the way from the sample in question to the next.
    private static float[] Filter(int phase)
    {
        var filter = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var x = i - (Taps - 1 - Delay) - (phase / (Phases + 1.0));
            filter[i] = Math.Sin(Math.PI * x) / (Math.PI * x) * (0.5 + (0.5 * Math.Cos(Math.PI * x / (Delay + 0.5))));
        }

        var sum = filter.Sum();
        return [.. filter.Select(tap => (float)(tap / sum))];
    }
}
