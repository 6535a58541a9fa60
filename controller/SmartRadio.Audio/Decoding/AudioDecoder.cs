using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// Turns any file people bring into samples, by ffmpeg in a process of its own: decoders inside this process, NAudio's among
/// them, can be neither limited nor killed.
/// </summary>
internal sealed class AudioDecoder(AudioOptions options, TimeProvider clock)
{
    /// <summary>Begins to decode a file. The sound is read to its end, on a thread that may wait, and then checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Kills ffmpeg.</param>
    /// <exception cref="AudioRefusedException">The file is refused.</exception>
    public async Task<DecodedSound> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var ffprobe = ToolProgram.Find(options.FfprobePath, "ffprobe", AudioRefusal.FfmpegMissing);
        var ffmpeg = ToolProgram.Find(options.FfmpegPath, "ffmpeg", AudioRefusal.FfmpegMissing);
        var limits = new ToolLimits(options.DecodeTimeout, options.MaxToolMemoryMegabytes, FileBytes: 0, path);
        var probe = await SourceProbe.ReadAsync(path, ffprobe, limits, clock, cancellationToken);
        if (probe.DeclaredLength > options.MaxLength)
        {
            throw new AudioRefusedException(
                AudioRefusal.TooLong, $"The file declares {probe.DeclaredLength}, more than {options.MaxLength}.");
        }

        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-v", "error", "-max_alloc", "67108864", "-threads", "1",
            .. InputFormats.Of(path),
            "-map", "0:a:0", "-threads", "1", "-ac", "1", "-ar", "16000", "-f", "f32le", "pipe:1",
        ];
        var decoding = ToolProcess.Start(ffmpeg, arguments, limits, clock, cancellationToken);
        decoding.Input.Close();
        return new DecodedSound(decoding, path, probe, options.MaxLength);
    }
}
