namespace SmartRadio.Audio;

/// <summary>A part of a longer work, which reports its own progress from 0 to 1.</summary>
public sealed class ProgressPart(IProgress<double>? work, double from, double to) : IProgress<double>
{
    public void Report(double value) => work?.Report(from + (value * (to - from)));
}
