// Members as listed for System.Device.Wifi 1.5.147 (nanoframework/System.Device.Wifi). Declarations only: nothing here runs.
namespace nanoFramework.Networking
{
    public static class WifiNetworkHelper
    {
        public static bool Reconnect(
            bool requiresDateTime = false,
            int wifiAdapterId = 0,
            System.Threading.CancellationToken token = default) => throw null;
    }
}
