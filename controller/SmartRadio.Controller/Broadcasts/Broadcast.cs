using SmartRadio.Controller.Changes;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What became of a broadcast as a whole; what each node did is in its targets.</summary>
public enum BroadcastState
{
    /// <summary>To be aired, or on air.</summary>
    Planned,

    /// <summary>Over, and heard from at least one node.</summary>
    Finished,

    /// <summary>Stopped or cancelled by a person.</summary>
    Stopped,

    /// <summary>Its latest start passed and no node is known to have begun it; it is never played late.</summary>
    Missed,
}

/// <summary>One bulletin, an audience, a time.</summary>
public sealed class Broadcast
{
    public long Id { get; set; }

    public long BulletinId { get; set; }

    public BroadcastClass Class { get; set; }

    public DateTimeOffset Start { get; set; }

    /// <summary>After this a node no longer starts it.</summary>
    public DateTimeOffset LatestStart { get; set; }

    public TimeSpan Length { get; set; }

    /// <summary>Of broadcasts of one class that start at one instant on a node, the lower one is first.</summary>
    public long Rank { get; set; }

    public BroadcastState State { get; set; }

    /// <summary>The schedule that made it, or null when a person aired it.</summary>
    public long? ScheduleId { get; set; }

    public required Audience Audience { get; set; }

    public string? CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>No node hears it: <see cref="ExercisePlayer"/> plays it in their place.</summary>
    public bool IsExercise { get; set; }

    public ICollection<Target> Targets { get; } = [];

    public DateTimeOffset End => Start + Length;

    /// <summary>
    /// What an emergency cut is heard to its end; a relay or normal news item cut twice would only confuse.
    /// </summary>
    public static bool Resumes(BroadcastClass soundClass) => soundClass >= BroadcastClass.Priority;

    /// <summary>No node that keeps to its plan can be playing it after <paramref name="instant"/>.</summary>
    public bool IsOver(DateTimeOffset instant) =>
        (State == BroadcastState.Stopped ? StoppedAt!.Value : LatestStart + Length) <= instant;

    /// <summary>
    /// Ends it by a person's will: nodes that have not begun will not; nodes on air say themselves when they fell silent. Where
    /// others outside the scope are still to hear it, it goes on for those.
    /// </summary>
    /// <returns>The nodes whose plan this changes.</returns>
    public IReadOnlyList<string> Stop(DateTimeOffset now, AreaScope scope)
    {
        var concerned = Targets.Where(target => !target.IsOver && target.StoppedAt is null && scope.Holds(target.AreaId))
            .ToList();
        if (Targets.All(target => target.IsOver || scope.Holds(target.AreaId)))
        {
            State = BroadcastState.Stopped;
            StoppedAt = now;
        }

        concerned.ForEach(target => target.StoppedAt = now);
        foreach (var target in concerned.Where(target => target.State < TargetState.Playing))
        {
            target.State = TargetState.Missed;
            target.Reason = ReceiptReason.Stopped;
        }

        return concerned.ConvertAll(target => target.NodeId);
    }
}
