using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>How far a node got with a broadcast. Later values are later steps; the last five are ends.</summary>
public enum TargetState
{
    /// <summary>Nothing heard from the node yet.</summary>
    Waiting,

    /// <summary>The node has it in its plan.</summary>
    Received,

    /// <summary>The node holds the sound, verified.</summary>
    Verified,

    Playing,

    Played,
    Interrupted,
    Rejected,
    Missed,

    /// <summary>It is over and the node has said nothing: out of reach.</summary>
    Unknown,
}

/// <summary>One node that should play a broadcast, and what it did.</summary>
public sealed class Target
{
    public long BroadcastId { get; set; }

    public required string NodeId { get; set; }

    /// <summary>The node's area at the time; history keeps it when the node moves.</summary>
    public long AreaId { get; set; }

    /// <summary>The object the node plays, or null for sound that comes only as a stream.</summary>
    public string? ObjectId { get; set; }

    public TargetState State { get; set; }

    public ReceiptReason Reason { get; set; }

    /// <summary>When the first sample left the node's output, on the node's synchronised clock.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When somebody stopped it on this node.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>Samples really handed to the output.</summary>
    public long Samples { get; set; }

    public bool IsOver => State >= TargetState.Played;

    /// <summary>
    /// A higher class cut it and the node goes on with it afterwards: it is still playing, as far as stops and plans are
    /// concerned.
    /// </summary>
    public bool IsSuspended => State == TargetState.Playing && Reason == ReceiptReason.Preempted;

    /// <summary>
    /// Takes a receipt into account. An end that the node reports always counts, however late it comes; an earlier step
    /// counts only while the target is not over and never goes back.
    /// </summary>
    /// <param name="receipt">What the node says.</param>
    /// <param name="resumes">The broadcast goes on after what cut it, see <see cref="Broadcast.Resumes"/>.</param>
    public void Apply(Receipt receipt, bool resumes)
    {
        if (resumes && receipt is { Step: ReceiptStep.Interrupted, Reason: ReceiptReason.Preempted })
        {
            Suspend(receipt);
            return;
        }

        var state = receipt.Step switch
        {
            ReceiptStep.Received => TargetState.Received,
            ReceiptStep.Verified => TargetState.Verified,
            ReceiptStep.Started => TargetState.Playing,
            ReceiptStep.Finished => TargetState.Played,
            ReceiptStep.Interrupted => TargetState.Interrupted,
            ReceiptStep.Rejected => TargetState.Rejected,
            // What was cut and never went on was heard in part.
            _ => receipt.Samples > 0 ? TargetState.Interrupted : TargetState.Missed,
        };
        if (receipt.Step == ReceiptStep.Started)
        {
            StartedAt ??= UnixTime.FromUnix(receipt.Instant);
            if (IsSuspended && EndedAt <= UnixTime.FromUnix(receipt.Instant))
            {
                // It goes on; a receipt of the first start may come behind that of the cut.
                (Reason, EndedAt) = (ReceiptReason.None, null);
            }
        }

        if (state >= TargetState.Played)
        {
            State = state;
            Reason = receipt.Reason;
            EndedAt = UnixTime.FromUnix(receipt.Instant);
            Samples = receipt.Samples;
        }
        else if (!IsOver && state > State)
        {
            State = state;
        }
    }

    private void Suspend(Receipt receipt)
    {
        // When it is over without the node's word, a cut that is told late is the end, until the node tells another.
        var isLate = State == TargetState.Unknown
            || (State == TargetState.Interrupted && Reason == ReceiptReason.Preempted && receipt.Samples > Samples);
        if (!IsOver || isLate)
        {
            (State, Reason) = (isLate ? TargetState.Interrupted : TargetState.Playing, ReceiptReason.Preempted);
            (EndedAt, Samples) = (UnixTime.FromUnix(receipt.Instant), receipt.Samples);
        }
    }
}
