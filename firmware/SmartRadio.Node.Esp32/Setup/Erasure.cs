using System;
using System.IO;
using SmartRadio.Node.Esp32.Network;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Esp32.Storage;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>All that makes the device a node, and where <see cref="FactoryReset"/> keeps its mark.</summary>
    public sealed class Erasure : IErasable
    {
        private const string MarkFile = FlashFiles.Inside + "reset.done";

        public byte[] Mark
        {
            get
            {
                return File.Exists(MarkFile) ? File.ReadAllBytes(MarkFile) : null;
            }

            set
            {
                if (value == null)
                {
                    File.Delete(MarkFile);
                }
                else
                {
                    File.WriteAllBytes(MarkFile, value);
                }
            }
        }

        public void EraseSettings()
        {
            File.Delete(DeployedSettings.Name);
            new DeviceSettings(new FlashFiles(FlashFiles.Inside)).Erase();
        }

        public void EraseNetwork()
        {
            WifiNetwork.Forget();
        }

        /// <summary>Everything in the node's folder of both drives.</summary>
        public void EraseFiles()
        {
            Delete(FlashFiles.PathsOn(FlashFiles.Inside));
            Delete(OnCard());
        }

        private static string[] OnCard()
        {
            try
            {
                // No card was mounted for a device that keeps its files inside: one may hold a node's all the same.
                new SdCard().Mount();
                return FlashFiles.PathsOn(FlashFiles.Card);
            }
            catch (Exception)
            {
                // No card: nothing of this node is there.
                return new string[0];
            }
        }

        private static void Delete(string[] files)
        {
            for (int i = 0; i < files.Length; i++)
            {
                File.Delete(files[i]);
            }
        }
    }
}
