using System.Collections;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node.Streams
{
    /// <summary>The open streams; few, so that commands cannot fill the memory.</summary>
    public sealed class OpenStreams
    {
        private const int MaxStreams = 4;

        private readonly ILink _link;
        private readonly RejectionLog _rejections;
        private readonly ArrayList _streams = new ArrayList();

        public OpenStreams(ILink link, RejectionLog rejections)
        {
            _link = link;
            _rejections = rejections;
        }

        public int Count
        {
            get { return _streams.Count; }
        }

        /// <summary>From the oldest on.</summary>
        public IncomingStream At(int index)
        {
            return (IncomingStream)_streams[index];
        }

        /// <summary>Whether a stream of this broadcast can be opened without closing that of another.</summary>
        public bool HasRoomFor(long broadcast)
        {
            return _streams.Count < MaxStreams || Find(broadcast) != null;
        }

        /// <summary>Opens a stream in place of an earlier one for the same broadcast; there must be room.</summary>
        /// <param name="command">Of a codec that this node can play.</param>
        /// <param name="key">The stream's, unwrapped.</param>
        /// <param name="now">µs of the node's own clock.</param>
        public void Open(StreamOpen command, byte[] key, long now)
        {
            Close(command.Broadcast);
            IncomingStream stream = new IncomingStream(command, key, now);
            _streams.Add(stream);
            _link.Subscribe(stream.Topic, false);
        }

        /// <summary>The stream of a broadcast, or null.</summary>
        public IncomingStream Find(long broadcast)
        {
            for (int i = 0; i < _streams.Count; i++)
            {
                if (((IncomingStream)_streams[i]).Broadcast == broadcast)
                {
                    return (IncomingStream)_streams[i];
                }
            }

            return null;
        }

        public void Close(long broadcast)
        {
            IncomingStream stream = Find(broadcast);
            if (stream != null)
            {
                _streams.Remove(stream);
                _link.Unsubscribe(stream.Topic);
            }
        }

        public void Connected()
        {
            for (int i = 0; i < _streams.Count; i++)
            {
                _link.Subscribe(((IncomingStream)_streams[i]).Topic, false);
            }
        }

        /// <summary>Takes a frame; false when no stream is open on this topic.</summary>
        public bool Received(string topic, byte[] payload)
        {
            for (int i = 0; i < _streams.Count; i++)
            {
                IncomingStream stream = (IncomingStream)_streams[i];
                if (stream.Topic == topic)
                {
                    if (!stream.Take(payload))
                    {
                        _rejections.Tally();
                    }

                    return true;
                }
            }

            return false;
        }
    }
}
