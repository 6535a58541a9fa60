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
        /// <summary>Milliseconds; the external watchdog is not served meanwhile.</summary>
        private const int NetworkTimeout = 25000;

        private readonly DeviceSettings _settings;
        private readonly SetupDesk _desk;
        private readonly StatusLed _light;
        private readonly ILocalClock _clock;
        private readonly Watchdog _watchdog = new Watchdog();

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
                _desk.Look(output);
                if (_desk.Code.Length > 0)
                {
                    Trade();
                }

                Thread.Sleep(Look);
            }
        }

        private void Trade()
        {
            NodeSettings settings = new NodeSettings(_settings);
            if (!Networks.For(settings).Connect(NetworkTimeout))
            {
                _desk.Traded(null, "There is no network: check it and give the code again.");
                return;
            }

            _watchdog.Serve();
            Enrolment enrolment = new Enrolment();
            EnrolmentAnswer given = enrolment.Trade(_settings.Get("server"), _settings.Get("server-port"), settings.Certificate, _desk.Code);
            _desk.Traded(given, enrolment.Problem);
        }
    }
}
