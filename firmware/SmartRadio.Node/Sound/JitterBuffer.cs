using System.Collections;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node.Sound
{
    /// <summary>Authentic frames of one stream in the order of their positions, bounded in number and bytes.</summary>
    public sealed class JitterBuffer
    {
        private const int MaxFrames = 100;

        /// <summary>Ten seconds at the highest rate.</summary>
        private const int MaxBytes = 160000;

        private readonly ArrayList _frames = new ArrayList();
        private readonly CodecId _codec;
        private int _bytes;
        private long _played;

        public JitterBuffer(CodecId codec)
        {
            _codec = codec;
        }

        public bool IsEmpty
        {
            get { return _frames.Count == 0; }
        }

        /// <summary>Keeps a frame; false when it is late, already there, or there is no room for it.</summary>
        public bool Put(StreamFrame frame)
        {
            if (End(frame) <= _played || frame.Payload.Length == 0)
            {
                return false;
            }

            int place = _frames.Count;
            while (place > 0 && At(place - 1).Position >= frame.Position)
            {
                place--;
            }

            bool present = place < _frames.Count && At(place).Position == frame.Position;
            if (present || _frames.Count == MaxFrames || _bytes + frame.Payload.Length > MaxBytes)
            {
                return false;
            }

            _frames.Insert(place, frame);
            _bytes += frame.Payload.Length;
            return true;
        }

        /// <summary>Removes and returns the frame that holds a position, or null; what lies before it is dropped.</summary>
        public StreamFrame Take(long position)
        {
            _played = position;
            while (_frames.Count > 0 && At(0).Position <= position)
            {
                StreamFrame frame = At(0);
                _frames.RemoveAt(0);
                _bytes -= frame.Payload.Length;
                if (End(frame) > position)
                {
                    return frame;
                }
            }

            return null;
        }

        /// <summary>Where the next frame after a position begins, or <see cref="long.MaxValue"/>.</summary>
        public long FirstAfter(long position)
        {
            for (int i = 0; i < _frames.Count; i++)
            {
                if (At(i).Position > position)
                {
                    return At(i).Position;
                }
            }

            return long.MaxValue;
        }

        private StreamFrame At(int index)
        {
            return (StreamFrame)_frames[index];
        }

        private long End(StreamFrame frame)
        {
            return frame.Position + SoundFormat.Samples(_codec, frame.Payload.Length);
        }
    }
}
