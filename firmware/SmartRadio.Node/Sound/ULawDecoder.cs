namespace SmartRadio.Node.Sound
{
    /// <summary>µ-law through two 256-entry tables that hold the volume too: about 25 IL instructions a sample.</summary>
    public sealed class ULawDecoder : IDecoder
    {
        private readonly byte[] _low = new byte[256];
        private readonly byte[] _high = new byte[256];
        private byte[] _data;
        private int _next;
        private int _end;

        /// <summary>Any number of bytes decodes alone; this one divides a piece of an object.</summary>
        public int UnitBytes
        {
            get { return 500; }
        }

        public int UnitSamples
        {
            get { return 500; }
        }

        public void SetVolume(int percent)
        {
            int gain = Gain.Of(percent);
            byte[] low = _low;
            byte[] high = _high;

            // Codes 127 and 255 are the quietest. Each of eight segments has 16 steps, twice as wide as those of the one before,
            // and begins half a step behind its end (ULaw.Decode says the same for one code, at three times the cost).
            int code = 127;
            int scaled = 0;
            for (int step = 8 * gain; code >= 0; step <<= 1)
            {
                int end = code - 16;
                for (; code > end; code--)
                {
                    int sample = scaled >> Gain.Bits;
                    low[code + 128] = (byte)sample;
                    high[code + 128] = (byte)(sample >> 8);
                    sample = -scaled >> Gain.Bits;
                    low[code] = (byte)sample;
                    high[code] = (byte)(sample >> 8);
                    scaled += step;
                }

                scaled += step >> 1;
            }
        }

        public void Begin(byte[] data, int offset, int bytes)
        {
            _data = data;
            _next = offset;
            _end = offset + bytes;
        }

        public int Decode(byte[] pcm, int samples)
        {
            int count = _end - _next < samples ? _end - _next : samples;
            byte[] data = _data;
            byte[] low = _low;
            byte[] high = _high;
            int end = _next + count;
            int write = 0;
            int read = _next;

            // Four at a time: the turn of the loop is a quarter of a sample's cost.
            for (int last = end - 3; read < last; read += 4)
            {
                int code = data[read];
                pcm[write] = low[code];
                pcm[write + 1] = high[code];
                code = data[read + 1];
                pcm[write + 2] = low[code];
                pcm[write + 3] = high[code];
                code = data[read + 2];
                pcm[write + 4] = low[code];
                pcm[write + 5] = high[code];
                code = data[read + 3];
                pcm[write + 6] = low[code];
                pcm[write + 7] = high[code];
                write += 8;
            }

            for (; read < end; read++)
            {
                int code = data[read];
                pcm[write] = low[code];
                pcm[write + 1] = high[code];
                write += 2;
            }

            _next = end;
            return count;
        }
    }
}
