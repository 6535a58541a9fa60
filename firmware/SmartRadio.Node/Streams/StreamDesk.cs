using System.Collections;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node
{
    /// <summary>The open streams; few, so that commands cannot fill the memory.</summary>
    public sealed class StreamDesk
    {
        private const int MaxStreams = 4;

        private readonly NodeHardware _hardware;
        private readonly Refusals _refusals;
        private readonly ArrayList _streams = new ArrayList();

        public StreamDesk(NodeHardware hardware, Refusals refusals)
        {
            _hardware = hardware;
            _refusals = refusals;
        }

        /// <summary>Opens a stream in place of an earlier one for the same broadcast, or of the oldest when there are too many.</summary>
        /// <param name="command">What came.</param>
        /// <param name="signed">The keys under which it came: the stream's key is wrapped under one of them.</param>
        public ReceiptReason Open(StreamOpen command, NodeKeys signed)
        {
            if (Decoders.For(command.Codec) == null)
            {
                return ReceiptReason.UnknownCodec;
            }

            Close(command.Broadcast);
            if (_streams.Count == MaxStreams)
            {
                Close(((LiveStream)_streams[0]).Broadcast);
            }

            byte[] key = _hardware.Cipher.Decrypt(signed.Wrap, command.WrappedKey);
            LiveStream stream = new LiveStream(command, key);
            _streams.Add(stream);
            _hardware.Link.Subscribe(stream.Topic, false);
            return ReceiptReason.None;
        }

        /// <summary>The stream of a broadcast, or null.</summary>
        public LiveStream Find(long broadcast)
        {
            for (int i = 0; i < _streams.Count; i++)
            {
                if (((LiveStream)_streams[i]).Broadcast == broadcast)
                {
                    return (LiveStream)_streams[i];
                }
            }

            return null;
        }

        public void Close(long broadcast)
        {
            LiveStream stream = Find(broadcast);
            if (stream != null)
            {
                _streams.Remove(stream);
                _hardware.Link.Unsubscribe(stream.Topic);
            }
        }

        public void Connected()
        {
            for (int i = 0; i < _streams.Count; i++)
            {
                _hardware.Link.Subscribe(((LiveStream)_streams[i]).Topic, false);
            }
        }

        /// <summary>Takes a frame; false when no stream is open on this topic.</summary>
        public bool Received(string topic, byte[] payload)
        {
            for (int i = 0; i < _streams.Count; i++)
            {
                LiveStream stream = (LiveStream)_streams[i];
                if (stream.Topic == topic)
                {
                    if (!stream.Take(payload))
                    {
                        _refusals.Tally();
                    }

                    return true;
                }
            }

            return false;
        }
    }
}
