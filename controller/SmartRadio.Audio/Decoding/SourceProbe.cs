using System.Globalization;
using System.Text.RegularExpressions;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Decoding;

/// <summary>A sound track of a file.</summary>
/// <param name="Index">Its number among all tracks, from 0.</param>
/// <param name="IsMono">It has one channel, by its own word.</param>
/// <param name="IsDefault">The file says that this one is played.</param>
internal sealed record SoundTrack(int Index, bool IsMono, bool IsDefault);

/// <summary>What a file says about itself before it is decoded.</summary>
/// <param name="DeclaredLength">
/// The length its container declares, null when it declares none, or when a film's picture may be what is so long. A guess from
/// the size of the file is no declaration, and is wrong for ordinary variable bit rate MP3.
/// </param>
/// <param name="MayBeTrimmed">It is of the family of MP4, where an edit list may play less than the length.</param>
/// <param name="Tracks">Its sound tracks, those that are played by default first.</param>
internal sealed partial record SourceProbe(TimeSpan? DeclaredLength, bool MayBeTrimmed, IReadOnlyList<SoundTrack> Tracks)
{
    private const int BeginningBytes = 1 << 20;

    // What ffmpeg says where one is missing.
    private static readonly string[] Indexes = ["moov atom not found", "Missing packet table"];

    /// <exception cref="AudioRefusedException">
    /// The file is empty, no sound, or cut before the index without which it cannot be read.
    /// </exception>
    /// <remarks>
    /// ffmpeg without an output tells of all tracks and opens none of those that it cannot decode. ffprobe would end at the first
    /// cover picture: it opens a decoder for every track.
    /// </remarks>
    public static async Task<SourceProbe> ReadAsync(
        string path, string ffmpeg, ToolLimits limits, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length == 0)
        {
            throw new AudioRefusedException(AudioRefusal.Empty, "The file has no bytes.");
        }

        await CheckBeginningAsync(path, cancellationToken);
        string[] arguments = ["-nostdin", "-hide_banner", "-v", "info", .. InputFormats.Of(path)];
        await using var process = ToolProcess.Start(
            ffmpeg, arguments, limits with { LogBytes = ToolLimits.LongLog }, clock, cancellationToken);
        process.Input.Close();
        var told = (await process.WaitAsync()).Complaints;
        var tracks = TrackLine().Matches(told);
        var sounds = tracks.Where(track => track.Groups["kind"].Value == "Audio").Select(Sound).ToList();
        if (sounds.Count == 0)
        {
            // ffmpeg reads nothing of an MP4 that is cut in the heading of a fragment.
            if (CutEnd.FragmentsOf(path) is { IsUnread: true } fragments)
            {
                throw new AudioRefusedException(AudioRefusal.Truncated, told) { EndsAt = fragments.Present };
            }

            // An MP4 keeps its index at the end unless it was made for the web, and so does a CAF of an iPhone its table of
            // packets: without it nothing can be read.
            var reason = Indexes.Any(index => told.Contains(index, StringComparison.Ordinal))
                ? AudioRefusal.Unfinished
                : AudioRefusal.NotAudio;
            throw new AudioRefusedException(reason, told);
        }

        var hasPicture = tracks.Any(track =>
            track.Groups["kind"].Value == "Video" && !track.Value.Contains("(attached pic)", StringComparison.Ordinal));
        var isGuessed = told.Contains("Estimating duration from bitrate", StringComparison.Ordinal);
        return new SourceProbe(
            hasPicture || isGuessed || sounds.Count > 1 ? null : Duration(told),
            told.Contains("Input #0, mov,", StringComparison.Ordinal),
            [.. sounds.OrderBy(sound => !sound.IsDefault)]);
    }

    // ffmpeg would look for a beginning through all of it. What a download reserved and did not fill has gigabytes of zeros.
    private static async Task CheckBeginningAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var beginning = new byte[BeginningBytes];
        var read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        if (!beginning.AsSpan(0, read).ContainsAnyExcept((byte)0))
        {
            throw new AudioRefusedException(AudioRefusal.NotAudio, $"The first {read} bytes are zeros.");
        }
    }

    private static SoundTrack Sound(Match track) => new(
        int.Parse(track.Groups["index"].Value, CultureInfo.InvariantCulture),
        track.Value.Contains(" Hz, mono", StringComparison.Ordinal),
        track.Value.Contains("(default)", StringComparison.Ordinal));

    private static TimeSpan? Duration(string told) =>
        DurationLine().Match(told) is { Success: true } line
            ? TimeSpan.FromSeconds(
                (Number(line, "h") * 3600) + (Number(line, "m") * 60) + Number(line, "s"))
            : null;

    private static double Number(Match line, string group) =>
        Math.Min(double.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture), short.MaxValue);

    // A file's own words stand further to the right, whatever they are.
    [GeneratedRegex(
        @"^  Stream #0:(?<index>[0-9]{1,6})[^ ]*: (?<kind>[A-Z][a-z]+): [^\n]*",
        RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex TrackLine();

    [GeneratedRegex(
        @"^  Duration: (?<h>[0-9]+):(?<m>[0-9]+):(?<s>[0-9.]+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex DurationLine();
}
