using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node.Sound
{
    /// <summary>Plays live frames at their positions. What did not come in time is a gap of the right length.</summary>
    public sealed class StreamSound : ISound
    {
        /// <summary>A stream silent for so long has broken off, in seconds.</summary>
        private const int LostAfter = 5;

        private readonly JitterBuffer _buffer;
        private readonly IDecoder _decoder;
        private byte[] _frame;
        private int _frameOffset;
        private long _position;
        private long _heard;
        private bool _inUnit;

        public StreamSound(JitterBuffer buffer, IDecoder decoder, CodecId codec)
        {
            _buffer = buffer;
            _decoder = decoder;
            Rate = SoundFormat.Rate(codec);
        }

        public int Rate { get; }

        public bool IsGap { get; private set; }

        public ReceiptReason Failure
        {
            get { return ReceiptReason.StreamLost; }
        }

        public void SetVolume(int percent)
        {
            _decoder.SetVolume(percent);
        }

        public void Seek(long position)
        {
            _position = position;
            _heard = position;
            _frame = null;
            _inUnit = false;
        }

        public int Read(byte[] pcm, int samples)
        {
            IsGap = false;
            while (true)
            {
                int count = _inUnit ? _decoder.Decode(pcm, samples) : 0;
                if (count > 0)
                {
                    _position += count;
                    _heard = _position;
                    return count;
                }

                _inUnit = NextUnit();
                if (!_inUnit && !NextFrame(pcm))
                {
                    return Gap(samples);
                }
            }
        }

        private bool NextUnit()
        {
            int rest = _frame == null ? 0 : _frame.Length - _frameOffset;
            if (rest == 0)
            {
                return false;
            }

            int bytes = rest < _decoder.UnitBytes ? rest : _decoder.UnitBytes;
            _decoder.Begin(_frame, _frameOffset, bytes);
            _frameOffset += bytes;
            return true;
        }

        /// <summary>Takes the frame that holds the present position, if it is there, and skips to that position in it.</summary>
        private bool NextFrame(byte[] scratch)
        {
            _frame = null;
            StreamFrame frame = _buffer.Take(_position);
            if (frame == null)
            {
                return false;
            }

            _frame = frame.Payload;
            _frameOffset = 0;
            long skip = _position - frame.Position;
            long unit = skip / _decoder.UnitSamples;
            _frameOffset = (int)unit * _decoder.UnitBytes;
            int rest = (int)(skip % _decoder.UnitSamples);
            NextUnit();
            while (rest > 0)
            {
                int step = rest < scratch.Length / 2 ? rest : scratch.Length / 2;
                int skipped = _decoder.Decode(scratch, step);
                if (skipped == 0)
                {
                    return true;
                }

                rest -= skipped;
            }

            _inUnit = true;
            return true;
        }

        private int Gap(int samples)
        {
            if (_position - _heard > (long)LostAfter * Rate)
            {
                return 0;
            }

            IsGap = true;
            long until = _buffer.FirstAfter(_position) - _position;
            int count = until < samples ? (int)until : samples;
            _position += count;
            return count;
        }
    }
}
