using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// Quiet hours, the daily limit and the day's volumes of the plan in force. They bind everything but an emergency.
    /// </summary>
    public sealed class AirRules
    {
        private const int DayMinutes = 24 * 60;
        private const long MinuteMilliseconds = 60000;

        /// <summary>
        /// Ms by which a change of the volume is early: what begins at its minute begins so, with a clock a little behind too.
        /// </summary>
        private const long Early = 1000;

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
            int minute = Minute(local);
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

        /// <summary>The volume in percent at which a sound leaves at an instant (Unix ms).</summary>
        /// <param name="soundClass">Its class.</param>
        /// <param name="percent">Its own volume; 255 = the node's.</param>
        /// <param name="instant">When.</param>
        public int VolumeAt(BroadcastClass soundClass, int percent, long instant)
        {
            Plan plan = _plan.Current;
            if (percent <= 100)
            {
                return percent;
            }

            return soundClass == BroadcastClass.Emergency || plan == null
                ? _plan.Volume
                : plan.VolumeAt(Minute(instant + Early + (plan.UtcOffset * MinuteMilliseconds)));
        }

        /// <summary>Counts sound that was handed to the output.</summary>
        public void Count(BroadcastClass soundClass, long instant, long microseconds)
        {
            if (soundClass != BroadcastClass.Emergency)
            {
                _airtime.Count(Day(instant), microseconds);
            }
        }

        /// <summary>Minutes after midnight of a local instant.</summary>
        private static int Minute(long local)
        {
            return (int)(local / MinuteMilliseconds % DayMinutes);
        }

        private long Day(long instant)
        {
            int offset = _plan.Current == null ? 0 : _plan.Current.UtcOffset;
            return ((instant / MinuteMilliseconds) + offset) / DayMinutes;
        }
    }
}
