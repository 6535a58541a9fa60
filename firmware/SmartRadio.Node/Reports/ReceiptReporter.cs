using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Reports
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

        private readonly PlayJournal _journal;
        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly IJitter _jitter;
        private long _sentThrough;
        private long _sendAt;
        private bool _isSending;
        private long _retryAt;
        private long _retry = FirstRetry;
        private int _sent;
        private int _countedChanges = -1;
        private long _countedThrough;

        public ReceiptReporter(PlayJournal journal, NodeClock clock, Uplink uplink, IJitter jitter)
        {
            _journal = journal;
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
            if (_journal.IsLost)
            {
                return Wait.Longest;
            }

            long now = _clock.Local;
            if (now >= _retryAt && Sent() > 0)
            {
                _retry = _retry * 2 > LastRetry ? LastRetry : _retry * 2;
                _sentThrough = 0;
            }

            int wait = SendNew(now);
            return Sent() > 0 ? Wait.Shorter(wait, Wait.Until(_retryAt, now)) : wait;
        }

        public void Acknowledged(ReceiptAck ack)
        {
            _journal.Acknowledge(ack.First, ack.Last);
            _retry = FirstRetry;
        }

        /// <summary>Milliseconds until it may send what is new.</summary>
        private int SendNew(long now)
        {
            if (_journal.SavedNumber <= _sentThrough || _journal.Outbox.Count == 0)
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

            // One report a call: each costs the device a MAC, and sound waits meanwhile.
            return Sent() < Window && SendNext(now) ? 0 : Wait.Longest;
        }

        /// <summary>How many wait for their acknowledgement; asked at each poll and counted when it may have changed.</summary>
        private int Sent()
        {
            if (_countedChanges != _journal.Outbox.Changes || _countedThrough != _sentThrough)
            {
                _countedChanges = _journal.Outbox.Changes;
                _countedThrough = _sentThrough;
                _sent = _journal.Outbox.CountThrough(_sentThrough);
            }

            return _sent;
        }

        private bool SendNext(long now)
        {
            byte[] report = _journal.Outbox.Next(_sentThrough);
            if (report == null)
            {
                return false;
            }

            // They are consecutive: count, then the number of the first.
            WireReader reader = new WireReader(report);
            long last = reader.U8() - 1;
            last += reader.U32();
            if (last > _journal.SavedNumber)
            {
                return false;
            }

            _uplink.Send(UpType.Receipts, report);
            _sentThrough = last;
            _retryAt = now + (_retry * (100 + _jitter.Next(50)) / 100);
            return true;
        }
    }
}
