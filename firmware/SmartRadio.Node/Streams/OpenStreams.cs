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

        /// <summary>
        /// Opens a stream in place of an earlier one for the same broadcast, or of the oldest when there are too many.
        /// </summary>
        /// <param name="command">Of a codec that this node can play.</param>
        /// <param name="key">The stream's, unwrapped.</param>
        public void Open(StreamOpen command, byte[] key)
        {
            Close(command.Broadcast);
            if (_streams.Count == MaxStreams)
            {
                Close(((IncomingStream)_streams[0]).Broadcast);
            }

            IncomingStream stream = new IncomingStream(command, key);
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
