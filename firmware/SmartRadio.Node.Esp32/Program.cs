using System;
using System.Threading;
using nanoFramework.Runtime.Native;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Esp32.Setup;
using SmartRadio.Node.Esp32.Sound;
using SmartRadio.Node.Esp32.Storage;

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

        /// <summary>Milliseconds between looks at the button at power-up.</summary>
        private const int ButtonLook = 100;

        public static void Main()
        {
            try
            {
                Run();
            }
            catch (Exception)
            {
                // A thread that ends takes its exception with it in silence: start again instead.
                Console.WriteLine("The node failed and starts again.");
            }

            Thread.Sleep(RestartDelay);
            Power.RebootDevice(RebootOption.NormalReboot);
        }

        private static void Run()
        {
            DeviceClock clock = new DeviceClock();
            StatusLed light = new StatusLed();
            EraseWhenHeld(clock, light);
            FlashFiles inside = new FlashFiles(FlashFiles.Inside);
            DeviceSettings stored = DeployedSettings.Load(inside);
            NodeSettings settings = new NodeSettings(stored);
            IAudioOutput output = settings.HasDecoderChip ? (IAudioOutput)new Vs1053Driver(clock) : new I2sOutput(clock);
            Provisioning provisioning = new Provisioning(stored, new CertificateCheck(NodeSettings.IsCertificate));
            SetupDesk setup = new SetupDesk(provisioning, new Reboot());
            if (settings.IsEnrolled)
            {
                IFiles files = settings.Storage == FlashFiles.Inside ? inside : new FlashFiles(settings.Storage);
                RunNode(settings, files, clock, output, light, setup);
            }
            else
            {
                new Enroller(stored, setup, light, clock).Run(output);
            }
        }

        private static void EraseWhenHeld(ILocalClock clock, StatusLed light)
        {
            EraseButton button = new EraseButton();
            Erasure erasure = new Erasure();
            FactoryReset reset = new FactoryReset(erasure.Mark, clock.Microseconds);
            ResetStep step = ResetStep.Look;
            while (step == ResetStep.Look)
            {
                light.Show(NodeCondition.Booting, clock.Microseconds);
                step = reset.Look(button.IsDown, clock.Microseconds);
                Thread.Sleep(ButtonLook);
            }

            if (step == ResetStep.Erase)
            {
                FactoryReset.Erase(erasure);
            }
            else if (step == ResetStep.Rearm)
            {
                erasure.Mark = null;
            }
        }

        private static void RunNode(NodeSettings settings, IFiles files, DeviceClock clock, IAudioOutput output, StatusLed light, SetupDesk setup)
        {
            string board = settings.HasDecoderChip ? Board + "-vs1053" : Board + "-i2s";
            NodeIdentity identity = new NodeIdentity(settings.Id, settings.Secret, board, Firmware);
            Inbox inbox = new Inbox();
            RandomJitter jitter = new RandomJitter();
            BrokerConnection broker = new BrokerConnection(Networks.For(settings), settings, identity, inbox, jitter);
            NodeHardware hardware = new NodeHardware();
            hardware.Link = broker;
            hardware.Clock = clock;
            hardware.Files = files;
            hardware.Output = output;
            hardware.Cipher = new AesCipher();
            hardware.Sensors = new BoardSensors();
            hardware.Jitter = jitter;
            hardware.Restart = new Reboot();
            hardware.Line = settings.LineFullScale > 0 ? new LineSensor(settings.LineFullScale) : null;
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
