using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Link
{
    /// <summary>
    /// Asks the controller for the time: four times quickly when the link comes up, two hundred times in the first five minutes
    /// after power-on, for then little is known, four hundred times at half the usual interval, and at that interval from then
    /// on. On a line so short that a few answers leave no doubt, the usual interval is enough from the start.
    /// </summary>
    public sealed class ClockSync
    {
        private const int Pending = 8;
        private const int QuickExchanges = 4;
        private const long QuickInterval = 1000000;
        private const long EarlyInterval = 1500000;

        /// <summary>With the usual interval these fill the first hour: until then the drift is not known well.</summary>
        private const int LearningExchanges = 400;

        /// <summary>Whoever is wrong by no more than so many µs has no need to hurry: nobody hears it.</summary>
        private const long Certain = 3000;

        /// <summary>After so many usual intervals without an answer something must be wrong: two minutes.</summary>
        private const int Patience = 8;

        /// <summary>An answer later than this says nothing useful.</summary>
        private const long MaxAge = 10000000;

        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly IJitter _jitter;
        private readonly long _interval;
        private readonly long[] _counters = new long[Pending];
        private readonly long[] _sent = new long[Pending];
        private int _next;
        private int _quick;
        private int _early;
        private int _learning = LearningExchanges;
        private long _due;
        private long _unanswered;

        /// <param name="clock">The clock that learns.</param>
        /// <param name="uplink">Carries the questions.</param>
        /// <param name="jitter">Spreads them.</param>
        /// <param name="intervals">How often it asks.</param>
        public ClockSync(NodeClock clock, Uplink uplink, IJitter jitter, Intervals intervals)
        {
            _clock = clock;
            _uplink = uplink;
            _jitter = jitter;
            _interval = intervals.Clock;
            _early = intervals.EarlyClock;
        }

        /// <summary>
        /// On a connection that seems to work nobody has answered for long, as when the controller takes what this node says for
        /// a repetition.
        /// </summary>
        public bool IsIgnored
        {
            get { return _unanswered != 0 && _clock.Local - _unanswered > Patience * _interval; }
        }

        public void Connected()
        {
            _unanswered = 0;
            _quick = QuickExchanges;
            _due = _clock.Local;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            long now = _clock.Local;
            if (now >= _due)
            {
                Ask(now);
                // Spread over ±10 %, on average never more often than the interval.
                _due = now + (Interval() * (90 + _jitter.Next(21)) / 100);
            }

            return Wait.Until(_due, now);
        }

        /// <summary>Takes an answer; false when it belongs to no open request.</summary>
        public bool Answered(ClockReply reply)
        {
            long now = _clock.Local;
            for (int i = 0; i < Pending; i++)
            {
                if (_counters[i] == 0 || _counters[i] != reply.RequestCounter || _sent[i] / 1000 != reply.NodeSent)
                {
                    continue;
                }

                _counters[i] = 0;
                _unanswered = 0;
                if (now - _sent[i] > MaxAge || reply.ControllerReceived < NodeClock.Earliest
                    || reply.ControllerSent < reply.ControllerReceived)
                {
                    return false;
                }

                if (_quick > 0)
                {
                    _quick--;
                }
                else if (_early > 0)
                {
                    _early--;
                }
                else if (_learning > 0)
                {
                    _learning--;
                }

                _clock.Learn(_sent[i], reply.ControllerReceived, reply.ControllerSent, now);
                return true;
            }

            return false;
        }

        private long Interval()
        {
            if (_quick > 0)
            {
                return QuickInterval;
            }

            if (_clock.Uncertainty <= Certain)
            {
                return _interval;
            }

            return _early > 0 ? EarlyInterval : _learning > 0 ? _interval / 2 : _interval;
        }

        private void Ask(long now)
        {
            ClockRequest request = new ClockRequest();
            request.NodeSent = now / 1000;
            _unanswered = _unanswered == 0 ? now : _unanswered;
            _sent[_next] = now;
            _counters[_next] = _uplink.Send(UpType.ClockRequest, request.Write());
            _next = (_next + 1) % Pending;
        }
    }
}
