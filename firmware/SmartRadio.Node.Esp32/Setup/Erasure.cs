using System;
using System.IO;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Settings;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>Takes away all that makes the device a node, and keeps the mark of it that <see cref="FactoryReset"/> asks for.</summary>
    public static class Erasure
    {
        private const string Mark = "I:\\reset.done";

        /// <summary>Whether an earlier reset left its mark.</summary>
        public static bool IsMarked
        {
            get { return File.Exists(Mark); }
        }

        public static void Unmark()
        {
            File.Delete(Mark);
        }

        /// <summary>
        /// Erases identity, settings, everything in the node's folder of both drives, and the Wi-Fi credentials. The mark comes first, so that it is done
        /// once. Throws when the internal flash, which holds the secret, refuses.
        /// </summary>
        public static void Erase()
        {
            File.WriteAllBytes(Mark, new byte[1]);
            File.Delete(DeployedSettings.Name);
            EraseFolder("I:\\smartradio");
            try
            {
                EraseFolder("D:\\smartradio");
            }
            catch (Exception)
            {
                // No card: nothing of this node is there.
            }

            WifiNetwork.Forget();
        }

        private static void EraseFolder(string folder)
        {
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder) : new string[0];
            for (int i = 0; i < files.Length; i++)
            {
                File.Delete(files[i]);
            }
        }
    }
}
