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

    private readonly int _samplesPerHop;
    private readonly List<double> _hops = [];
    private readonly Biquad _shelf;
    private readonly Biquad _highPass;
    private double _sum;
    private int _count;

    /// <param name="sampleRate">In hertz.</param>
    public LoudnessMeter(int sampleRate)
    {
        _samplesPerHop = sampleRate / 10;
        (_shelf, _highPass) = KWeighting.At(sampleRate);
    }

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            var weighted = _highPass.Next(_shelf.Next(sample));
            _sum += weighted * weighted;
            if (++_count == _samplesPerHop)
            {
                _hops.Add(_sum / _count);
                _sum = 0;
                _count = 0;
            }
        }
    }

    /// <summary>
    /// The loudness of all that was added, in LUFS; negative infinity for silence. What is shorter than one block is measured
    /// without gates.
    /// </summary>
    public double Integrated()
    {
        if (_hops.Count < HopsPerBlock)
        {
            var total = _sum + (_hops.Sum() * _samplesPerHop);
            var samples = _count + (_hops.Count * _samplesPerHop);
            return samples == 0 ? double.NegativeInfinity : Loudness(total / samples);
        }

        var audible = Blocks().Where(power => Loudness(power) > AbsoluteGate).ToList();
        if (audible.Count == 0)
        {
            return double.NegativeInfinity;
        }

        var gate = Loudness(audible.Average()) + RelativeGate;
        return Loudness(audible.Where(power => Loudness(power) > gate).Average());
    }

    private static double Loudness(double power) => Offset + (10 * Math.Log10(power));

    private IEnumerable<double> Blocks()
    {
        for (var i = HopsPerBlock; i <= _hops.Count; i++)
        {
            yield return (_hops[i - 1] + _hops[i - 2] + _hops[i - 3] + _hops[i - 4]) / HopsPerBlock;
        }
    }
}
