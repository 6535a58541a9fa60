using System;
using System.IO;
using SmartRadio.Node.Esp32.Storage;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Esp32.Settings
{
    /// <summary>
    /// The settings of the device; while it never stored any, those of <c>I:\node.txt</c>, which an installer may put on the
    /// internal flash instead of typing (README.md). The device only reads that file.
    /// </summary>
    public static class DeployedSettings
    {
        public const string Name = FlashFiles.Inside + "node.txt";
        private const int MaxBytes = 16384;

        /// <param name="inside">The internal flash.</param>
        public static DeviceSettings Load(IFiles inside)
        {
            DeviceSettings settings = new DeviceSettings(inside);
            if (settings.Count == 0)
            {
                settings.Read(Content());
            }

            return settings;
        }

        private static byte[] Content()
        {
            try
            {
                byte[] content = File.Exists(Name) ? File.ReadAllBytes(Name) : new byte[0];
                return content.Length > MaxBytes ? new byte[0] : content;
            }
            catch (Exception)
            {
                // What cannot be read counts as not there: the console must come up.
                return new byte[0];
            }
        }
    }
}
