using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What became of a broadcast so far: told from what nodes reported, never from the clock alone.</summary>
public enum BroadcastProgress
{
    /// <summary>Nothing was heard yet, and it may still be.</summary>
    Waiting,

    /// <summary>At least one node sounds now.</summary>
    Sounding,

    /// <summary>Every node played it to the end.</summary>
    Heard,

    /// <summary>Some nodes did not play it, or not to the end.</summary>
    HeardInPart,

    /// <summary>No node played any of it.</summary>
    NotReached,

    /// <summary>No node was allowed to play it: quiet hours, limits, a message that proved nothing.</summary>
    Refused,

    /// <summary>A person took it back before anybody heard it.</summary>
    Cancelled,
}

/// <summary>What a node's report says of a broadcast, in the same words.</summary>
public static class TargetProgress
{
    /// <param name="state">How far the node got.</param>
    /// <param name="reason">Why it ended as it did.</param>
    /// <param name="isHeard">Samples left its output.</param>
    public static BroadcastProgress Of(TargetState state, ReceiptReason reason, bool isHeard) => state switch
    {
        < TargetState.Playing => BroadcastProgress.Waiting,
        // A higher class cut it, and it goes on afterwards.
        TargetState.Playing when reason == ReceiptReason.Preempted => BroadcastProgress.Waiting,
        TargetState.Playing => BroadcastProgress.Sounding,
        TargetState.Played => BroadcastProgress.Heard,
        TargetState.Interrupted when isHeard => BroadcastProgress.HeardInPart,
        TargetState.Unknown => BroadcastProgress.NotReached,
        _ when reason is ReceiptReason.Stopped or ReceiptReason.LocalStop => BroadcastProgress.Cancelled,
        TargetState.Rejected => BroadcastProgress.Refused,
        _ when reason is ReceiptReason.QuietHours or ReceiptReason.Limit => BroadcastProgress.Refused,
        _ => BroadcastProgress.NotReached,
    };
}
