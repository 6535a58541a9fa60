using System;
using System.IO;
using System.Reflection;
using System.Threading;
using nanoFramework.Runtime.Native;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Esp32.Storage;
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
                string drive = FlashFiles.DriveOf(settings);
                FlashFiles files = drive == FlashFiles.Inside ? inside : new FlashFiles(drive);
                StartSlot(new BootSlots(files, new NodeKeys(secret).Store));
            }

            byte[][] first = { File.ReadAllBytes(FirstProgram) };
            Run(first);
        }

        /// <summary>Returns only when no slot holds a program that starts.</summary>
        private static void StartSlot(BootSlots slots)
        {
            int slot = slots.Choose();
            while (slot != BootSlots.None)
            {
                try
                {
                    byte[] content = slots.Load(slot);
                    ReleaseBundle bundle = content == null ? null : ReleaseBundle.Read(content);
                    if (bundle != null)
                    {
                        Run(bundle.Assemblies);
                    }
                }
                catch (Exception)
                {
                    // It does not load, or ended in an exception: as bad as one that is not there.
                }

                slot = slots.Broken(slot);
            }
        }

        private static void Run(byte[][] assemblies)
        {
            Assembly program = null;
            for (int i = 0; i < assemblies.Length; i++)
            {
                program = Assembly.Load(assemblies[i]);
            }

            program.GetType(EntryType).GetMethod(EntryMethod).Invoke(null, null);
        }
    }
}
