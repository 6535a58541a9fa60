using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Writes into the books what was stopped. The nodes are silent already, so nobody waits long for a database that another
/// program holds, or for a disk that is slow or full: it is tried until it is written, in the next run too.
/// </summary>
public sealed class StopRecorder(StopJournal journal, TimeProvider time, ILogger<StopRecorder> logger) : BackgroundService
{
    /// <summary>So long a person waits for the books after the silence.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Presses that wait for the books; the same again by the same person is one. What is beyond it waits in the journal for the
    /// next run.
    /// </summary>
    private const int Most = 1000;

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(Most);
    private readonly Lock _lock = new();
    private readonly Dictionary<(long?, long?, string?, long?), Entry> _waiting = [];

    /// <summary>Has a stop written.</summary>
    /// <param name="press">Who stopped what, and when.</param>
    /// <param name="write">Writes it; it may be called again after it failed.</param>
    /// <returns>How many broadcasts were stopped; null when that is written later.</returns>
    /// <exception cref="RefusedException">There is nothing to write.</exception>
    internal async Task<int?> RecordAsync(StopPress press, Func<CancellationToken, Task<int>> write)
    {
        if (Enter(press, write) is not { } entry)
        {
            journal.Keep(press);
            logger.LogCritical("{Stop} was carried out; the next run records it, for {Most} others wait", press, Most);
            return null;
        }

        try
        {
            return await entry.Written.Task.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("{Stop} was carried out and is not yet recorded", press);
            Keep(entry);
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _entries.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_entries.Reader.TryRead(out var entry))
            {
                Begin(entry);
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
            Leave(entry);
        }
    }

    /// <summary>
    /// Takes a press into the line. While one of the same kind waits there, the newer takes its place: it covers what the older
    /// meant, so that presses in a panic, or of somebody who means harm, are few.
    /// </summary>
    /// <returns>Null when the line is full.</returns>
    private Entry? Enter(StopPress press, Func<CancellationToken, Task<int>> write)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(press.Kind, out var waiting))
            {
                waiting.Renew(press, write);
                return waiting;
            }

            var entry = new Entry(press, write);
            if (!_entries.Writer.TryWrite(entry))
            {
                return null;
            }

            _waiting[press.Kind] = entry;
            return entry;
        }
    }

    /// <summary>From here on the same press again is one of its own.</summary>
    private void Begin(Entry entry)
    {
        lock (_lock)
        {
            _waiting.Remove(entry.Press.Kind);
        }
    }

    /// <returns>False when it is to be tried again.</returns>
    private async Task<bool> TryAsync(Entry entry, CancellationToken stoppingToken)
    {
        try
        {
            var stopped = await entry.Write(stoppingToken);
            Forget(entry);
            entry.Written.TrySetResult(stopped);
            return true;
        }
        catch (OperationCanceledException)
        {
            Leave(entry);
            throw;
        }
        catch (RefusedException refused) when (refused.Refusal != Refusal.DiskFull)
        {
            Forget(entry);
            entry.Written.TrySetException(refused);
            return true;
        }
        catch (Exception problem)
        {
            var isStorage = StorageBusy.Is(problem) || problem is RefusedException || StorageFull.Is(problem);
            logger.LogError(problem, "{Stop} was carried out and could not be recorded", entry.Press);
            if (isStorage || ++entry.Failures < Entry.Most)
            {
                return false;
            }

            Forget(entry);
            return true;
        }
    }

    private void Keep(Entry entry)
    {
        lock (entry)
        {
            if (!entry.IsOver)
            {
                journal.Keep(entry.Press);
            }
        }
    }

    private void Forget(Entry entry)
    {
        lock (entry)
        {
            entry.IsOver = true;
            journal.Forget(entry.Press);
        }
    }

    private void Leave(Entry entry)
    {
        Keep(entry);
        logger.LogWarning("{Stop} was carried out; the next run records it", entry.Press);
    }

    private sealed class Entry(StopPress press, Func<CancellationToken, Task<int>> write)
    {
        /// <summary>Of what is no trouble of the disk or the database, and will perhaps never end.</summary>
        public const int Most = 10;

        public StopPress Press { get; private set; } = press;

        public Func<CancellationToken, Task<int>> Write { get; private set; } = write;

        public int Failures { get; set; }

        /// <summary>It is in the books, or they refuse it.</summary>
        public bool IsOver { get; set; }

        public TaskCompletionSource<int> Written { get; } = new();

        /// <summary>A newer press of the same kind takes the place of this one.</summary>
        public void Renew(StopPress newer, Func<CancellationToken, Task<int>> write) => (Press, Write) = (newer, write);
    }
}
