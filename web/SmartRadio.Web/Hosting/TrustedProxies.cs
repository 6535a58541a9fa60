using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using SmartRadio.Web.Errors;
using IPNetwork = System.Net.IPNetwork;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// Takes the caller's address and scheme from proxies that are named in <see cref="WebOptions.Proxies"/>, and from nobody else. The
/// host is never taken: links that are sent to people are made of it.
/// </summary>
internal static class TrustedProxies
{
    private const string Key = "SmartRadio:Proxies";

    /// <exception cref="StartFailure">The setting names no address and no network.</exception>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (Read(app.Services.GetRequiredService<IOptions<WebOptions>>().Value.Proxies) is { } options)
        {
            app.UseForwardedHeaders(options);
        }
    }

    /// <summary>Null when none is named.</summary>
    /// <exception cref="StartFailure">The text names no address and no network.</exception>
    public static ForwardedHeadersOptions? Read(string text)
    {
        var named = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (named.Length == 0)
        {
            return null;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // From the nearest outwards, as far as each is one of those named.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var each in named)
        {
            if (IPAddress.TryParse(each, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (IPNetwork.TryParse(each, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw StartFailure.Setting(Key, each);
            }
        }

        return options;
    }

    /// <summary>Whether an address is one of those named.</summary>
    public static bool IsNamed(ForwardedHeadersOptions proxies, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return proxies.KnownProxies.Contains(plain) || proxies.KnownIPNetworks.Any(network => network.Contains(plain));
    }
}
