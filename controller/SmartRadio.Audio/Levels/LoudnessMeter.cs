namespace SmartRadio.Audio.Levels;

/// <summary>
/// The integrated loudness of a mono sound by EBU R128, which is ITU-R BS.1770-4: K-weighting, blocks of 400 ms that overlap by
/// three quarters, two gates. NAudio measures no loudness.
/// </summary>
internal sealed class LoudnessMeter
{
    // BS.1770-4: loudness = -0.691 + 10 log10(mean square), so that 997 Hz at full scale in one channel is -3.01 LUFS.
    private const double Offset = -0.691;
    private const double AbsoluteGate = -70;
    private const double RelativeGate = -10;
    private const int HopsPerBlock = 4;
    private const int WindowsPerHop = 10;

    private readonly int _samplesPerWindow;
    private readonly List<float> _windows = [];
    private readonly Biquad _shelf;
    private readonly Biquad _highPass;
    private double _sum;
    private int _count;

    /// <param name="sampleRate">In hertz.</param>
    public LoudnessMeter(int sampleRate)
    {
        _samplesPerWindow = sampleRate / 100;
        (_shelf, _highPass) = KWeighting.At(sampleRate);
    }

    /// <summary>The K-weighted power of each whole 10 ms so far.</summary>
    public IReadOnlyList<float> Windows => _windows;

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            var weighted = _highPass.Next(_shelf.Next(sample));
            _sum += weighted * weighted;
            if (++_count == _samplesPerWindow)
            {
                _windows.Add((float)(_sum / _count));
                _sum = 0;
                _count = 0;
            }
        }
    }

    /// <summary>
    /// The loudness of all that was added, in LUFS; negative infinity for silence. What is shorter than one block is measured
    /// without gates.
    /// </summary>
    /// <param name="gains">What the sound will be raised by; null = nothing.</param>
    public double Integrated(GainCurve? gains = null)
    {
        var hops = Hops(gains).ToList();
        if (hops.Count < HopsPerBlock)
        {
            var total = _sum + _windows.Select((power, i) => power * PowerGain(gains, i) * _samplesPerWindow).Sum();
            var samples = _count + (_windows.Count * _samplesPerWindow);
            return samples == 0 ? double.NegativeInfinity : Loudness(total / samples);
        }

        var audible = Blocks(hops).Where(power => Loudness(power) > AbsoluteGate).ToList();
        if (audible.Count == 0)
        {
            return double.NegativeInfinity;
        }

        var gate = Loudness(audible.Average()) + RelativeGate;
        return Loudness(audible.Where(power => Loudness(power) > gate).Average());
    }

    private static double Loudness(double power) => Offset + (10 * Math.Log10(power));

    private static double PowerGain(GainCurve? gains, int window) => gains is null ? 1 : gains.At(window) * gains.At(window);

    private IEnumerable<double> Hops(GainCurve? gains)
    {
        for (var start = 0; start + WindowsPerHop <= _windows.Count; start += WindowsPerHop)
        {
            double sum = 0;
            for (var i = start; i < start + WindowsPerHop; i++)
            {
                sum += _windows[i] * PowerGain(gains, i);
            }

            yield return sum / WindowsPerHop;
        }
    }

    private static IEnumerable<double> Blocks(List<double> hops)
    {
        for (var i = HopsPerBlock; i <= hops.Count; i++)
        {
            yield return (hops[i - 1] + hops[i - 2] + hops[i - 3] + hops[i - 4]) / HopsPerBlock;
        }
    }
}
