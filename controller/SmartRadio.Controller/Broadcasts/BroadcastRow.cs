using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>A broadcast in a list.</summary>
public sealed record BroadcastRow(
    long Id,
    AiredBulletin Bulletin,
    BroadcastClass Class,
    BroadcastState State,
    DateTimeOffset Start,
    TimeSpan Length,
    TargetCounts Nodes)
{
    /// <summary>The schedule that made it, or null when a person aired it.</summary>
    public long? ScheduleId { get; init; }

    /// <summary>Planned and between its start and its end.</summary>
    public bool IsOnAir(DateTimeOffset now) => State == BroadcastState.Planned && Start <= now && now < Start + Length;
}

/// <summary>The bulletin of a broadcast.</summary>
public sealed record AiredBulletin(long Id, string Title);

/// <summary>How many nodes in the reader's areas got how far with a broadcast.</summary>
/// <param name="Should">Nodes that should play it.</param>
/// <param name="Played">Nodes that played it to the end.</param>
/// <param name="Failed">Nodes that did not and will not.</param>
/// <param name="IsPart">It is to be heard outside the reader's areas too; the nodes there are not counted.</param>
public sealed record TargetCounts(int Should, int Played, int Failed, bool IsPart);
