using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Link.Rejected;

/// <summary>Counts what nodes say that they refused: all of it by their heartbeats, some of it with reasons by their receipts.</summary>
public sealed class NodeRejections(RejectedLedger ledger)
{
    /// <param name="before">What was known of the node.</param>
    /// <param name="beat">What it says now; its count begins again at zero when it is switched on.</param>
    /// <param name="at">When it was heard.</param>
    public void Heard(NodeStatus before, Heartbeat beat, DateTimeOffset at)
    {
        var restarted = beat.Uptime < before.Uptime.TotalSeconds || beat.Refused < before.Refused;
        var more = restarted ? beat.Refused : beat.Refused - before.Refused;
        if (more > 0)
        {
            ledger.Count(before.NodeId, RejectedBy.Node, RejectedReason.InAll, at, more);
        }
    }

    /// <summary>A receipt that was stored for the first time.</summary>
    public void Heard(ReceiptRow receipt)
    {
        // With a broadcast it is about that broadcast and stands there.
        if (receipt is { Step: ReceiptStep.Refused, BroadcastId: 0 })
        {
            ledger.Count(receipt.NodeId, RejectedBy.Node, ReasonOf(receipt.Reason), receipt.StoredAt);
        }
    }

    private static RejectedReason ReasonOf(ReceiptReason reason) => reason switch
    {
        ReceiptReason.Unauthenticated => RejectedReason.Unauthenticated,
        ReceiptReason.Replayed => RejectedReason.Replayed,
        ReceiptReason.Expired => RejectedReason.Expired,
        ReceiptReason.Malformed => RejectedReason.Malformed,
        ReceiptReason.NotRunning => RejectedReason.ClockNotSet,
        ReceiptReason.StorageFull => RejectedReason.StorageFull,
        ReceiptReason.UnknownCodec => RejectedReason.UnknownCodec,
        ReceiptReason.QuietHours or ReceiptReason.Limit or ReceiptReason.Busy => RejectedReason.NotNow,
        _ => RejectedReason.Other,
    };
}
