using System.Globalization;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Decoding;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Codecs;

/// <summary>
/// Makes the small file a browser plays. MP3, for every phone plays it, the oldest too; of constant bit rate, for then a browser
/// knows the length, and may start in the middle, without an index.
/// </summary>
public sealed class PreviewEncoder(IOptions<AudioOptions> options, TimeProvider clock)
{
    private readonly AudioOptions _options = options.Value;

    /// <summary>Encodes a master.</summary>
    /// <param name="masterPath">The master's file.</param>
    /// <param name="mp3Path">Where the preview goes, in an existing folder. It appears there whole or not at all.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing.</param>
    /// <exception cref="AudioRefusedException">It could not be made; nothing was left.</exception>
    public async Task EncodeAsync(string masterPath, string mp3Path, CancellationToken cancellationToken)
    {
        var ffmpeg = ToolProgram.Find(_options.FfmpegPath, "ffmpeg", AudioRefusal.FfmpegMissing);
        var limits = new ToolLimits(_options.DecodeTimeout, _options.MaxToolMemoryMegabytes, FileBytes: 0, masterPath);
        var rate = string.Create(CultureInfo.InvariantCulture, $"{_options.PreviewKilobits}k");
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-v", "error",
            .. InputFormats.Of(masterPath),
            "-c:a", "libmp3lame", "-b:a", rate, "-ac", "1", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1",
        ];
        try
        {
            using var file = new NewFile(mp3Path);
            await using var process = ToolProcess.Start(ffmpeg, arguments, limits, clock, cancellationToken);
            process.Input.Close();
            await process.Output.CopyToAsync(file.Stream, cancellationToken);
            var exit = await process.WaitAsync();
            if (exit.Code != 0)
            {
                throw new AudioRefusedException(AudioRefusal.ToolFailed, $"ffmpeg ended with {exit.Code}. {exit.Complaints}");
            }

            file.Keep();
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }
    }
}
