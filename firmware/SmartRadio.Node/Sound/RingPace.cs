namespace SmartRadio.Node.Sound
{
    /// <summary>
    /// How much an I2S driver's ring still holds, told from the clock, because the driver cannot be asked and a write into a full
    /// ring stops every thread. What the ring does (ESP-IDF's i2s_legacy.c under nanoFramework's I2sDevice): its descriptors of
    /// 256 samples are played one after the other for ever; one can be written again when it was played, so a ring that was just
    /// opened is full of silence, and a writer in need waits for the end of the descriptor being played.
    /// The ring's clock and the node's are never quite the same, so the pace leans towards full: it fills a little faster than
    /// the ring plays, and about once an hour of sound a write has to wait a moment, which tells how full the ring is.
    /// </summary>
    public sealed class RingPace
    {
        /// <summary>Samples in a descriptor: 32 ms at 8 kHz, 16 ms at 16 kHz.</summary>
        public const int Descriptor = 256;

        /// <summary>Parts per million by which the ring is taken to play faster than it should.</summary>
        private const int Lean = 60;

        /// <summary>Parts per million by which a ring, slow by 50, may fill beyond what is told here.</summary>
        private const int MostGain = 110;

        /// <summary>µs after which a write must have waited for the ring.</summary>
        private const long Waited = 8000;

        private readonly int _rate;
        private readonly int _descriptors;
        private long _knownAt;
        private long _origin;
        private long _wroteAt;
        private long _written;

        /// <param name="rate">Samples a second.</param>
        /// <param name="bytes">The driver's buffer size.</param>
        /// <param name="now">The local µs at which the device was opened.</param>
        public RingPace(int rate, int bytes, long now)
        {
            _rate = rate;
            _descriptors = bytes / (Descriptor * 2);
            _origin = now;
            _knownAt = now;
            _wroteAt = now;
            _written = _descriptors * Descriptor;
        }

        /// <summary>Samples not yet out at a local µs.</summary>
        public int Queued(long now)
        {
            long queued = _written - PlayedAt(now);
            return queued > 0 ? (int)queued : 0;
        }

        /// <summary>
        /// Samples that may not be out yet, however the ring's clock runs: what is told and the doubt, but no more than fits.
        /// </summary>
        public int QueuedAtMost(long now)
        {
            long queued = _written - PlayedAt(now) + Doubt(now);
            long fits = ((long)_descriptors * Descriptor) - ((now - _wroteAt) * _rate / 1000000) + 1;
            queued = queued < fits ? queued : fits;
            return queued > 0 ? (int)queued : 0;
        }

        /// <summary>Notes a write.</summary>
        /// <param name="samples">How many were written.</param>
        /// <param name="began">The local µs before the driver was called.</param>
        /// <param name="ended">The local µs after it.</param>
        public void Wrote(int samples, long began, long ended)
        {
            long played = PlayedAt(began);
            _wroteAt = ended;
            if (_written + Doubt(began) <= played)
            {
                // The ring ran dry: sound goes on with its next descriptor.
                _written = ((played / Descriptor) + 1) * Descriptor;
                _knownAt = began;
            }
            else if (_written < played)
            {
                // It may have run dry, or hold as much as the doubt: it is not known any better than before.
                _written = played;
            }

            long most = _written - played + Doubt(began);
            _written += samples;
            int full = (_descriptors - 1) * Descriptor;
            if (ended - began >= Waited && most + samples >= full)
            {
                // It waited for one descriptor to be played: all the others are full, and some of this write may be in that one.
                _knownAt = ended;
                _origin = ended;
                _written = full;
            }
        }

        private long PlayedAt(long now)
        {
            long played = (now - _origin) * _rate / 1000000;
            return played + (played * Lean / 1000000);
        }

        /// <summary>Samples by which the ring may be fuller than told.</summary>
        private long Doubt(long now)
        {
            return ((now - _knownAt) * _rate / 1000000 * MostGain / 1000000) + 1;
        }
    }
}
