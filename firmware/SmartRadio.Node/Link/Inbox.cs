using System.Collections;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>
    /// From the network's threads to the node's, in order. Messages are bounded in number and bytes. When it is full, chunks and
    /// frames give their places to commands, the newest first, for they are said again; a stop takes the place of any other
    /// command. That the link came or went always fits.
    /// </summary>
    public class Inbox
    {
        /// <summary>Messages that may wait.</summary>
        public const int MaxMessages = 64;

        /// <summary>Bytes that may wait.</summary>
        public const int MaxBytes = 128 * 1024;

        /// <summary>Where the type stands in an envelope.</summary>
        private const int TypeOffset = 1;

        private readonly ArrayList _waiting = new ArrayList();
        private readonly string _commandTopic;
        private int _bytes;
        private int _messages;

        /// <param name="commandTopic">The node's own: what comes on any other is sound.</param>
        public Inbox(string commandTopic)
        {
            _commandTopic = commandTopic;
        }

        public void Tell(HappeningKind kind)
        {
            Happening what = new Happening();
            what.Kind = kind;
            lock (_waiting)
            {
                _waiting.Add(what);
            }

            OnArrived();
        }

        /// <summary>Takes a message; false when there was no place for it.</summary>
        public bool Message(string topic, byte[] payload)
        {
            Happening message = new Happening();
            message.Kind = HappeningKind.Message;
            message.Topic = topic;
            message.Payload = payload;
            lock (_waiting)
            {
                while (IsFull(payload.Length))
                {
                    if (!GiveWay(message))
                    {
                        return false;
                    }
                }

                _waiting.Add(message);
                _messages++;
                _bytes += payload.Length;
            }

            OnArrived();
            return true;
        }

        /// <summary>The oldest, or null.</summary>
        public Happening Take()
        {
            lock (_waiting)
            {
                return _waiting.Count == 0 ? null : Remove(0);
            }
        }

        /// <summary>Called on the network's threads when there is something to take.</summary>
        protected virtual void OnArrived()
        {
            // Whoever polls it needs no waking.
        }

        private bool IsFull(int more)
        {
            return _messages >= MaxMessages || (_bytes + more > MaxBytes && _messages > 0);
        }

        /// <summary>Drops one message that matters less than this; false when there is none.</summary>
        private bool GiveWay(Happening message)
        {
            int rank = Rank(message);
            int place = -1;
            for (int i = _waiting.Count - 1; i >= 0; i--)
            {
                Happening waiting = (Happening)_waiting[i];
                if (waiting.Kind == HappeningKind.Message && Rank(waiting) < rank)
                {
                    rank = Rank(waiting);
                    place = i;
                }
            }

            if (place < 0)
            {
                return false;
            }

            Remove(place);
            return true;
        }

        /// <summary>0 = sound, 1 = a command or reply, 2 = a stop, which nobody has verified yet.</summary>
        private int Rank(Happening message)
        {
            if (message.Topic != _commandTopic)
            {
                return 0;
            }

            bool isStop = message.Payload.Length > TypeOffset && message.Payload[TypeOffset] == (byte)CommandType.Stop;
            return isStop ? 2 : 1;
        }

        private Happening Remove(int place)
        {
            Happening taken = (Happening)_waiting[place];
            _waiting.RemoveAt(place);
            if (taken.Kind == HappeningKind.Message)
            {
                _messages--;
                _bytes -= taken.Payload.Length;
            }

            return taken;
        }
    }
}
