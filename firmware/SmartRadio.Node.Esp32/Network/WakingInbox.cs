using System.Threading;
using SmartRadio.Node.Link;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>An inbox that wakes the node's thread.</summary>
    public sealed class WakingInbox : Inbox
    {
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);

        /// <param name="commandTopic">The node's own.</param>
        public WakingInbox(string commandTopic)
            : base(commandTopic)
        {
        }

        /// <summary>Returns when something arrives or the time is up.</summary>
        public void Wait(int milliseconds)
        {
            _arrived.WaitOne(milliseconds, false);
        }

        protected override void OnArrived()
        {
            _arrived.Set();
        }
    }
}
