using SmartRadio.Wire;

namespace SmartRadio.Node
{
    /// <summary>How an airing ended, to be told when its last sample has left the output.</summary>
    public sealed class Ending
    {
        public Ending(Airing airing, ReceiptReason reason, long at)
        {
            Airing = airing;
            Reason = reason;
            At = at;
        }

        public Airing Airing { get; }

        /// <summary>None when it was played to its end.</summary>
        public ReceiptReason Reason { get; }

        /// <summary>Local µs at which the last sample leaves.</summary>
        public long At { get; }

        /// <summary>Writes it into the book.</summary>
        public void Note(Book book, NodeClock clock)
        {
            BroadcastRecord record = Airing.Record;
            bool resumes = Reason == ReceiptReason.Preempted && Airing.Resumes;
            record.State = resumes ? BroadcastState.Suspended : BroadcastState.Done;
            ReceiptStep step = Reason == ReceiptReason.None ? ReceiptStep.Finished : ReceiptStep.Interrupted;
            book.Note(record.Broadcast, step, Reason, clock.ToUnix(At), record.Samples);
        }
    }
}
