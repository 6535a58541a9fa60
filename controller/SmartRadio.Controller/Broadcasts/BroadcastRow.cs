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

    /// <summary>For whom it is, beyond the reader's areas too.</summary>
    public Audience Audience { get; init; } = new([], []);

    /// <summary>No loudspeaker heard it, whatever is told of it.</summary>
    public bool IsExercise { get; init; }

    /// <summary>Nobody heard it because its bulletin was not approved in time.</summary>
    public bool IsUnapproved { get; init; }

    /// <summary>What became of it so far, as its nodes reported.</summary>
    public BroadcastProgress Progress { get; } = Nodes.ProgressOf(State);
}

/// <summary>The bulletin of a broadcast.</summary>
public sealed record AiredBulletin(long Id, string Title);
