using System.Device.Wifi;
using System.Threading;
using nanoFramework.Networking;
using SmartRadio.Node.Esp32.Settings;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>
    /// Wi-Fi with the credentials that the device keeps. Those of the settings file are written to it at most once a start,
    /// because every such call wears the flash.
    /// </summary>
    public sealed class WifiNetwork : INetwork
    {
        private readonly NodeSettings _settings;
        private bool _toldCredentials;

        public WifiNetwork(NodeSettings settings)
        {
            _settings = settings;
        }

        public bool Connect(int timeoutMilliseconds)
        {
            // Without a token these calls wait for ever.
            if (WifiNetworkHelper.Reconnect(false, 0, new CancellationTokenSource(timeoutMilliseconds).Token))
            {
                return true;
            }

            if (_toldCredentials)
            {
                return false;
            }

            _toldCredentials = true;
            CancellationTokenSource limit = new CancellationTokenSource(timeoutMilliseconds);
            return WifiNetworkHelper.ConnectDhcp(
                _settings.Network, _settings.NetworkPassword, WifiReconnectionKind.Automatic, false, 0, limit.Token);
        }
    }
}
