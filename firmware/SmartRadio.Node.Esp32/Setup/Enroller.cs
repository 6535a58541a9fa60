using System.Threading;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>
    /// What a device does that belongs to no controller: it listens to the console and redeems its code when it can.
    /// </summary>
    public sealed class Enroller
    {
        private const int Look = 50;

        /// <summary>
        /// Milliseconds. The external watchdog is not served meanwhile, nor while the radio is told its network, some twenty
        /// seconds more.
        /// </summary>
        private const int NetworkTimeout = 25000;
        private const int TimeTimeout = 15000;

        private readonly DeviceSettings _settings;
        private readonly SetupSession _session;
        private readonly StatusLed _light;
        private readonly ILocalClock _clock;
        private readonly Watchdog _watchdog = new Watchdog();
        private readonly CodeRedemption _redemption = new CodeRedemption(new DeviceJitter());

        public Enroller(DeviceSettings settings, SetupSession session, StatusLed light, ILocalClock clock)
        {
            _settings = settings;
            _session = session;
            _light = light;
            _clock = clock;
        }

        /// <summary>Ends only by a restart.</summary>
        /// <param name="output">For the console's chime.</param>
        /// <param name="hasFault">What was complained of on the console also shows on the light.</param>
        public void Run(IAudioOutput output, bool hasFault)
        {
            while (true)
            {
                _light.Show(hasFault ? NodeCondition.Fault : NodeCondition.Enrolling, _clock.Microseconds);
                _watchdog.Serve();
                if (_session.Look(output))
                {
                    _redemption.Typed(_clock.Microseconds);
                }

                if (_session.Code.Length > 0 && _redemption.IsDue(_clock.Microseconds))
                {
                    Redeem();
                }

                Thread.Sleep(Look);
            }
        }

        private void Redeem()
        {
            NodeSettings settings = new NodeSettings(_settings);
            Enrolment enrolment = new Enrolment();
            RedemptionOutcome outcome = RedemptionOutcome.NoNetwork;
            if (Networks.For(settings).Connect(NetworkTimeout))
            {
                _watchdog.Serve();
                NetworkTime.Await(TimeTimeout);
                _watchdog.Serve();
                outcome = enrolment.Redeem(
                    _settings.Get("server"), _settings.Get("server-port"), settings.Certificate, _session.Code);
            }

            _watchdog.Serve();
            _session.Redeemed(outcome, enrolment.Given, _redemption.Ended(outcome, _clock.Microseconds));
        }
    }
}
