namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// The silence behind the last sound. A driver plays its buffers round and round: until they all hold silence, what was in
    /// them before would be heard behind the last sample.
    /// </summary>
    public sealed class SilentTail
    {
        /// <summary>More than any ring holds: no sound was ever in it.</summary>
        private const long Endless = long.MaxValue / 2;

        private long _written = Endless;

        /// <summary>Samples still owed before the whole ring is silent.</summary>
        public int Owed { get; private set; }

        /// <summary>Sound was written: a whole ring of silence must follow it.</summary>
        /// <param name="ring">Samples, no fewer than the driver's ring holds.</param>
        public void Follow(int ring)
        {
            Owed = ring;
            _written = 0;
        }

        /// <summary>Silence was written.</summary>
        public void Grow(int samples)
        {
            _written += samples;
            Owed = Owed > samples ? Owed - samples : 0;
        }

        /// <summary>True when so many samples, the last ones written, are all silence.</summary>
        public bool Covers(int samples)
        {
            return _written >= samples;
        }

        /// <summary>Samples of sound among so many, the last ones written.</summary>
        public int Beyond(int samples)
        {
            return Covers(samples) ? 0 : samples - (int)_written;
        }

        /// <summary>The output is opened anew, with nothing in its ring.</summary>
        public void Forget()
        {
            Owed = 0;
            _written = Endless;
        }
    }
}
