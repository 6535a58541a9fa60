using NAudio.Wave;
using SmartRadio.Audio.Composition;

namespace SmartRadio.Audio.Levels;

/// <summary>
/// Brings the audible part of a draft to a loudness under a ceiling. Speakers who are not equally loud become so first. Where the
/// limiter would take much of the speech, the part stays below that loudness.
/// </summary>
internal sealed class Levelling
{
    // By how much the limiter may lower the loudness, in LU: each takes 0.02 of the intelligibility of clean speech (STOI
    // of espeak-ng's voices).
    private const double MostTaken = 0.39;
    private const double Tolerance = 0.05; // LU too loud, or taken too much
    private const double GoodEnough = 0.2; // LU too little
    private const int Rounds = 5;

    // The least that a dB of gain changes the loudness, or what the limiter takes of it, in LU.
    private const double LeastSlope = 0.3;

    private readonly Draft _draft;
    private readonly GainCurve? _curve;
    private readonly double _target;
    private readonly double _ceiling;
    private readonly long _start;
    private readonly long _end;
    private readonly double _unlimited;
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
        _unlimited = draft.LoudnessWith(_curve);
        (_start, _end) = draft.Audible(_unlimited - trimBelow, _curve);
        _gain = target - _unlimited;
    }

    /// <summary>The length of the result.</summary>
    public long Samples => _end - _start;

    public ISampleProvider Open() =>
        new Limiter(new Evened(_draft.Open(_start, _end), _curve, _start, (float)Decibels.ToFactor(_gain)), _ceiling);

    /// <summary>Finds the gain with which the limited sound has the loudness, or the limiter takes the most it may.</summary>
    public void Adjust(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var slope = 1.0;
        var best = double.NegativeInfinity;
        var (lastGain, lastExcess) = (_gain, double.NaN);
        for (var round = 0; round < Rounds; round++)
        {
            var loudness = Measure(new ProgressPart(progress, (double)round / Rounds, (round + 1.0) / Rounds), cancellationToken);
            var excess = Math.Max(loudness - _target, _unlimited + _gain - loudness - MostTaken);
            if (excess is >= -GoodEnough and <= Tolerance)
            {
                return;
            }

            best = excess <= Tolerance ? Math.Max(best, _gain) : best;
            if (_gain != lastGain)
            {
                slope = Math.Clamp((excess - lastExcess) / (_gain - lastGain), LeastSlope, 1);
            }

            (lastGain, lastExcess) = (_gain, excess);
            _gain -= excess / slope;
        }

        // Of those that were measured, if any will do.
        _gain = double.IsFinite(best) ? best : _gain;
    }

    private double Measure(IProgress<double> progress, CancellationToken cancellationToken)
    {
        var meter = new LoudnessMeter(Master.SampleRate);
        var length = TimeSpan.FromSeconds((double)Samples / Master.SampleRate);
        foreach (var samples in new Followed(Open(), length, progress, cancellationToken).Pieces())
        {
            meter.Add(samples.Span);
        }

        return meter.Integrated();
    }
}
