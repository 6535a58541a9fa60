using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Node.Sound
{
    /// <summary>µ-law through two 256-entry tables that hold the volume too: under 32 IL instructions a sample.</summary>
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
            for (int code = 0; code < 256; code++)
            {
                int sample = (ULaw.Decode(code) * gain) >> Gain.Bits;
                _low[code] = (byte)sample;
                _high[code] = (byte)(sample >> 8);
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
            for (int read = _next; read < end; read++)
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
