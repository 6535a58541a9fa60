namespace SmartRadio.Simulation.Invariants;

/// <summary>What must hold in every world, whatever happens in it.</summary>
public enum Invariant
{
    /// <summary>Every sample that leaves a node is of a broadcast the controller made for it, at its place in it.</summary>
    OnlyAuthenticSound,

    /// <summary>In quiet hours nothing but an emergency sounds.</summary>
    QuietHours,

    /// <summary>Nothing starts before its start or after its latest start.</summary>
    StartsInTime,

    /// <summary>No sample of a broadcast, and no chime, leaves the same node twice.</summary>
    NothingTwice,

    /// <summary>A receipt's samples equal those that left the output, and its number always means the same receipt.</summary>
    TrueReceipts,

    /// <summary>No command is taken twice and no counter goes back, over power cuts and restarts too.</summary>
    CountersRise,

    /// <summary>A node that can be reached ends with the newest plan.</summary>
    NewestPlan,

    /// <summary>
    /// Every broadcast is accounted for on every node: played, missed with a reason, or unknown while out of reach.
    /// </summary>
    Accounting,

    /// <summary>An emergency is heard on every node that can be reached without disturbance.</summary>
    EmergencyHeard,

    /// <summary>The amplifier is awake before the first sample.</summary>
    AmplifierFirst,

    /// <summary>No message and no instant stops a node or the controller.</summary>
    GoesOn,
}

/// <summary>An invariant did not hold.</summary>
public sealed class ViolationException(Invariant invariant, string story) : Exception($"{invariant}: {story}")
{
    public Invariant Invariant { get; } = invariant;
}
