using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Setup;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;

namespace SmartRadio.Node.Esp32
{
    /// <summary>
    /// The one thread that touches the node: it tells it what happened, lets it do what is due, and serves the watchdog.
    /// </summary>
    public sealed class NodeLoop
    {
        /// <summary>
        /// Milliseconds between looks at the button and the console; the external watchdog must allow many times as much.
        /// </summary>
        private const int LongestWait = 50;

        private readonly LoudspeakerNode _node;
        private readonly ILocalClock _clock;
        private readonly WakingInbox _inbox;
        private readonly MqttConnection _broker;
        private readonly StopButton _button = new StopButton();
        private readonly Watchdog _watchdog = new Watchdog();
        private readonly WatchdogGuard _guard;
        private readonly ModemSwitch _modem;
        private readonly GarbageCollection _collector;
        private readonly StatusLed _light;
        private readonly SetupSession _setup;

        public NodeLoop(
            LoudspeakerNode node, ILocalClock clock, WakingInbox inbox, MqttConnection broker, StatusLed light,
            SetupSession setup)
        {
            _node = node;
            _clock = clock;
            _inbox = inbox;
            _broker = broker;
            _guard = new WatchdogGuard(clock.Microseconds);
            _modem = new ModemSwitch(clock.Microseconds);
            _collector = new GarbageCollection(clock.Microseconds);
            _light = light;
            _setup = setup;
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
                long now = _clock.Microseconds;
                if (_guard.MayServe(now, _node.Queued))
                {
                    _watchdog.Serve();
                }

                if (_broker.Leave.IsAsked)
                {
                    _broker.Leave.Give(_node.Calm.MayStall, _node.Calm.MayStallBriefly);
                }

                _collector.Look(_node, now);
                _modem.Look(_broker.HasBroker, now);
                _light.Show(StatusLight.With(_broker.HasNetwork, _broker.HasBroker, _node.Condition), now);
                _setup.Look(null);
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

                case HappeningKind.Failed:
                    _node.ConnectionFailed();
                    break;

                default:
                    _node.Received(what.Topic, what.Payload);
                    break;
            }
        }
    }
}
