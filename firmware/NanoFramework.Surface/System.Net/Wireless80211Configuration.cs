// Members as listed for System.Net 1.11.54 (nanoframework/System.Net). Declarations only: nothing here runs.
namespace System.Net.NetworkInformation
{
    public class Wireless80211Configuration
    {
        internal Wireless80211Configuration() => throw null;

        public enum ConfigurationOptions : byte
        {
            AutoConnect = 6,
        }

        public ConfigurationOptions Options { get => throw null; set => throw null; }

        public string Password { get => throw null; set => throw null; }

        public string Ssid { get => throw null; set => throw null; }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations() => throw null;

        public void SaveConfiguration() => throw null;
    }
}
