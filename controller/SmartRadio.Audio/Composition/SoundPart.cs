using NAudio.Wave;
using SmartRadio.Audio.Levels;
using SmartRadio.Audio.Wav;

namespace SmartRadio.Audio.Composition;

/// <summary>What stands in a master beside the words: a chime, silence, or a stretch of another master.</summary>
public abstract record SoundPart
{
    private protected SoundPart()
    {
    }

    /// <summary>Opens it to be read once.</summary>
    internal abstract OpenPart Open(AudioOptions options);
}

/// <summary>A chime, with its pause, at the loudness of masters.</summary>
public sealed record ChimePart(Chime Chime) : SoundPart
{
    internal override OpenPart Open(AudioOptions options)
    {
        var samples = ChimeSound.Make(Chime, Master.SampleRate, options.TargetLufs);
        return new OpenPart(
            new Limiter(new MemorySound(samples, Master.SampleRate), options.PeakCeilingDb), samples.Length, File: null);
    }
}

/// <summary>Silence.</summary>
/// <param name="Length">Of any length.</param>
public sealed record PausePart(TimeSpan Length) : SoundPart
{
    internal override OpenPart Open(AudioOptions options)
    {
        var samples = (long)(Length.TotalSeconds * Master.SampleRate);
        return new OpenPart(new Silence(samples), samples, File: null);
    }
}

/// <summary>A stretch of another master. An end inside that master is faded over 10 ms, so that it does not click.</summary>
/// <param name="Path">That master's file.</param>
/// <param name="From">Where the stretch begins.</param>
/// <param name="To">Where it ends; null = at the end of that master.</param>
public sealed record StretchPart(string Path, TimeSpan From = default, TimeSpan? To = null) : SoundPart
{
    /// <summary>It begins where a part of that master begins: it is not faded there, however often it is copied.</summary>
    public bool BeginsPart { get; init; }

    /// <summary>It ends where a part of that master ends.</summary>
    public bool EndsPart { get; init; }

    /// <exception cref="InvalidDataException">The file is no master.</exception>
    internal override OpenPart Open(AudioOptions options)
    {
        var file = MasterFile.Open(Path);
        var start = Math.Clamp(SampleAt(From), 0, file.SampleCount);
        var end = To is { } to ? Math.Clamp(SampleAt(to), start, file.SampleCount) : file.SampleCount;
        file.Position = start * sizeof(short);
        var sound = new Stretch(
            file.ToSampleProvider(), end - start, fadesIn: start > 0 && !BeginsPart,
            fadesOut: end < file.SampleCount && !EndsPart);
        return new OpenPart(sound, end - start, file);
    }

    private static long SampleAt(TimeSpan instant) => (long)Math.Round(instant.TotalSeconds * Master.SampleRate);
}

/// <summary>A part that is read.</summary>
/// <param name="Sound">Its samples at a master's rate.</param>
/// <param name="Samples">How many there are.</param>
/// <param name="File">What is closed when it has been read, or null.</param>
internal sealed record OpenPart(ISampleProvider Sound, long Samples, IDisposable? File);
