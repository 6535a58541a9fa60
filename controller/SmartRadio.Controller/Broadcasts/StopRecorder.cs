using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Writes into the books what was stopped. The nodes are silent already, so nobody waits long for a database that another
/// program holds, or for a disk that is slow or full: it is tried until it is written or the program ends.
/// </summary>
public sealed class StopRecorder(TimeProvider time, ILogger<StopRecorder> logger) : BackgroundService
{
    /// <summary>So long a person waits for the books after the silence.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Presses that wait for the books. Beyond it something else is wrong.</summary>
    private const int Most = 1000;

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(Most);

    /// <summary>Has a stop written.</summary>
    /// <param name="what">Names it in the log.</param>
    /// <param name="write">Writes it; it may be called again after it failed.</param>
    /// <returns>How many broadcasts were stopped; null when that is written later.</returns>
    /// <exception cref="RefusedException">There is nothing to write.</exception>
    internal async Task<int?> RecordAsync(string what, Func<CancellationToken, Task<int>> write)
    {
        var entry = new Entry(what, write);
        if (!_entries.Writer.TryWrite(entry))
        {
            logger.LogCritical("{Stop} was carried out and will not be recorded: {Most} others wait", what, Most);
            return null;
        }

        try
        {
            return await entry.Written.Task.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("{Stop} was carried out and is not yet recorded", what);
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _entries.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_entries.Reader.TryRead(out var entry))
            {
                while (!await TryAsync(entry, stoppingToken))
                {
                    await Task.Delay(Pause, time, stoppingToken);
                }
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (_entries.Reader.TryRead(out var entry))
        {
            logger.LogCritical("{Stop} was carried out and is not recorded: the program ends", entry.What);
        }
    }

    /// <returns>False when it is to be tried again.</returns>
    private async Task<bool> TryAsync(Entry entry, CancellationToken stoppingToken)
    {
        try
        {
            entry.Written.TrySetResult(await entry.Write(stoppingToken));
            return true;
        }
        catch (OperationCanceledException)
        {
            logger.LogCritical("{Stop} was carried out and is not recorded: the program ends", entry.What);
            throw;
        }
        catch (RefusedException refused) when (refused.Refusal != Refusal.DiskFull)
        {
            entry.Written.TrySetException(refused);
            return true;
        }
        catch (Exception problem)
        {
            var isStorage = StorageBusy.Is(problem) || problem is RefusedException || StorageFull.Is(problem);
            logger.LogError(problem, "{Stop} was carried out and could not be recorded", entry.What);
            return !isStorage && ++entry.Failures >= Entry.Most;
        }
    }

    private sealed class Entry(string what, Func<CancellationToken, Task<int>> write)
    {
        /// <summary>Of what is no trouble of the disk or the database, and will perhaps never end.</summary>
        public const int Most = 10;

        public string What => what;

        public Func<CancellationToken, Task<int>> Write => write;

        public int Failures { get; set; }

        public TaskCompletionSource<int> Written { get; } = new();
    }
}
