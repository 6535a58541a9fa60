using System;
using System.IO;
using System.Text;

namespace SmartRadio.Node.Esp32.Settings
{
    /// <summary>
    /// The settings of the device; while it never stored any, those of <c>I:\node.txt</c>, which an installer may put on the
    /// internal flash instead of typing (README.md). The device only reads that file.
    /// </summary>
    public static class DeployedSettings
    {
        public const string Name = "I:\\node.txt";
        private const int MaxBytes = 16384;

        /// <param name="inside">The internal flash.</param>
        public static DeviceSettings Load(IFiles inside)
        {
            DeviceSettings settings = new DeviceSettings(inside);
            if (settings.Count == 0)
            {
                settings.Read(Text());
            }

            return settings;
        }

        private static string Text()
        {
            try
            {
                byte[] content = File.Exists(Name) ? File.ReadAllBytes(Name) : new byte[0];
                return content.Length > MaxBytes ? string.Empty : Encoding.UTF8.GetString(content, 0, content.Length);
            }
            catch (Exception)
            {
                // What cannot be read counts as not there: the console must come up.
                return string.Empty;
            }
        }
    }
}
