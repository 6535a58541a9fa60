using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// Whether a sound waits for what a deep ring still holds. It does not when that is silence or of lower classes: the output
    /// is then opened anew, with a short ring, and what never left it counts as not played.
    /// </summary>
    public sealed class RingCut
    {
        /// <summary>ms that a short ring may hold: that much is always waited for.</summary>
        private const int Short = 500;

        /// <summary>µs by which a sound may be late rather than cut what is in the ring.</summary>
        private const long Tolerance = 25000;

        private readonly Speaker _speaker;
        private readonly Playout _playout;

        public RingCut(Speaker speaker, Playout playout)
        {
            _speaker = speaker;
            _playout = playout;
        }

        /// <summary>The earliest local µs at which a sound of this rate and class can start.</summary>
        public long Earliest(int rate, BroadcastClass soundClass)
        {
            long earliest = _speaker.Earliest(rate);
            long anew = _speaker.EarliestAnew(rate);
            return earliest > anew && MayCut(soundClass) ? anew : earliest;
        }

        /// <summary>Whether the next sound was promised an instant that the ring would take from it.</summary>
        public bool IsDue(Airing next)
        {
            return next != null && MayCut(next.Class)
                && _speaker.Earliest(next.Sound.Rate) > next.StartsAt + Tolerance;
        }

        /// <summary>Whether a newer plan's quiet hours forbid what was written already.</summary>
        public bool IsForbidden(Airing current)
        {
            return current != null && IsLong && _speaker.Head - Tolerance > current.CutAt;
        }

        private bool IsLong
        {
            get { return _speaker.IsOpen && _speaker.Queued > _speaker.Samples(Short); }
        }

        private bool MayCut(BroadcastClass soundClass)
        {
            return IsLong && _playout.MayCut(soundClass);
        }
    }
}
