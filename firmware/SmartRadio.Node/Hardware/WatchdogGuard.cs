namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// Says when the external watchdog may be served: by the main loop, so it is alive, and not while the output has stood still
    /// for ten seconds with sound in it. What then happens is a reset, after which the node goes on from its storage.
    /// </summary>
    public sealed class WatchdogGuard
    {
        /// <summary>µs between two servings.</summary>
        private const long Every = 1000000;

        /// <summary>µs that the output may stand still.</summary>
        private const long Patience = 10000000;

        private long _servedAt;
        private long _movedAt;
        private int _queued;

        /// <param name="now">µs of the node's own clock, when the main loop begins.</param>
        public WatchdogGuard(long now)
        {
            _movedAt = now;
            _servedAt = now - Every;
        }

        /// <summary>Called once a turn of the main loop; true when the watchdog is to be served now.</summary>
        /// <param name="now">µs of the node's own clock.</param>
        /// <param name="queued">Samples in the output; 0 while it is off.</param>
        public bool MayServe(long now, int queued)
        {
            if (queued == 0 || queued != _queued)
            {
                _queued = queued;
                _movedAt = now;
            }

            if (now - _movedAt > Patience || now - _servedAt < Every)
            {
                return false;
            }

            _servedAt = now;
            return true;
        }
    }
}
