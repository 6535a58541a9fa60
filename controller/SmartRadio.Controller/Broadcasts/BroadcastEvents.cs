using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>Broadcasts were planned, changed, ended, or heard of.</summary>
public sealed record BroadcastsChanged(IReadOnlyCollection<long> BroadcastIds) : IEvent
{
    public IEnumerable<Subject> About =>
        BroadcastIds.Select(id => new Subject("broadcast", id.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>A person aired a broadcast that starts now or later.</summary>
public sealed record BroadcastAired(long BroadcastId) : IEvent
{
    public IEnumerable<Subject> About => [new("broadcast", BroadcastId.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>
/// Somebody wants silence. The one event that is published before the books are written: a disk that is full must not keep a
/// loudspeaker talking.
/// </summary>
public sealed record SilenceWanted(IReadOnlyCollection<long> BroadcastIds) : IEvent
{
    public IEnumerable<Subject> About => [];
}
