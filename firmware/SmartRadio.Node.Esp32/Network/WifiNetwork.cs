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
        private static object _gate;
        private static bool _isForgotten;

        private readonly NodeSettings _settings;

        public WifiNetwork(NodeSettings settings)
        {
            _settings = settings;
            _ = Gate;
        }

        /// <summary>
        /// Held while credentials are written or the radio is told them: the console erases on another thread than the one that
        /// connects. The main thread alone makes networks and erases, so it makes this too, before the other thread runs.
        /// </summary>
        private static object Gate
        {
            get
            {
                if (_gate == null)
                {
                    _gate = new object();
                }

                return _gate;
            }
        }

        /// <summary>
        /// Takes the credentials out of the firmware's keeping, for good until the next start. Throws when the flash refuses.
        /// </summary>
        public static void Forget()
        {
            Wireless80211Configuration[] kept = Wireless80211Configuration.GetAllWireless80211Configurations();
            if (kept.Length == 0)
            {
                // An image without Wi-Fi keeps none.
                return;
            }

            lock (Gate)
            {
                Keep(kept[0], string.Empty, string.Empty);
                _isForgotten = true;
                try
                {
                    // The radio's driver keeps a copy of what it was last told. This takes some twenty seconds.
                    Join(string.Empty, string.Empty);
                }
                catch (Exception)
                {
                    // There is no such network: it must fail, in whatever way.
                }
            }
        }

        public bool Connect(int timeoutMilliseconds)
        {
            try
            {
                Wireless80211Configuration kept = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
                bool isNew = _settings.Network.Length > 0
                    && (kept.Ssid != _settings.Network || kept.Password != _settings.NetworkPassword);
                if (isNew)
                {
                    // Joined or not: the address of the network before may outlive it and says nothing.
                    return Join(kept, true) && Wait(timeoutMilliseconds);
                }

                if (Wait(timeoutMilliseconds))
                {
                    return true;
                }

                // The firmware tries for ever, unless it was told not to.
                return kept.Ssid.Length > 0 && Join(kept, false);
            }
            catch (Exception)
            {
                return false;
            }
        }

        private bool Join(Wireless80211Configuration kept, bool isNew)
        {
            lock (Gate)
            {
                if (_isForgotten)
                {
                    return false;
                }

                if (isNew)
                {
                    Keep(kept, _settings.Network, _settings.NetworkPassword);
                }

                return Join(kept.Ssid, kept.Password);
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
                return adapter.Connect(
                    network, WifiReconnectionKind.Automatic, password).ConnectionStatus == WifiConnectionStatus.Success;
            }
        }

        // Without a token this waits for ever.
        private static bool Wait(int milliseconds)
        {
            return WifiNetworkHelper.Reconnect(false, 0, new CancellationTokenSource(milliseconds).Token);
        }
    }
}
