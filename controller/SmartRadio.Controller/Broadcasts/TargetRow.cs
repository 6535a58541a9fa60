using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>One node's part in a broadcast.</summary>
/// <param name="Place">Who should play it.</param>
/// <param name="State">How far it got.</param>
/// <param name="Reason">Why it ended as it did; none when all went well.</param>
/// <param name="StartedAt">When the first sample left the node's output, on the node's synchronised clock.</param>
/// <param name="EndedAt">When it ended there.</param>
/// <param name="Samples">Samples really handed to the output.</param>
public sealed record TargetRow(
    TargetPlace Place, TargetState State, ReceiptReason Reason, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long Samples)
{
    public bool IsOver => State >= TargetState.Played;

    public BroadcastProgress Progress => TargetProgress.Of(State, Reason, Samples > 0);
}

/// <summary>A node of a broadcast and its area at the time.</summary>
public sealed record TargetPlace(string NodeId, string NodeName, long AreaId, string AreaName);
