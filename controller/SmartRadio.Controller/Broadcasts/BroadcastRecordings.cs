using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// What loudspeakers recorded of broadcasts: FOLDER/NODE/BROADCAST.wav, with the sound of that broadcast alone. Virtual nodes of
/// the demo write there; so may whatever brings the recordings of real ones. Old ones are deleted.
/// </summary>
public sealed partial class BroadcastRecordings(
    DataFolder data, IOptions<BroadcastOptions> options, IOptions<LimitOptions> limits, TimeProvider time,
    ILogger<BroadcastRecordings> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public string Folder { get; } =
        options.Value.Recordings is { Length: > 0 } folder ? Path.GetFullPath(folder) : data.Recordings;

    /// <summary>The file of one; null where there is none. Ids may come from outside.</summary>
    public string? Find(string nodeId, long broadcastId)
    {
        if (broadcastId <= 0 || !NodeIds().IsMatch(nodeId))
        {
            return null;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{broadcastId}.wav");
        return Path.Combine(Folder, nodeId, name) is var path && File.Exists(path) ? path : null;
    }

    /// <summary>Deletes what is older than <see cref="LimitOptions.RecordingAge"/>, and the oldest of what is too much.</summary>
    /// <returns>How many.</returns>
    public int Tidy()
    {
        if (!Directory.Exists(Folder))
        {
            return 0;
        }

        var oldest = (time.GetUtcNow() - limits.Value.RecordingAge).UtcDateTime;
        var left = limits.Value.RecordingMegabytes * 1_000_000L;
        var deleted = 0;
        // Nothing else that somebody put into the folder is touched.
        var files = new DirectoryInfo(Folder).EnumerateDirectories().Where(node => NodeIds().IsMatch(node.Name))
            .SelectMany(node => node.EnumerateFiles("*.wav"));
        foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc).ToList())
        {
            left -= file.Length;
            if (left < 0 || file.LastWriteTimeUtc < oldest)
            {
                file.Delete();
                deleted++;
            }
        }

        return deleted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                Tidy();
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning(problem, "Old recordings could not be deleted; tried again in an hour");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [GeneratedRegex(@"^[0-9a-f]{16}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NodeIds();
}
