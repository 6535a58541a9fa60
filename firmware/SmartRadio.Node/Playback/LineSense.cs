using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Playback
{
    /// <summary>
    /// Compares what should be on the loudspeaker line with what is. Both are known by some of their samples only, which is
    /// enough for a mean square over two seconds; one such stretch proves nothing, three that agree do. What a deep ring
    /// holds is heard up to 3.6 s after it was written, so two stretches at most compare a sound with a pause. A line without
    /// loudspeakers lets the amplifier's voltage rise, a dead amplifier or a short circuit takes it away.
    /// </summary>
    public sealed class LineSense
    {
        /// <summary>Every so many samples handed to the output, one is looked at.</summary>
        private const int Stride = 16;

        /// <summary>µs of one stretch.</summary>
        private const long Stretch = 2000000;

        /// <summary>µs between two looks at the sensor.</summary>
        private const long LookEvery = 10000;

        /// <summary>Milliseconds within which it must look again, or a stretch would have too few looks to be judged.</summary>
        private const int LookWithin = 40;

        private const int LooksAtOnce = 4;

        /// <summary>Samples of either kind without which a stretch is not judged.</summary>
        private const int Enough = 100;

        /// <summary>Expected RMS in mV below which the sensor's own noise would be judged.</summary>
        private const int Faint = 30;

        /// <summary>Stretches that must agree before the state changes.</summary>
        private const int Agreeing = 3;

        private readonly ILineSensor _sensor;
        private long _since;
        private long _lookedAt;
        private long _playedSquares;
        private int _played;
        private long _sum;
        private long _squares;
        private int _looks;
        private LineState _suspected;
        private int _agreed;

        public LineSense(ILineSensor sensor)
        {
            _sensor = sensor;
        }

        public LineState State { get; private set; }

        /// <summary>RMS at the sensor over the last stretch judged, in mV.</summary>
        public int Level { get; private set; }

        /// <summary>Told what goes to the output: 16-bit little-endian samples.</summary>
        public void Played(byte[] pcm, int samples)
        {
            for (int i = 0; i < samples; i += Stride)
            {
                int sample = (sbyte)pcm[(2 * i) + 1];
                sample = (sample << 8) | pcm[2 * i];
                _playedSquares += sample * sample;
                _played++;
            }
        }

        /// <summary>Told of silence that goes to the output.</summary>
        public void Silent(int samples)
        {
            _played += samples / Stride;
        }

        /// <summary>The output was opened or closed: what was gathered belongs together no longer.</summary>
        public void Begin(long now)
        {
            _since = now;
            _playedSquares = 0;
            _played = 0;
            _sum = 0;
            _squares = 0;
            _looks = 0;
        }

        /// <summary>
        /// Called while the output is open, as often as the host likes; the milliseconds until it must be called again.
        /// </summary>
        public int Poll(long now)
        {
            if (now - _lookedAt >= LookEvery)
            {
                _lookedAt = now;
                for (int i = 0; i < LooksAtOnce; i++)
                {
                    int millivolts = _sensor.Millivolts;
                    _sum += millivolts;
                    _squares += millivolts * millivolts;
                }

                _looks += LooksAtOnce;
            }

            if (now - _since >= Stretch)
            {
                if (_played >= Enough && _looks >= Enough)
                {
                    Judge();
                }

                Begin(now);
            }

            return LookWithin;
        }

        private void Judge()
        {
            // Mean squares in mV². Without the bias: the square of the mean.
            long mean = _sum / _looks;
            long measured = (_squares / _looks) - (mean * mean);
            long scale = _sensor.FullScale;
            long expected = _playedSquares / _played * scale / 32768 * scale / 32768;
            if (expected < Faint * Faint)
            {
                return;
            }

            Level = Root(measured);
            LineState found = LineState.Fine;
            if (measured * 16 < expected)
            {
                // Less than a quarter of the voltage.
                found = LineState.Silent;
            }
            else if (measured * 2 > expected * 5)
            {
                // More than 1.6 times the voltage.
                found = LineState.Open;
            }

            _agreed = found == _suspected ? _agreed + 1 : 1;
            _suspected = found;
            if (_agreed >= Agreeing)
            {
                State = found;
            }
        }

        /// <summary>The whole part of the square root.</summary>
        private static int Root(long square)
        {
            int root = 0;
            for (int bit = 1 << 15; bit > 0; bit >>= 1)
            {
                long tried = root + bit;
                if (tried * tried <= square)
                {
                    root += bit;
                }
            }

            return root;
        }
    }
}
