using System.Collections;
using System.Threading;

namespace SmartRadio.Node.Esp32.Network
{
    public enum HappeningKind
    {
        Connected,
        Disconnected,
        Message,
    }

    /// <summary>Something the node's thread is to be told.</summary>
    public sealed class Happening
    {
        public HappeningKind Kind { get; set; }

        public string Topic { get; set; }

        public byte[] Payload { get; set; }
    }

    /// <summary>
    /// From the network's threads to the node's, in order. Messages are bounded in number and bytes; those that do not fit are
    /// dropped, for whatever matters is said again. That the link came or went always fits.
    /// </summary>
    public sealed class Inbox
    {
        private const int MaxMessages = 64;
        private const int MaxBytes = 128 * 1024;

        private readonly ArrayList _waiting = new ArrayList();
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);
        private int _bytes;

        public void Tell(HappeningKind kind)
        {
            Happening what = new Happening();
            what.Kind = kind;
            lock (_waiting)
            {
                _waiting.Add(what);
            }

            _arrived.Set();
        }

        public void Message(string topic, byte[] payload)
        {
            Happening message = new Happening();
            message.Kind = HappeningKind.Message;
            message.Topic = topic;
            message.Payload = payload;
            lock (_waiting)
            {
                if (_waiting.Count >= MaxMessages || _bytes + payload.Length > MaxBytes)
                {
                    return;
                }

                _waiting.Add(message);
                _bytes += payload.Length;
            }

            _arrived.Set();
        }

        /// <summary>The oldest, or null.</summary>
        public Happening Take()
        {
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    return null;
                }

                Happening oldest = (Happening)_waiting[0];
                _waiting.RemoveAt(0);
                if (oldest.Payload != null)
                {
                    _bytes -= oldest.Payload.Length;
                }

                return oldest;
            }
        }

        /// <summary>Returns when something arrives or the time is up.</summary>
        public void Wait(int milliseconds)
        {
            _arrived.WaitOne(milliseconds, false);
        }
    }
}
