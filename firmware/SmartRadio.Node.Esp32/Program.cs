using System;
using System.Threading;
using nanoFramework.Runtime.Native;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Esp32.Setup;
using SmartRadio.Node.Esp32.Sound.I2s;
using SmartRadio.Node.Esp32.Sound.Vs1053;
using SmartRadio.Node.Esp32.Storage;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Reports;
using SmartRadio.Node.Setup;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Esp32
{
    /// <summary>Puts the node together from its settings and runs it for ever. The loader calls <see cref="Main"/>.</summary>
    public static class Program
    {
        /// <summary>What the controller shows. A release carries it as its version: raise both together.</summary>
        private const string Firmware = "1.1";

        private const string Board = "esp32s3";

        /// <summary>Milliseconds before a node that cannot run starts again.</summary>
        private const int RestartDelay = 10000;

        /// <summary>Milliseconds between looks at the console of a device that is nobody.</summary>
        private const int ConsoleLook = 50;

        public static void Main()
        {
            try
            {
                Run();
            }
            catch (Exception exception)
            {
                // A thread that ends takes its exception with it in silence: start again instead, and tell the controller then.
                Console.WriteLine("The node failed and starts again: " + LastFault.Of(exception));
                LastFault.Keep(new FlashFiles(FlashFiles.Inside), exception);
            }

            Thread.Sleep(RestartDelay);
            Power.RebootDevice(RebootOption.NormalReboot);
        }

        private static void Run()
        {
            DeviceClock clock = new DeviceClock();
            StatusLed light = new StatusLed();
            ErasingAtStart erasing = new ErasingAtStart();
            bool isWhole = erasing.Run(clock, light);
            FlashFiles inside = new FlashFiles(FlashFiles.Inside);
            DeviceSettings stored = DeployedSettings.Load(inside);
            NodeSettings settings = new NodeSettings(stored);
            long free = nanoFramework.Runtime.Native.GC.Run(true);
            IAudioOutput output = settings.HasDecoderChip ? (IAudioOutput)new Vs1053Driver(clock) : new I2sOutput(clock);
            Provisioning provisioning = new Provisioning(stored, new CertificateCheck(NodeSettings.IsCertificate));
            SetupSession setup = new SetupSession(provisioning, new Reboot());
            if (erasing.Trouble.Length > 0)
            {
                setup.Complain(erasing.Trouble);
            }

            bool lacksMemory = HeapCheck.IsTooSmall(free);
            if (lacksMemory)
            {
                setup.Complain(HeapCheck.Trouble(free));
            }

            if (!isWhole)
            {
                OnlyListen(setup, light, clock, output);
            }
            else if (stored.IsEnrolled)
            {
                if (settings.LacksCertificate)
                {
                    setup.Complain(
                        " The broker is to speak TLS and there is no certificate to believe: nothing is said to it. Paste one and restart.");
                }

                NodeHardware hardware = new NodeHardware();
                hardware.LacksMemory = lacksMemory;
                hardware.LastFault = LastFault.Read(inside);
                hardware.Files = stored.WantsCard ? (IFiles)OnCard(setup) : new SplitFiles(inside);
                hardware.Output = output;
                RunNode(settings, hardware, clock, light, setup);
            }
            else
            {
                new Enroller(stored, setup, light, clock).Run(output, lacksMemory);
            }
        }

        private static FlashFiles OnCard(SetupSession setup)
        {
            if (!CardMount.Try(new SdCard()))
            {
                // A storage of no bytes: the light shows a fault, and the controller is told.
                setup.Complain(CardMount.Trouble);
            }

            return new FlashFiles(FlashFiles.Card);
        }

        /// <summary>What is left to a device that is half erased.</summary>
        private static void OnlyListen(SetupSession setup, StatusLed light, ILocalClock clock, IAudioOutput output)
        {
            Watchdog watchdog = new Watchdog();
            while (true)
            {
                light.Show(NodeCondition.Fault, clock.Microseconds);
                watchdog.Serve();
                setup.Look(output);
                if (setup.Code.Length > 0)
                {
                    setup.Redeemed(
                        RedemptionOutcome.Refused, null, "No code is redeemed before the device is erased: restart it.");
                }

                Thread.Sleep(ConsoleLook);
            }
        }

        private static void RunNode(
            NodeSettings settings, NodeHardware hardware, DeviceClock clock, StatusLed light, SetupSession setup)
        {
            string board = settings.HasDecoderChip ? Board + "-vs1053" : Board + "-i2s";
            NodeIdentity identity = new NodeIdentity(settings.Id, settings.Secret, board, Firmware);
            WakingInbox inbox = new WakingInbox(Topics.Command(identity.Name));
            DeviceJitter jitter = new DeviceJitter();
            MqttConnection broker = new MqttConnection(Networks.For(settings), settings, identity, inbox, jitter);
            hardware.Link = broker;
            hardware.Clock = clock;
            hardware.Cipher = new DeviceAesCipher();
            hardware.Sensors = new BoardSensors(settings.Converter);
            hardware.Jitter = jitter;
            hardware.Restart = new Reboot();
            hardware.Line = settings.LineFullScale > 0 ? new LineSensor(settings.LineFullScale, settings.Converter) : null;
            LoudspeakerNode node = new LoudspeakerNode(identity, hardware);
            if (node.HasLostKeys)
            {
                setup.KeysAreLost();
            }

            broker.Start();
            new NodeLoop(node, clock, inbox, broker, light, setup).Run();
        }
    }
}
