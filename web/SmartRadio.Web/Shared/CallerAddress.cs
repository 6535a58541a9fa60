using System.Net;
using System.Net.Sockets;

namespace SmartRadio.Web.Shared;

/// <summary>Whence a request comes, as limits and logs count it.</summary>
internal static class CallerAddress
{
    /// <summary>Bytes of the network of an IPv6 address: whoever has one address there has 2⁶⁴ (RFC 6177).</summary>
    private const int NetworkBytes = 8;

    /// <summary>The IPv4 address, or the /64 of an IPv6 address; empty when there is none.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <inheritdoc cref="Of(HttpContext)"/>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return string.Empty;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
