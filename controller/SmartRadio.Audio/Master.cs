using NAudio.Wave;
using SmartRadio.Audio.Composition;
using SmartRadio.Audio.Levels;

namespace SmartRadio.Audio;

/// <summary>
/// A sound made ready for horns: a WAV file of 16-bit PCM, mono, 16 kHz, from which every device's codec is encoded.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Length">Its length, all parts included.</param>
/// <param name="Loudness">Its EBU R128 integrated loudness in LUFS, all parts included.</param>
/// <param name="SourceLoudness">The loudness of what came in, in LUFS.</param>
/// <param name="Peaks">
/// The waveform for the screen: <see cref="Waveform.Buckets"/> equal parts of the length, two bytes each, the lowest and the
/// highest sample as signed bytes of -127 to 127 for full scale.
/// </param>
public sealed record Master(string Path, TimeSpan Length, double Loudness, double SourceLoudness, byte[] Peaks)
{
    /// <summary>The sample rate of every master, in hertz: speech to 7 kHz, which is all a horn gives.</summary>
    public const int SampleRate = 16_000;

    /// <summary>The lengths of its parts in order, as they were asked for; the words are one of them.</summary>
    public IReadOnlyList<TimeSpan> Parts { get; init; } = [];

    /// <summary>What was mended in what came in.</summary>
    public SoundRepairs Repairs { get; init; }

    /// <summary>The samples of every step of the chain: floating point, full scale being -1 to 1.</summary>
    internal static WaveFormat Format { get; } = WaveFormat.CreateIeeeFloatWaveFormat(SampleRate, 1);
}

/// <summary>What a bulletin's author chooses about its preparation.</summary>
public sealed record PreparationOptions
{
    /// <summary>The usual: a two-tone chime, and a high-pass at 200 Hz.</summary>
    public static PreparationOptions Default { get; } = new();

    /// <summary>What sounds before the words.</summary>
    public IReadOnlyList<SoundPart> Before { get; init; } = [new ChimePart(Chime.TwoTone)];

    /// <summary>What sounds after the words.</summary>
    public IReadOnlyList<SoundPart> After { get; init; } = [];

    /// <summary>
    /// The lowest tone that the high-pass leaves whole, in hertz, 20 to 1,000; null for no high-pass. Below its cut-off a horn
    /// gives no sound, only heat and the excursion that breaks its diaphragm; voices lose nothing that is needed to understand.
    /// </summary>
    public double? HighPassHz { get; init; } = 200;
}
