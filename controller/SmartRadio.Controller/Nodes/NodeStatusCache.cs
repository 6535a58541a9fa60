using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Nodes;

/// <summary>
/// What every node last said of itself, in memory. Thousands of heartbeats a minute change it; <see cref="NodeStatusWriter"/>
/// writes the newest values to the database from time to time.
/// </summary>
public sealed class NodeStatusCache(IDbContextFactory<RadioDb> databases, ChangeFeed feed)
    : INodePresence, ILoadAtStart, IReactTo<NodeKeysChanged>
{
    private readonly ConcurrentDictionary<string, NodeStatus> _statuses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unsaved = new(StringComparer.Ordinal);

    /// <summary>Reads what was recorded before the restart; everyone counts as off-line until heard.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var status in db.NodeStatuses.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _statuses[status.NodeId] = status with { Online = false, OnAir = null };
        }
    }

    /// <summary>The node's status; an empty one when it was never heard.</summary>
    public NodeStatus Find(string nodeId) =>
        _statuses.TryGetValue(nodeId, out var status) ? status : new NodeStatus { NodeId = nodeId };

    public void Present(string nodeId, bool online, DateTimeOffset at) => Update(nodeId, status => status with
    {
        Online = online,
        OnAir = online ? status.OnAir : null,
        LastSeen = online ? at : status.LastSeen,
    });

    public void Heard(string nodeId, Hello hello, DateTimeOffset at) => Update(nodeId, status => status.After(hello, at));

    public void Heard(string nodeId, Heartbeat beat, DateTimeOffset at) => Update(nodeId, status => status.After(beat, at));

    public void Heard(string nodeId, Health health, DateTimeOffset at) => Update(nodeId, status => status.After(health, at));

    public long UpCounterOf(string nodeId) => Find(nodeId).UpCounter;

    /// <summary>A node that is revoked has gone.</summary>
    public Task ReactAsync(NodeKeysChanged happened, CancellationToken cancellationToken)
    {
        if (happened.Change == KeyChange.Revoked)
        {
            Update(happened.NodeId, status => status with { Online = false, OnAir = null });
        }

        return Task.CompletedTask;
    }

    /// <summary>Any authentic message.</summary>
    public void Heard(string nodeId, long counter, DateTimeOffset at) =>
        Update(nodeId, status => status with { LastSeen = at, UpCounter = counter }, quietly: true);

    /// <summary>
    /// Counts nodes as off-line that have been silent since <paramref name="deadline"/>, as when the broker died with them.
    /// </summary>
    public void ExpireSilent(DateTimeOffset deadline)
    {
        foreach (var status in _statuses.Values.Where(status => status.Online && status.LastSeen < deadline))
        {
            Present(status.NodeId, online: false, deadline);
        }
    }

    /// <summary>Takes the statuses that changed since the last call.</summary>
    public IReadOnlyList<NodeStatus> TakeUnsaved()
    {
        var taken = new List<NodeStatus>();
        foreach (var nodeId in _unsaved.Keys)
        {
            if (_unsaved.TryRemove(nodeId, out _))
            {
                taken.Add(Find(nodeId));
            }
        }

        return taken;
    }

    private void Update(string nodeId, Func<NodeStatus, NodeStatus> change, bool quietly = false)
    {
        _statuses.AddOrUpdate(nodeId, id => change(new NodeStatus { NodeId = id }), (_, status) => change(status));
        _unsaved[nodeId] = true;
        if (!quietly)
        {
            feed.Changed(new Subject("node", nodeId));
        }
    }
}
