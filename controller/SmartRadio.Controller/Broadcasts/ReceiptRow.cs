using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>A receipt as a node sent it, kept as proof. A node's numbers never repeat, so it is stored once.</summary>
public sealed class ReceiptRow
{
    public required string NodeId { get; set; }

    public long Number { get; set; }

    public long BroadcastId { get; set; }

    public ReceiptStep Step { get; set; }

    public ReceiptReason Reason { get; set; }

    /// <summary>On the node's synchronised clock.</summary>
    public DateTimeOffset Instant { get; set; }

    public long Samples { get; set; }

    public DateTimeOffset StoredAt { get; set; }
}
