using System.Runtime.InteropServices;
using NAudio.Wave;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Decoding;

/// <summary>The sound ffmpeg reads from a file, as it arrives: mono, at the master's rate, finite, and no longer than allowed.</summary>
internal sealed class DecodedSound : ISampleProvider, IAsyncDisposable
{
    // Formats of floating point may hold anything. Four times full scale is room for any real overshoot.
    private const float Loudest = 4;

    private readonly ToolProcess process;
    private readonly TimeSpan maxLength;

    private DecodedSound(ToolProcess process, TimeSpan maxLength)
    {
        this.process = process;
        this.maxLength = maxLength;
    }

    public WaveFormat WaveFormat => Master.Format;

    /// <summary>How many samples were read so far.</summary>
    public long Samples { get; private set; }

    public TimeSpan Length => TimeSpan.FromSeconds((double)Samples / Master.SampleRate);

    public static DecodedSound Open(string path, string ffmpeg, ToolLimits limits, TimeSpan maxLength, TimeProvider clock, CancellationToken ct)
    {
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-v", "error", "-max_alloc", "67108864", "-threads", "1",
            .. InputFormats.Of(path),
            "-map", "0:a:0", "-threads", "1", "-ac", "1", "-ar", "16000", "-f", "f32le", "pipe:1",
        ];
        var decoding = ToolProcess.Start(ffmpeg, arguments, limits, clock, ct);
        decoding.Input.Close();
        return new DecodedSound(decoding, maxLength);
    }

    /// <exception cref="AudioRefusedException">The sound is longer than allowed.</exception>
    public int Read(Span<float> buffer)
    {
        var bytes = MemoryMarshal.AsBytes(buffer);
        var read = process.Output.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) / sizeof(float);
        foreach (ref var sample in buffer[..read])
        {
            sample = float.IsFinite(sample) ? Math.Clamp(sample, -Loudest, Loudest) : 0;
        }

        Samples += read;
        return Length <= maxLength ? read : throw new AudioRefusedException(AudioRefusal.TooLong, $"The sound is longer than {maxLength}.");
    }

    /// <summary>Waits for ffmpeg to end, after the last sample.</summary>
    /// <exception cref="AudioRefusedException">There was no sound, or the time was up.</exception>
    public async Task<ToolExit> WaitAsync() => await process.WaitAsync();

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
