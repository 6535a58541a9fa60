using SmartRadio.Protocol;

namespace SmartRadio.Controller.Link.Rejected;

/// <summary>
/// Counts what nodes say that they rejected: all of it by their heartbeats, some of it with reasons by their receipts.
/// </summary>
public sealed class NodeRejections(RejectedLedger ledger)
{
    /// <summary>A node's own count of what it rejected, which begins again at zero when it is switched on.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="before">What it said last.</param>
    /// <param name="count">What it says now.</param>
    /// <param name="isRestarted">It was switched on since.</param>
    /// <param name="at">When it was heard.</param>
    public void Heard(string nodeId, long before, long count, bool isRestarted, DateTimeOffset at)
    {
        var more = isRestarted || count < before ? count : count - before;
        if (more > 0)
        {
            ledger.Count(nodeId, RejectedBy.Node, RejectedReason.InAll, at, more);
        }
    }

    /// <summary>A receipt that tells why a message was rejected, stored for the first time.</summary>
    public void Heard(string nodeId, ReceiptReason reason, DateTimeOffset at) =>
        ledger.Count(nodeId, RejectedBy.Node, ReasonOf(reason), at);

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
