using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node
{
    /// <summary>
    /// Sends receipts within two seconds of storing them, and again until the controller says that it has stored them too.
    /// Thousands of nodes start and end a broadcast in the same instant: each waits for a moment of its own.
    /// </summary>
    public sealed class ReceiptReporter
    {
        private const long FirstRetry = 15000000;
        private const long LastRetry = 300000000;

        /// <summary>Receipts sent and not acknowledged at one time: days of receipts must not flood a weak line.</summary>
        private const int Window = 4 * ReceiptReport.MaxReceipts;

        private readonly Book _book;
        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly IJitter _jitter;
        private long _sentThrough;
        private long _sendAt;
        private bool _isSending;
        private long _retryAt;
        private long _retry = FirstRetry;

        public ReceiptReporter(Book book, NodeClock clock, Uplink uplink, IJitter jitter)
        {
            _book = book;
            _clock = clock;
            _uplink = uplink;
            _jitter = jitter;
        }

        public void Connected()
        {
            _retry = FirstRetry;
            _sentThrough = 0;
            _isSending = false;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            if (_book.IsLost)
            {
                return Wait.Longest;
            }

            long now = _clock.Local;
            if (now >= _retryAt && _book.Outbox.CountThrough(_sentThrough) > 0)
            {
                _retry = _retry * 2 > LastRetry ? LastRetry : _retry * 2;
                _sentThrough = 0;
            }

            int wait = SendNew(now);
            return _book.Outbox.CountThrough(_sentThrough) > 0 ? Wait.Shorter(wait, Wait.Until(_retryAt, now)) : wait;
        }

        public void Acknowledged(ReceiptAck ack)
        {
            _book.Acknowledge(ack.First, ack.Last);
            _retry = FirstRetry;
        }

        /// <summary>Milliseconds until it may send what is new.</summary>
        private int SendNew(long now)
        {
            if (_book.SavedNumber <= _sentThrough || _book.Outbox.Count == 0)
            {
                _isSending = false;
                return Wait.Longest;
            }

            if (!_isSending)
            {
                _isSending = true;
                _sendAt = now + (_jitter.Next(Intervals.Spread) * 1000L);
            }

            if (now < _sendAt)
            {
                return Wait.Until(_sendAt, now);
            }

            while (_book.Outbox.CountThrough(_sentThrough) < Window && SendNext(now))
            {
            }

            return Wait.Longest;
        }

        private bool SendNext(long now)
        {
            Receipt[] receipts = _book.Outbox.Next(_sentThrough);
            if (receipts == null || receipts[receipts.Length - 1].Number > _book.SavedNumber)
            {
                return false;
            }

            ReceiptReport report = new ReceiptReport();
            report.Receipts = receipts;
            _uplink.Send(UpType.Receipts, report.Write());
            _sentThrough = receipts[receipts.Length - 1].Number;
            _retryAt = now + (_retry * (100 + _jitter.Next(50)) / 100);
            return true;
        }
    }
}
