using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Link.Rejected;

/// <summary>
/// Counts what was rejected, per node and reason: in memory, for a flood must not become writes; the writer of statuses
/// writes the newest counts to the database from time to time. Also on the meter "SmartRadio.Fleet".
/// </summary>
public sealed class RejectedLedger : ILoadAtStart
{
    /// <summary>Stands in place of the id of whoever is no node of ours: what strangers call themselves is not kept.</summary>
    public const string Strangers = "";

    private static readonly RejectedBy[] Everyone = Enum.GetValues<RejectedBy>();
    private static readonly RejectedReason[] AllReasons = Enum.GetValues<RejectedReason>();

    private readonly IDbContextFactory<RadioDb> _databases;
    private readonly ChangeFeed _feed;
    private readonly Counter<long> _meter;
    private readonly ConcurrentDictionary<(string NodeId, RejectedBy By, RejectedReason Reason), RejectedCount> _counts = new();
    private readonly ConcurrentDictionary<(string NodeId, RejectedBy By, RejectedReason Reason), bool> _unsaved = new();

    public RejectedLedger(IDbContextFactory<RadioDb> databases, ChangeFeed feed, IMeterFactory meters)
    {
        _databases = databases;
        _feed = feed;
        _meter = meters.Create("SmartRadio.Fleet").CreateCounter<long>(
            "smartradio.rejections", "{message}", "Messages and operations that were rejected, by whom and why");
    }

    /// <summary>Reads what was counted before the restart.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        await foreach (var count in db.Rejections.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _counts[(count.NodeId, count.By, count.Reason)] = count;
        }
    }

    /// <param name="nodeId">A node of ours, or <see cref="Strangers"/>.</param>
    /// <param name="by">Who rejected.</param>
    /// <param name="reason">Why.</param>
    /// <param name="at">When; the last one when there were several.</param>
    /// <param name="times">How many, at least 1.</param>
    public void Count(string nodeId, RejectedBy by, RejectedReason reason, DateTimeOffset at, long times = 1)
    {
        var key = (nodeId, by, reason);
        _counts.AddOrUpdate(
            key,
            _ => new RejectedCount { NodeId = nodeId, By = by, Reason = reason, Count = times, Last = at },
            (_, count) => count with { Count = count.Count + times, Last = at });
        _unsaved[key] = true;
        // Not by node: a collector keeps each value of a tag for ever, and whose figure it is stands on the node's page.
        _meter.Add(times, new KeyValuePair<string, object?>("by", by.ToString()), new("reason", reason.ToString()));
        _feed.Changed(new Subject("node", nodeId));
    }

    /// <summary>What was rejected of a node or to it, ever.</summary>
    public IReadOnlyList<RejectedCount> Of(string nodeId) =>
    [
        .. from who in Everyone
           from reason in AllReasons
           let count = _counts.GetValueOrDefault((nodeId, who, reason))
           where count is not null
           select count,
    ];

    /// <summary>Takes the counts that changed since the last call.</summary>
    public IReadOnlyList<RejectedCount> TakeUnsaved()
    {
        var taken = new List<RejectedCount>();
        foreach (var key in _unsaved.Keys)
        {
            if (_unsaved.TryRemove(key, out _))
            {
                taken.Add(_counts[key]);
            }
        }

        return taken;
    }

    /// <summary>Gives back what could not be saved.</summary>
    public void Keep(IEnumerable<RejectedCount> unsaved)
    {
        foreach (var count in unsaved)
        {
            _unsaved[(count.NodeId, count.By, count.Reason)] = true;
        }
    }
}
