using SmartRadio.Node.Clock;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>
    /// Counts every rejected message and reports some: a receipt costs a write to flash and a message, which a stranger must not
    /// be able to spend at will. Four at once, then one every ten minutes.
    /// </summary>
    public sealed class RejectionLog
    {
        private const int Burst = 4;
        private const long Refill = 600000000;

        private readonly PlayJournal _journal;
        private readonly NodeClock _clock;
        private int _tokens = Burst;
        private long _refilled;

        public RejectionLog(PlayJournal journal, NodeClock clock)
        {
            _journal = journal;
            _clock = clock;
            _refilled = clock.Local;
        }

        /// <summary>Messages rejected since power-on.</summary>
        public long Count { get; private set; }

        /// <summary>Counts only: for what anyone may send, such as chunks and frames.</summary>
        public void Tally()
        {
            Count++;
        }

        /// <summary>Counts, and reports while the allowance lasts.</summary>
        public void Report(long broadcast, ReceiptReason reason)
        {
            Count++;
            long now = _clock.Local;
            while (now - _refilled >= Refill)
            {
                _refilled += Refill;
                _tokens = _tokens < Burst ? _tokens + 1 : Burst;
            }

            if (_tokens > 0)
            {
                _tokens--;
                _journal.Note(broadcast, ReceiptStep.Rejected, reason, _clock.Now, 0);
            }
        }
    }
}
