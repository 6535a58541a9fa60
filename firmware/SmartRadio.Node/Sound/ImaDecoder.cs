using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Node.Sound
{
    /// <summary>IMA ADPCM blocks, decoded in slices of any length: about 60 IL instructions a sample.</summary>
    public sealed class ImaDecoder : IDecoder
    {
        private const int HeaderBytes = 4;

        private readonly int[] _differences;
        private readonly short[] _nextStates;
        private byte[] _data;
        private int _next;
        private int _end;
        private int _predictor;
        private int _state;
        private int _gain;
        private bool _headerDue;
        private bool _highDue;

        public ImaDecoder()
        {
            _differences = ImaAdpcm.Differences();
            _nextStates = ImaAdpcm.NextStates();
        }

        public int UnitBytes
        {
            get { return SoundFormat.ImaBlockBytes; }
        }

        public int UnitSamples
        {
            get { return SoundFormat.ImaBlockSamples; }
        }

        public void SetVolume(int percent)
        {
            _gain = Gain.Of(percent);
        }

        public void Begin(byte[] data, int offset, int bytes)
        {
            _data = data;
            _next = offset + HeaderBytes;
            _end = offset + bytes;
            _highDue = false;
            _headerDue = bytes >= HeaderBytes && data[offset + 2] < ImaAdpcm.StepCount;
            if (!_headerDue)
            {
                // Not a block: no sample comes out of it.
                _next = _end;
                return;
            }

            _predictor = (short)(data[offset] | (data[offset + 1] << 8));
            _state = data[offset + 2] << 4;
        }

        public int Decode(byte[] pcm, int samples)
        {
            int write = 0;
            int end = samples * 2;
            if (_headerDue && write < end)
            {
                _headerDue = false;
                write = Put(pcm, write);
            }

            if (_highDue && write < end)
            {
                _highDue = false;
                write = Step(pcm, write, _data[_next++] >> 4);
            }

            write = DecodeBytes(pcm, write, end);
            if (write < end && _next < _end)
            {
                _highDue = true;
                write = Step(pcm, write, _data[_next] & 15);
            }

            return write >> 1;
        }

        private int DecodeBytes(byte[] pcm, int write, int end)
        {
            byte[] data = _data;
            int[] differences = _differences;
            short[] nextStates = _nextStates;
            int predictor = _predictor;
            int state = _state;
            int gain = _gain;
            int pairs = (end - write) >> 2;
            int last = _end - _next < pairs ? _end : _next + pairs;
            for (int read = _next; read < last; read++)
            {
                int pair = data[read];
                int row = state | (pair & 15);
                predictor += differences[row];
                if (predictor > 32767)
                {
                    predictor = 32767;
                }
                else if (predictor < -32768)
                {
                    predictor = -32768;
                }

                int sample = (predictor * gain) >> Gain.Bits;
                pcm[write] = (byte)sample;
                pcm[write + 1] = (byte)(sample >> 8);

                row = nextStates[row] + (pair >> 4);
                predictor += differences[row];
                if (predictor > 32767)
                {
                    predictor = 32767;
                }
                else if (predictor < -32768)
                {
                    predictor = -32768;
                }

                sample = (predictor * gain) >> Gain.Bits;
                pcm[write + 2] = (byte)sample;
                pcm[write + 3] = (byte)(sample >> 8);
                state = nextStates[row];
                write += 4;
            }

            _next = last;
            _predictor = predictor;
            _state = state;
            return write;
        }

        private int Step(byte[] pcm, int write, int nibble)
        {
            int row = _state | nibble;
            int predictor = _predictor + _differences[row];
            _predictor = predictor > 32767 ? 32767 : predictor < -32768 ? -32768 : predictor;
            _state = _nextStates[row];
            return Put(pcm, write);
        }

        private int Put(byte[] pcm, int write)
        {
            int sample = (_predictor * _gain) >> Gain.Bits;
            pcm[write] = (byte)sample;
            pcm[write + 1] = (byte)(sample >> 8);
            return write + 2;
        }
    }
}
