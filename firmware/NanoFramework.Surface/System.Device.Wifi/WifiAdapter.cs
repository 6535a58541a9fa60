// Members as listed for System.Device.Wifi 1.5.147 (nanoframework/System.Device.Wifi). Declarations only: nothing here runs.
namespace System.Device.Wifi
{
    public enum WifiReconnectionKind
    {
        Automatic = 0,
    }

    public enum WifiConnectionStatus
    {
        Success = 3,
    }

    public class WifiConnectionResult
    {
        internal WifiConnectionResult() => throw null;

        public WifiConnectionStatus ConnectionStatus => throw null;
    }

    public sealed class WifiAdapter : IDisposable
    {
        internal WifiAdapter() => throw null;

        public static WifiAdapter[] FindAllAdapters() => throw null;

        public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential) => throw null;

        public void Disconnect() => throw null;

        public void Dispose() => throw null;
    }
}
