using NAudio.Wave;
using SmartRadio.Audio.Composition;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Brings the audible part of a draft to a loudness under a ceiling. Speakers who are not equally loud become so first.
/// </summary>
internal sealed class Levelling
{
    // What the limiter takes is made up for by no more than this, in dB: more would flatten speech to little loudness.
    private const double MaxMakeUp = 6;
    private const double GoodEnough = 0.2; // LU
    private const int Rounds = 4;

    // The least loudness a dB of gain is taken to bring, in LU, where the limiter takes most of it.
    private const double LeastSlope = 0.3;

    private readonly Draft _draft;
    private readonly GainCurve? _curve;
    private readonly double _target;
    private readonly double _ceiling;
    private readonly long _start;
    private readonly long _end;
    private double _gain;

    /// <param name="draft">The sound, which can be heard.</param>
    /// <param name="target">Its loudness afterwards, in LUFS.</param>
    /// <param name="ceiling">Its highest peak afterwards, in dBFS.</param>
    /// <param name="trimBelow">What is quieter than the whole by this, in dB, is cut from both ends.</param>
    public Levelling(Draft draft, double target, double ceiling, double trimBelow)
    {
        _draft = draft;
        _target = target;
        _ceiling = ceiling;
        _curve = draft.Evening;
        var loudness = draft.LoudnessWith(_curve);
        (_start, _end) = draft.Audible(loudness - trimBelow, _curve);
        _gain = target - loudness;
    }

    /// <summary>The length of the result.</summary>
    public long Samples => _end - _start;

    public ISampleProvider Open() =>
        new Limiter(new Evened(_draft.Open(_start, _end), _curve, _start, (float)Decibels.ToFactor(_gain)), _ceiling);

    /// <summary>Finds the gain with which the limited sound has the loudness.</summary>
    public void Adjust(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var length = TimeSpan.FromSeconds((double)Samples / Master.SampleRate);
        var most = _gain + MaxMakeUp;
        var slope = 1.0;
        var (lastGain, lastLoudness) = (0.0, double.NaN);
        for (var round = 0; round < Rounds; round++)
        {
            var meter = new LoudnessMeter(Master.SampleRate);
            var part = new ProgressPart(progress, (double)round / Rounds, (round + 1.0) / Rounds);
            foreach (var samples in new Followed(Open(), length, part, cancellationToken).Pieces())
            {
                meter.Add(samples.Span);
            }

            var loudness = meter.Integrated();
            var missing = _target - loudness;
            if (Math.Abs(missing) < GoodEnough || (_gain >= most && missing > 0))
            {
                return;
            }

            if (round > 0 && _gain != lastGain)
            {
                slope = Math.Clamp((loudness - lastLoudness) / (_gain - lastGain), LeastSlope, 1);
            }

            (lastGain, lastLoudness) = (_gain, loudness);
            _gain = Math.Min(_gain + (missing / slope), most);
        }
    }
}
