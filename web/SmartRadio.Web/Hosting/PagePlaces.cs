using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// Bounds the connections of one address to pages and API, over all ports, so that none takes those of all others. Behind a
/// trusted proxy stand many: it is not bounded.
/// </summary>
internal sealed class PagePlaces(IOptions<LimitOptions> limits, IOptions<WebOptions> web)
{
    private readonly Lazy<ForwardedHeadersOptions?> _proxies = new(() => TrustedProxies.Read(web.Value.Proxies));
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Admits a connection, before TLS: stalled handshakes count too.</summary>
    public void Guard(ListenOptions listen) => listen.Use(next => async connection =>
    {
        using var place = Take((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (place is not null)
        {
            await next(connection);
        }
    });

    /// <returns>The place, to be given back; null when the address has as many as it may.</returns>
    public Place? Take(IPAddress? from)
    {
        if (from is not null && _proxies.Value is { } proxies && TrustedProxies.IsNamed(proxies, from))
        {
            return new Place(null, string.Empty);
        }

        var caller = CallerAddress.Of(from);
        lock (_open)
        {
            var open = _open.GetValueOrDefault(caller);
            if (open >= limits.Value.AddressPageConnections)
            {
                return null;
            }

            _open[caller] = open + 1;
        }

        return new Place(this, caller);
    }

    private void Leave(string caller)
    {
        lock (_open)
        {
            if (--_open[caller] == 0)
            {
                _open.Remove(caller);
            }
        }
    }

    /// <summary>A connection's place; that of a trusted proxy counts nowhere.</summary>
    internal sealed class Place(PagePlaces? places, string caller) : IDisposable
    {
        public void Dispose() => places?.Leave(caller);
    }
}
