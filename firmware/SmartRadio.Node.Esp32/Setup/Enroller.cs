using System.Threading;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Settings;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>What a device does that belongs to no controller: it listens to the console and trades its code when it can.</summary>
    public sealed class Enroller
    {
        private const int Look = 50;

        /// <summary>Milliseconds. The external watchdog is not served meanwhile, nor while the radio is told its network, some twenty seconds more.</summary>
        private const int NetworkTimeout = 25000;
        private const int TimeTimeout = 15000;

        private readonly DeviceSettings _settings;
        private readonly SetupDesk _desk;
        private readonly StatusLed _light;
        private readonly ILocalClock _clock;
        private readonly Watchdog _watchdog = new Watchdog();
        private readonly CodeTrade _trade = new CodeTrade(new RandomJitter());

        public Enroller(DeviceSettings settings, SetupDesk desk, StatusLed light, ILocalClock clock)
        {
            _settings = settings;
            _desk = desk;
            _light = light;
            _clock = clock;
        }

        /// <summary>Ends only by a restart.</summary>
        /// <param name="output">For the console's chime.</param>
        public void Run(IAudioOutput output)
        {
            while (true)
            {
                _light.Show(NodeCondition.Enrolling, _clock.Microseconds);
                _watchdog.Serve();
                if (_desk.Look(output))
                {
                    _trade.Typed(_clock.Microseconds);
                }

                if (_desk.Code.Length > 0 && _trade.IsDue(_clock.Microseconds))
                {
                    Trade();
                }

                Thread.Sleep(Look);
            }
        }

        private void Trade()
        {
            NodeSettings settings = new NodeSettings(_settings);
            Enrolment enrolment = new Enrolment();
            TradeOutcome outcome = TradeOutcome.NoNetwork;
            if (Networks.For(settings).Connect(NetworkTimeout))
            {
                _watchdog.Serve();
                NetworkTime.Await(TimeTimeout);
                _watchdog.Serve();
                outcome = enrolment.Trade(_settings.Get("server"), _settings.Get("server-port"), settings.Certificate, _desk.Code);
            }

            _watchdog.Serve();
            _desk.Traded(outcome, enrolment.Given, _trade.Ended(outcome, _clock.Microseconds));
        }
    }
}
