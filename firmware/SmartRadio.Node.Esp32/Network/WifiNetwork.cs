using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;
using SmartRadio.Node.Esp32.Settings;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>
    /// Wi-Fi. The firmware keeps credentials of its own and joins with them by itself at each start and after each loss. Those of
    /// the settings are written there when they differ, and only then, because that wears the flash.
    /// </summary>
    public sealed class WifiNetwork : INetwork
    {
        private readonly NodeSettings _settings;

        public WifiNetwork(NodeSettings settings)
        {
            _settings = settings;
        }

        /// <summary>Takes the credentials out of the firmware's keeping.</summary>
        public static void Forget()
        {
            try
            {
                Keep(Wireless80211Configuration.GetAllWireless80211Configurations()[0], string.Empty, string.Empty);

                // The radio's driver keeps a copy of what it was last told. This takes some twenty seconds and must fail.
                Join(string.Empty, string.Empty);
            }
            catch (Exception)
            {
                // An image without Wi-Fi keeps none.
            }
        }

        public bool Connect(int timeoutMilliseconds)
        {
            try
            {
                Wireless80211Configuration kept = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
                bool isNew = _settings.Network.Length > 0 && (kept.Ssid != _settings.Network || kept.Password != _settings.NetworkPassword);
                if (isNew)
                {
                    Keep(kept, _settings.Network, _settings.NetworkPassword);

                    // Joined or not: the address of the network before may outlive it and says nothing.
                    return Join(kept.Ssid, kept.Password) && Wait(timeoutMilliseconds);
                }

                if (Wait(timeoutMilliseconds))
                {
                    return true;
                }

                // The firmware tries for ever, unless it was told not to.
                return kept.Ssid.Length > 0 && Join(kept.Ssid, kept.Password);
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static void Keep(Wireless80211Configuration kept, string network, string password)
        {
            kept.Ssid = network;
            kept.Password = password;
            kept.Options = Wireless80211Configuration.ConfigurationOptions.AutoConnect;
            kept.SaveConfiguration();
        }

        private static bool Join(string network, string password)
        {
            using (WifiAdapter adapter = WifiAdapter.FindAllAdapters()[0])
            {
                adapter.Disconnect();
                return adapter.Connect(network, WifiReconnectionKind.Automatic, password).ConnectionStatus == WifiConnectionStatus.Success;
            }
        }

        // Without a token this waits for ever.
        private static bool Wait(int milliseconds)
        {
            return WifiNetworkHelper.Reconnect(false, 0, new CancellationTokenSource(milliseconds).Token);
        }
    }
}
