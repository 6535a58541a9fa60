namespace SmartRadio.Controller.Releases;

public enum RolloutState : byte
{
    Running = 1,

    /// <summary>A node failed, or somebody stopped it. Nodes that were told already go on.</summary>
    Stopped = 2,

    /// <summary>Every node runs the release.</summary>
    Finished = 3,
}

/// <summary>
/// A release on its way to the nodes, in three stages: a few that were chosen, a tenth of the others, the rest.
/// </summary>
public sealed class Rollout
{
    public const int Stages = 3;

    public long Id { get; set; }

    public long ReleaseId { get; set; }

    public RolloutState State { get; set; } = RolloutState.Running;

    /// <summary>1 to <see cref="Stages"/>: nodes of this and earlier stages are updated.</summary>
    public int Stage { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was stopped or finished.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public IList<RolloutNode> Nodes { get; } = [];
}

public enum RolloutStep : byte
{
    /// <summary>Its stage has not come, or it was not on-line since.</summary>
    Waiting = 1,

    /// <summary>It was told; it fetches, installs and proves the release.</summary>
    Sent = 2,

    /// <summary>It runs the release and the release has proved itself.</summary>
    Updated = 3,

    Failed = 4,
}

public enum RolloutFailure : byte
{
    None = 0,

    /// <summary>The release did not prove itself on the node, which runs the one before again.</summary>
    RolledBack = 1,

    /// <summary>The node could not install it.</summary>
    NotInstalled = 2,

    /// <summary>The node is on-line and neither runs the release nor says why.</summary>
    NoResult = 3,
}

/// <summary>One node of a rollout.</summary>
public sealed class RolloutNode
{
    public long RolloutId { get; set; }

    public required string NodeId { get; set; }

    public int Stage { get; set; }

    public RolloutStep Step { get; set; } = RolloutStep.Waiting;

    public RolloutFailure Failure { get; set; }

    /// <summary>When it was told first.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it was found updated or failed.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
