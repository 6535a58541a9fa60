using System.Threading;
using nanoFramework.Networking;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>
    /// A cable, with an address by DHCP. The firmware image must have Ethernet built in: an S3 has no port of its own, so that is
    /// an image built for a board with a W5500 on SPI.
    /// </summary>
    public sealed class EthernetNetwork : INetwork
    {
        public bool Connect(int timeoutMilliseconds)
        {
            if (NetworkHelper.Status == NetworkHelperStatus.NetworkIsReady)
            {
                return true;
            }

            // The helper keeps what it once was told and refuses to be told twice.
            NetworkHelper.Reset();
            return NetworkHelper.SetupAndConnectNetwork(new CancellationTokenSource(timeoutMilliseconds).Token, false);
        }
    }
}
