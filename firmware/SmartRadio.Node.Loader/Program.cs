using System;
using System.IO;
using System.Reflection;
using System.Threading;
using nanoFramework.Runtime.Native;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Esp32.Storage;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Setup;
using SmartRadio.Node.Updates;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Loader
{
    /// <summary>
    /// All that is flashed for good: chooses a slot, loads the program in it and calls it. What it loads is sealed under the
    /// node's own key; without any, it starts the program that the installer put on the internal flash.
    /// </summary>
    public static class Program
    {
        private const string FirstProgram = FlashFiles.Inside + "first.pe";
        private const string EntryType = "SmartRadio.Node.Esp32.Program";
        private const string EntryMethod = "Main";

        /// <summary>Milliseconds before it tries again when nothing could be started.</summary>
        private const int RestartDelay = 10000;

        public static void Main()
        {
            try
            {
                Start();
            }
            catch (Exception)
            {
                Console.WriteLine("No program could be started.");
            }

            Thread.Sleep(RestartDelay);
            Power.RebootDevice(RebootOption.NormalReboot);
        }

        private static void Start()
        {
            FlashFiles inside = new FlashFiles(FlashFiles.Inside);
            DeviceSettings settings = DeployedSettings.Load(inside);
            byte[] secret = Hex.Decode(settings.Get("secret"), WireSizes.KeyLength);
            if (secret != null)
            {
                if (settings.WantsCard && !CardMount.Try(new SdCard()))
                {
                    Console.WriteLine("The SD card does not answer: the first program is started.");
                }

                FlashFiles files = settings.WantsCard ? new FlashFiles(FlashFiles.Card) : inside;
                StartSlot(new BootSlots(files, new NodeKeys(secret).Store));
            }

            Run(LoadFirst());
        }

        /// <summary>Returns only when no slot holds a program that starts.</summary>
        private static void StartSlot(BootSlots slots)
        {
            int slot = slots.Choose();
            while (slot != BootSlots.None)
            {
                try
                {
                    Assembly program = Load(slots, slot);
                    if (program != null)
                    {
                        Run(program);
                    }
                }
                catch (Exception)
                {
                    // It does not load, or ended in an exception: as bad as one that is not there.
                }

                slot = slots.Broken(slot);
            }
        }

        /// <summary>
        /// The program of a slot; null when there is none. In a method of its own: what it read is garbage once it returns, while
        /// the methods that called the program keep their locals for as long as it runs.
        /// </summary>
        private static Assembly Load(BootSlots slots, int slot)
        {
            byte[] content = slots.Load(slot);
            ReleaseBundle bundle = content == null ? null : ReleaseBundle.Read(content);
            Assembly program = null;
            for (int i = 0; bundle != null && i < bundle.Assemblies.Length; i++)
            {
                program = Assembly.Load(bundle.Assemblies[i]);
            }

            return program;
        }

        private static Assembly LoadFirst()
        {
            return Assembly.Load(File.ReadAllBytes(FirstProgram));
        }

        private static void Run(Assembly program)
        {
            program.GetType(EntryType).GetMethod(EntryMethod).Invoke(null, null);
        }
    }
}
