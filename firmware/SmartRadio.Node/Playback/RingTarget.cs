using SmartRadio.Node.Clock;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// How much sound the ring is to hold: about half of a short one, more of silence before a start. Of a sound from storage
    /// nearly all of a deep one, so that it goes on while every thread stands still; but not across the next start.
    /// </summary>
    public sealed class RingTarget
    {
        /// <summary>Half of the device's short ring of 480 ms.</summary>
        public const int Usual = 240;

        /// <summary>ms that the ring runs down before it is filled again.</summary>
        public const int Band = 80;

        /// <summary>
        /// Silence before a start: whoever is held up then, by storage for one, has 320 ms and is still in time.
        /// </summary>
        public const int LeadIn = 400;

        /// <summary>
        /// What a deep ring keeps free: how full it is, is known to a tenth of a thousandth, half a second in an hour.
        /// </summary>
        private const int DeepMargin = 500;

        /// <summary>Before a start a deep ring runs down: what then preempts has a short way to the horn.</summary>
        private const int DeepLead = 1400;

        private readonly Speaker _speaker;
        private readonly NodeClock _clock;

        public RingTarget(Speaker speaker, NodeClock clock)
        {
            _speaker = speaker;
            _clock = clock;
        }

        /// <summary>Local µs of the next start in the plan; <see cref="long.MaxValue"/> when there is none.</summary>
        public long Horizon { get; set; } = long.MaxValue;

        /// <summary>ms of sound that the ring is to hold now.</summary>
        /// <param name="current">What is on, or null.</param>
        /// <param name="isShared">Something waits behind it, or is not out before it.</param>
        /// <param name="isLeadingIn">There is silence until a start.</param>
        public int For(Airing current, bool isShared, bool isLeadingIn)
        {
            if (isLeadingIn)
            {
                return LeadIn;
            }

            return current == null || current.FollowsClock || isShared ? Usual : Deep();
        }

        private int Deep()
        {
            long deep = (_speaker.Capacity * 1000L / _speaker.Rate) - DeepMargin;
            long free = ((Horizon - _clock.Local) / 1000) - DeepLead;
            deep = deep < free ? deep : free;
            return deep > Usual ? (int)deep : Usual;
        }
    }
}
