using SmartRadio.Node.Sound;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node.Streams
{
    /// <summary>A stream that the controller opened for a broadcast.</summary>
    public sealed class IncomingStream
    {
        private readonly byte[] _id;
        private readonly byte[] _key;

        public IncomingStream(StreamOpen command, byte[] key, long openedAt)
        {
            _id = command.StreamId;
            _key = key;
            Broadcast = command.Broadcast;
            Codec = command.Codec;
            OpenedAt = openedAt;
            Topic = Topics.Stream(Hex.Encode(command.StreamId), command.Codec);
            Buffer = new JitterBuffer(command.Codec);
        }

        public long Broadcast { get; }

        public CodecId Codec { get; }

        /// <summary>µs of the node's own clock.</summary>
        public long OpenedAt { get; }

        public string Topic { get; }

        public JitterBuffer Buffer { get; }

        /// <summary>Keeps a frame; false when it is not an authentic frame of this stream.</summary>
        public bool Take(byte[] message)
        {
            StreamFrame frame = StreamFrame.Open(message, _key);
            if (frame == null || frame.Codec != Codec || !Mac.Matches(_id, frame.StreamId, 0))
            {
                return false;
            }

            Buffer.Put(frame);
            return true;
        }
    }
}
