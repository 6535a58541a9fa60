using System.Globalization;
using System.Text.Json;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Decoding;

/// <summary>What a file says about itself before it is decoded.</summary>
/// <param name="DeclaredLength">
/// The length its container declares, null when it declares none: a guess from the size of the file is no declaration, and is
/// wrong for ordinary variable bit rate MP3.
/// </param>
internal sealed record SourceProbe(TimeSpan? DeclaredLength)
{
    private const int MaxReportBytes = 64 * 1024;
    private static readonly TimeSpan MaxDeclared = TimeSpan.FromDays(365);

    /// <exception cref="AudioRefusedException">
    /// The file is empty, no sound, or cut before the index without which it cannot be read.
    /// </exception>
    public static async Task<SourceProbe> ReadAsync(
        string path, string ffprobe, ToolLimits limits, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length == 0)
        {
            throw new AudioRefusedException(AudioRefusal.Empty, "The file has no bytes.");
        }

        string[] arguments =
        [
            "-hide_banner", "-v", "warning", "-max_alloc", "67108864", "-of", "json", "-select_streams", "a:0",
            "-show_entries", "stream=duration:format=duration,nb_streams",
            .. InputFormats.Of(path),
        ];
        await using var process = ToolProcess.Start(ffprobe, arguments, limits, clock, cancellationToken);
        process.Input.Close();
        var report = new byte[MaxReportBytes];
        var length = await process.Output.ReadAtLeastAsync(report, report.Length, throwOnEndOfStream: false, cancellationToken);
        var exit = await process.WaitAsync();
        if (exit.Code != 0)
        {
            // An MP4 keeps its index at the end unless it was made for the web: without it nothing can be read.
            var reason = exit.Complaints.Contains("moov atom not found", StringComparison.Ordinal)
                ? AudioRefusal.Truncated
                : AudioRefusal.NotAudio;
            throw new AudioRefusedException(reason, exit.Complaints);
        }

        using var json = JsonDocument.Parse(report.AsMemory(0, length));
        if (!json.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
        {
            throw new AudioRefusedException(AudioRefusal.NotAudio, "The file has no sound track.");
        }

        var guessed = exit.Complaints.Contains("Estimating duration from bitrate", StringComparison.Ordinal);
        return new SourceProbe(guessed ? null : Duration(streams[0], json.RootElement.GetProperty("format")));
    }

    // The length of the whole file is that of its longest track: the sound's own only when it is alone.
    private static TimeSpan? Duration(JsonElement sound, JsonElement format) =>
        Duration(sound) ?? (format.GetProperty("nb_streams").GetInt32() == 1 ? Duration(format) : null);

    private static TimeSpan? Duration(JsonElement part) =>
        part.TryGetProperty("duration", out var text)
        && double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, MaxDeclared.TotalSeconds))
            : null;
}
