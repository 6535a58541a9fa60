namespace SmartRadio.Audio;

/// <summary>Takes every second sample, after a linear-phase low-pass has removed what would fold: flat to 3.4 kHz, 70 dB down from 4 kHz, at 16 kHz.</summary>
internal sealed class HalfRate : ISampleProvider
{
    // Kaiser's rules for 70 dB and a transition of 600 Hz at 16 kHz ask for 116 taps; an odd number puts a tap on the middle.
    private const int Taps = 119;
    private const double Beta = 6.76;
    private const double Cutoff = 3.7 / 16;
    private const int Delay = Taps / 2;

    private static readonly float[] Filter = Design();

    private readonly Padded source;
    private readonly float[] window = new float[Taps];
    private float[] incoming = [];
    private bool started;

    public HalfRate(ISampleProvider source)
    {
        this.source = new Padded(source, Delay);
    }

    public int SampleRate => source.SampleRate / 2;

    public int Read(Span<float> buffer)
    {
        if (!started)
        {
            // The filter's middle waits for the first sample: one less, for each output takes in two and the first takes in one.
            started = true;
            Span<float> lead = stackalloc float[Delay - 1];
            Push(lead[..source.Read(lead)]);
        }

        if (incoming.Length < 2 * buffer.Length)
        {
            incoming = new float[2 * buffer.Length];
        }

        var read = source.Read(incoming.AsSpan(0, 2 * buffer.Length));
        var count = read / 2;
        for (var i = 0; i < count; i++)
        {
            Push(incoming.AsSpan(2 * i, 2));
            buffer[i] = Filtered();
        }

        return count;
    }

    private void Push(ReadOnlySpan<float> samples)
    {
        window.AsSpan(samples.Length).CopyTo(window);
        samples.CopyTo(window.AsSpan(Taps - samples.Length));
    }

    private float Filtered()
    {
        var sum = 0f;
        for (var i = 0; i < Taps; i++)
        {
            sum += Filter[i] * window[i];
        }

        return sum;
    }

    private static float[] Design()
    {
        var filter = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var x = i - Delay;
            var sinc = x == 0 ? 2 * Cutoff : Math.Sin(2 * Math.PI * Cutoff * x) / (Math.PI * x);
            var edge = (double)x / Delay;
            filter[i] = sinc * Bessel(Beta * Math.Sqrt(1 - (edge * edge))) / Bessel(Beta);
        }

        var sum = filter.Sum();
        return [.. filter.Select(tap => (float)(tap / sum))];
    }

    // The modified Bessel function of the first kind and order 0, by its series.
    private static double Bessel(double x)
    {
        double sum = 1;
        double term = 1;
        for (var k = 1; k < 40; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
