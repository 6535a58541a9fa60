using SmartRadio.Protocol;

namespace SmartRadio.Node
{
    /// <summary>
    /// Counts every refused message and reports some: a receipt costs a write to flash and a message, which a stranger must not
    /// be able to spend at will. Four at once, then one every ten minutes.
    /// </summary>
    public sealed class Refusals
    {
        private const int Burst = 4;
        private const long Refill = 600000000;

        private readonly Book _book;
        private readonly NodeClock _clock;
        private int _tokens = Burst;
        private long _refilled;

        public Refusals(Book book, NodeClock clock)
        {
            _book = book;
            _clock = clock;
            _refilled = clock.Local;
        }

        /// <summary>Messages refused since power-on.</summary>
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
                _book.Note(broadcast, ReceiptStep.Refused, reason, _clock.Now, 0);
            }
        }
    }
}
