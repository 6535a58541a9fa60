using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Delivery.Streams;

/// <summary>
/// Shortly before a broadcast starts, sees which reachable nodes do not hold its sound yet and opens a live stream for them:
/// the way "now" sounds at once although the object is still on its way.
/// </summary>
public sealed class StreamScheduler(
    IDbContextFactory<RadioDb> databases,
    NodeStatusCache board,
    StreamSender sender,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<StreamScheduler> logger) : BackgroundService, IReactTo<BroadcastAired>, IReactTo<SilenceWanted>
{
    private readonly NodeStreams _streams = new();
    private readonly Channel<long> _announced = Channel.CreateUnbounded<long>();
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _attended = new();

    /// <summary>A broadcast was made that may start soon.</summary>
    public Task ReactAsync(BroadcastAired happened, CancellationToken cancellationToken)
    {
        _announced.Writer.TryWrite(happened.BroadcastId);
        return Task.CompletedTask;
    }

    /// <summary>Ends the streams at once.</summary>
    public Task ReactAsync(SilenceWanted happened, CancellationToken cancellationToken)
    {
        foreach (var broadcast in happened.BroadcastIds)
        {
            if (_attended.TryGetValue(broadcast, out var attended))
            {
                attended.Cancel();
            }
        }

        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(AttendAnnouncedAsync(stoppingToken), AttendPlannedAsync(stoppingToken));

    private async Task AttendAnnouncedAsync(CancellationToken cancellationToken)
    {
        while (await _announced.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_announced.Reader.TryRead(out var id))
            {
                Attend(id, cancellationToken);
            }
        }
    }

    private async Task AttendPlannedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchStarts, time);
        do
        {
            try
            {
                (await SoonAsync(cancellationToken)).ForEach(id => Attend(id, cancellationToken));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "What is planned next could not be read; looked at again soon");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<List<long>> SoonAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var horizon = now + (3 * options.Value.WatchStarts);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Broadcasts
            .Where(b => b.State == BroadcastState.Planned && !b.IsExercise && b.Start > now && b.Start < horizon)
            .Select(b => b.Id).ToListAsync(cancellationToken);
    }

    private void Attend(long broadcastId, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_attended.TryAdd(broadcastId, stop))
        {
            _ = AttendAsync(broadcastId, stop);
        }
        else
        {
            stop.Dispose();
        }
    }

    private async Task AttendAsync(long broadcastId, CancellationTokenSource stop)
    {
        try
        {
            await StreamAsync(broadcastId, stop.Token);
        }
        catch (OperationCanceledException)
        {
            logger.LogInformation("Streams of broadcast {Broadcast} were ended", broadcastId);
        }
        catch (Exception problem)
        {
            logger.LogError(
                problem,
                "Broadcast {Broadcast} could not be streamed; nodes that hold its sound play it all the same", broadcastId);
        }
        finally
        {
            _attended.TryRemove(broadcastId, out _);
            stop.Dispose();
        }
    }

    private async Task StreamAsync(long broadcastId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var broadcast = await db.Broadcasts.AsNoTracking().SingleAsync(b => b.Id == broadcastId, cancellationToken);
        var wait = broadcast.Start - StreamSender.Lead - StreamSender.Opening - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        var without = (await db.Targets.AsNoTracking()
            .Where(t => t.BroadcastId == broadcastId && t.ObjectId != null && t.State < TargetState.Verified)
            .Join(db.Objects.Where(o => o.BulletinId == broadcast.BulletinId), t => t.ObjectId, o => o.Id, (t, o) =>
                new { t.NodeId, Sound = o })
            .ToListAsync(cancellationToken))
            .ConvertAll(item => (item.NodeId, item.Sound));
        without.RemoveAll(item => !board.Find(item.NodeId).Online);
        if (broadcast.Class == BroadcastClass.Emergency)
        {
            await SendAsync(without);
            return;
        }

        var places = _streams.Take(without.Select(item => item.NodeId));
        try
        {
            if (without.RemoveAll(item => !places.Contains(item.NodeId)) is > 0 and var crowded)
            {
                logger.LogWarning(
                    "{Count} nodes have too many streams already; they play broadcast {Broadcast} from its object", crowded,
                    broadcastId);
            }

            await SendAsync(without);
        }
        finally
        {
            _streams.Leave(places);
        }

        Task SendAsync(IEnumerable<(string NodeId, SoundObject Sound)> nodes) => Task.WhenAll(nodes
            .GroupBy(item => item.Sound.Id)
            .Select(group => sender.SendAsync(
                broadcast, group.First().Sound, [.. group.Select(item => item.NodeId)], cancellationToken)));
    }
}
