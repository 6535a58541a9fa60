using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Network;

namespace SmartRadio.Node.Esp32
{
    /// <summary>The one thread that touches the node: it tells it what happened, lets it do what is due, and serves the watchdog.</summary>
    public sealed class NodeLoop
    {
        /// <summary>Milliseconds between looks at the button; the external watchdog must allow several times as much.</summary>
        private const int LongestWait = 50;

        private readonly LoudspeakerNode _node;
        private readonly Inbox _inbox;
        private readonly StopButton _button;
        private readonly Watchdog _watchdog;

        public NodeLoop(LoudspeakerNode node, Inbox inbox, StopButton button, Watchdog watchdog)
        {
            _node = node;
            _inbox = inbox;
            _button = button;
            _watchdog = watchdog;
        }

        public void Run()
        {
            while (true)
            {
                for (Happening next = _inbox.Take(); next != null; next = _inbox.Take())
                {
                    Tell(next);
                }

                if (_button.WasPressed())
                {
                    _node.StopPressed();
                }

                int wait = _node.Poll();
                _watchdog.Serve();
                if (wait > 0)
                {
                    _inbox.Wait(wait < LongestWait ? wait : LongestWait);
                }
            }
        }

        private void Tell(Happening what)
        {
            switch (what.Kind)
            {
                case HappeningKind.Connected:
                    _node.Connected();
                    break;

                case HappeningKind.Disconnected:
                    _node.Disconnected();
                    break;

                default:
                    _node.Received(what.Topic, what.Payload);
                    break;
            }
        }
    }
}
