using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Playback
{
    /// <summary>Quiet hours and the daily limit of the plan in force. They bind everything but an emergency.</summary>
    public sealed class AirRules
    {
        private const int DayMinutes = 24 * 60;
        private const long MinuteMilliseconds = 60000;

        private readonly PlanStore _plan;
        private readonly Airtime _airtime;

        public AirRules(PlanStore plan, Airtime airtime)
        {
            _plan = plan;
            _airtime = airtime;
        }

        /// <summary>Why a sound of so many milliseconds may not start at an instant (Unix ms), or None.</summary>
        public ReceiptReason Check(BroadcastClass soundClass, long instant, long milliseconds)
        {
            Plan plan = _plan.Current;
            if (soundClass == BroadcastClass.Emergency || plan == null)
            {
                return ReceiptReason.None;
            }

            if (NextQuiet(soundClass, instant) <= instant)
            {
                return ReceiptReason.QuietHours;
            }

            long limit = plan.MinutesPerDay * MinuteMilliseconds;
            return limit > 0 && _airtime.Used(Day(instant)) + milliseconds > limit ? ReceiptReason.Limit : ReceiptReason.None;
        }

        /// <summary>
        /// The instant from which a sound must be silent: now when it is quiet now, <see cref="long.MaxValue"/> when never.
        /// </summary>
        public long NextQuiet(BroadcastClass soundClass, long instant)
        {
            Plan plan = _plan.Current;
            if (soundClass == BroadcastClass.Emergency || plan == null || plan.QuietFrom == plan.QuietTo)
            {
                return long.MaxValue;
            }

            long local = instant + (plan.UtcOffset * MinuteMilliseconds);
            int minute = (int)(local / MinuteMilliseconds % DayMinutes);
            bool overMidnight = plan.QuietFrom > plan.QuietTo;
            bool quiet = overMidnight
                ? minute >= plan.QuietFrom || minute < plan.QuietTo
                : minute >= plan.QuietFrom && minute < plan.QuietTo;
            if (quiet)
            {
                return instant;
            }

            int until = plan.QuietFrom - minute;
            until = until < 0 ? until + DayMinutes : until;
            return instant - (local % MinuteMilliseconds) + (until * MinuteMilliseconds);
        }

        /// <summary>Counts sound that was handed to the output.</summary>
        public void Count(BroadcastClass soundClass, long instant, long microseconds)
        {
            if (soundClass != BroadcastClass.Emergency)
            {
                _airtime.Count(Day(instant), microseconds);
            }
        }

        private long Day(long instant)
        {
            int offset = _plan.Current == null ? 0 : _plan.Current.UtcOffset;
            return ((instant / MinuteMilliseconds) + offset) / DayMinutes;
        }
    }
}
