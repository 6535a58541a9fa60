using SmartRadio.Wire;

namespace SmartRadio.Controller.Fleet;

/// <summary>Counts what nodes say that they refused: all of it by their heartbeats, some of it with reasons by their receipts.</summary>
public sealed class NodeRefusals(RefusalLedger ledger)
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
            ledger.Count(before.NodeId, RefusedBy.Node, RefusalReason.InAll, at, more);
        }
    }

    /// <summary>A receipt that was stored for the first time.</summary>
    public void Heard(ReceiptRow receipt)
    {
        // With a broadcast it is about that broadcast and stands there.
        if (receipt is { Step: ReceiptStep.Refused, BroadcastId: 0 })
        {
            ledger.Count(receipt.NodeId, RefusedBy.Node, ReasonOf(receipt.Reason), receipt.StoredAt);
        }
    }

    private static RefusalReason ReasonOf(ReceiptReason reason) => reason switch
    {
        ReceiptReason.Unauthenticated => RefusalReason.Unauthenticated,
        ReceiptReason.Replayed => RefusalReason.Replayed,
        ReceiptReason.Expired => RefusalReason.Expired,
        ReceiptReason.Malformed => RefusalReason.Malformed,
        ReceiptReason.NotRunning => RefusalReason.ClockNotSet,
        ReceiptReason.StorageFull => RefusalReason.StorageFull,
        ReceiptReason.UnknownCodec => RefusalReason.UnknownCodec,
        ReceiptReason.QuietHours or ReceiptReason.Limit or ReceiptReason.Busy => RefusalReason.NotNow,
        _ => RefusalReason.Other,
    };
}
