using System.Runtime.InteropServices;
using NAudio.Wave;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// The sound ffmpeg reads from a file, as it arrives: mono, at the master's rate, finite, and no longer than allowed.
/// </summary>
internal sealed class DecodedSound(ToolProcess process, string path, SourceProbe probe, TimeSpan maxLength)
    : ISampleProvider, IAsyncDisposable
{
    // Formats of floating point may hold anything. Four times full scale is room for any real overshoot.
    private const float Loudest = 4;

    // What containers declare may be off by encoder delay and padding, and by a little more in long recordings of phones.
    private const double LeastShare = 0.99;
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    // Of WebM and Matroska, and of MP4 and MOV.
    private static readonly string[] CutParts = ["File ended prematurely", "partial file"];

    private long _samples;

    public WaveFormat WaveFormat => Master.Format;

    /// <summary>The declared length, or the longest that is allowed.</summary>
    public TimeSpan Expected => probe.DeclaredLength ?? maxLength;

    /// <summary>What was mended when its channels became one.</summary>
    public SoundRepairs Repairs { get; init; }

    private TimeSpan Length => TimeSpan.FromSeconds((double)_samples / Master.SampleRate);

    /// <exception cref="AudioRefusedException">The sound is longer than allowed.</exception>
    public int Read(Span<float> buffer)
    {
        var bytes = MemoryMarshal.AsBytes(buffer);
        var read = process.Output.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) / sizeof(float);
        foreach (ref var sample in buffer[..read])
        {
            sample = float.IsFinite(sample) ? Math.Clamp(sample, -Loudest, Loudest) : 0;
        }

        _samples += read;
        return Length <= maxLength
            ? read
            : throw new AudioRefusedException(AudioRefusal.TooLong, $"The sound is longer than {maxLength}.");
    }

    /// <summary>Waits for ffmpeg to end, after the last sample, and looks whether all of the file was read.</summary>
    /// <exception cref="AudioRefusedException">
    /// The file is refused, or the time was up: what was read is worth nothing.
    /// </exception>
    public async Task CheckAsync()
    {
        var exit = await process.WaitAsync();
        var tooShort = probe.DeclaredLength is { } declared && Length < (declared * LeastShare) - Tolerance;

        // What a browser records declares no length, and a film's may be its picture's; their parts declare theirs.
        // An MP4's own length does not know of the edit list that trims it; its parts tell whether it is cut.
        var partCut = CutParts.Any(part => exit.Complaints.Contains(part, StringComparison.Ordinal));
        var isCut = probe.DeclaredLength is null
            ? partCut && IsMuch(CutEnd.MissingShareOfFilm(path))
            : tooShort && (partCut || !probe.MayBeTrimmed);
        if (_samples == 0 && exit.Code != 0)
        {
            throw new AudioRefusedException(AudioRefusal.NotAudio, $"No sample could be read. {exit.Complaints}");
        }

        if (isCut || IsMuch(CutEnd.MissingShare(path)))
        {
            throw Truncated($"{Length} of {probe.DeclaredLength} could be read. {exit.Complaints}");
        }

        if (_samples == 0)
        {
            throw new AudioRefusedException(AudioRefusal.Empty, $"No sample could be read. {exit.Complaints}");
        }

        if (exit.Code != 0)
        {
            throw Truncated($"ffmpeg ended with {exit.Code}. {exit.Complaints}");
        }
    }

    // Of what lacks a share, as long a part of the sound is missing, beyond what may be.
    private bool IsMuch(double share) =>
        share >= 1 || Length * share > (Length * (1 - LeastShare)) + (Tolerance * (1 - share));

    private AudioRefusedException Truncated(string detail) => new(AudioRefusal.Truncated, detail) { EndsAt = Length };

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
