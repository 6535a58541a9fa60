using System;
using System.Threading;
using nanoFramework.Runtime.Native;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Esp32.Sound;
using SmartRadio.Node.Esp32.Storage;

namespace SmartRadio.Node.Esp32
{
    /// <summary>Puts the node together from the settings file and runs it for ever.</summary>
    public static class Program
    {
        private const string Firmware = "1.0";
        private const string Board = "esp32s3";

        /// <summary>Milliseconds before a node that cannot run starts again.</summary>
        private const int RestartDelay = 10000;

        public static void Main()
        {
            try
            {
                NodeSettings settings = NodeSettings.Load();
                if (settings.Problem != null)
                {
                    Console.WriteLine(settings.Problem);
                }
                else
                {
                    Run(settings);
                }
            }
            catch (Exception)
            {
                // A thread that ends takes its exception with it in silence: start again instead.
                Console.WriteLine("The node failed and starts again.");
            }

            Thread.Sleep(RestartDelay);
            Power.RebootDevice(RebootOption.NormalReboot);
        }

        private static void Run(NodeSettings settings)
        {
            string board = settings.HasDecoderChip ? Board + "-vs1053" : Board + "-i2s";
            NodeIdentity identity = new NodeIdentity(settings.Id, settings.Secret, board, Firmware);
            Inbox inbox = new Inbox();
            BrokerConnection broker = new BrokerConnection(new WifiNetwork(settings), settings, identity, inbox);
            DeviceClock clock = new DeviceClock();
            NodeHardware hardware = new NodeHardware();
            hardware.Link = broker;
            hardware.Clock = clock;
            hardware.Files = new FlashFiles(settings.Storage);
            hardware.Output = Output(settings, clock);
            hardware.Cipher = new AesCipher();
            hardware.Sensors = new BoardSensors();
            hardware.Jitter = new RandomJitter();
            LoudspeakerNode node = new LoudspeakerNode(identity, hardware);
            broker.Start();
            new NodeLoop(node, inbox, new StopButton(), new Watchdog()).Run();
        }

        private static IAudioOutput Output(NodeSettings settings, ILocalClock clock)
        {
            return settings.HasDecoderChip ? (IAudioOutput)new Vs1053Driver(clock) : new I2sOutput(clock);
        }
    }
}
