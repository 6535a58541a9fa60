using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SmartRadio.Web.Tls;

/// <summary>Where the pages and the API are served over TLS, which may be a port that the system chose.</summary>
internal sealed class TlsPort(IServer server)
{
    private int? _number;

    /// <summary>Null without TLS.</summary>
    public int? Number => _number ??= server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(address => address.StartsWith("https:", StringComparison.Ordinal))
        .Select(address => (int?)new Uri(address).Port).FirstOrDefault();
}
