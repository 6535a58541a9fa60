// Members as listed for System.Net 1.11.54 (nanoframework/System.Net). Declarations only: nothing here runs.
namespace nanoFramework.Networking
{
    public enum NetworkHelperStatus
    {
        NetworkIsReady = 2,
    }

    public static class NetworkHelper
    {
        public static NetworkHelperStatus Status => throw null;

        public static void Reset() => throw null;

        public static bool SetupAndConnectNetwork(System.Threading.CancellationToken token = default, bool requiresDateTime = false) => throw null;
    }
}

namespace System.Net.Security
{
    public enum SslProtocols
    {
        Tls12 = 3072,
    }

    public enum SslVerification
    {
        CertificateRequired = 4,
    }
}
