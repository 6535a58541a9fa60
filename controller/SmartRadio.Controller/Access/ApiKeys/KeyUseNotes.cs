using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Access.ApiKeys;

/// <summary>
/// Notes when keys were last used, beside the requests: a busy database or a slow disk must not keep anybody from looking or from
/// stopping a broadcast.
/// </summary>
public sealed class KeyUseNotes(WriteTurns turns, ILogger<KeyUseNotes> logger) : BackgroundService
{
    /// <summary>To the minute only: a program that polls must not make every read a write.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _noted = new();
    private readonly Channel<(long Key, DateTimeOffset At)> _uses = Channel.CreateBounded<(long, DateTimeOffset)>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Has a use noted soon. One that is lost is followed by the next.</summary>
    internal void Add(long key, DateTimeOffset? last, DateTimeOffset now)
    {
        var noted = _noted.GetValueOrDefault(key);
        if (now - (last > noted ? last.Value : noted) >= Precision && _uses.Writer.TryWrite((key, now)))
        {
            _noted[key] = now;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _uses.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_uses.Reader.TryRead(out var use))
            {
                await NoteAsync(use.Key, use.At, stoppingToken);
            }
        }
    }

    private async Task NoteAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await using var turn = await turns.TakeAsync(isUrgent: false, cancellationToken);
            var db = turn.Db;
            await db.ApiKeys.Where(key => key.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, at), cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            logger.LogWarning(problem, "The use of API key {Key} could not be noted", id);
        }
    }
}
