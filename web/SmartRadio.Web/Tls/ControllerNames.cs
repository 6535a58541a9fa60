using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using SmartRadio.Controller.Link;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Tls;

/// <summary>Names and addresses by which devices may be told to reach the controller: its certificate must hold them.</summary>
internal static class ControllerNames
{
    private const string Key = "SmartRadio:Tls:Names";

    private static readonly IdnMapping Letters = new();

    /// <summary>What somebody has set, as certificates write it.</summary>
    /// <exception cref="StartFailure">One is neither a name nor an address.</exception>
    public static IReadOnlyList<string> ThatAreSet(TlsOptions tls, MqttOptions mqtt)
    {
        var names = tls.Names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => InCertificate(name) ?? throw StartFailure.Setting(Key, name)).ToList();

        // Where the broker is this process, the node host is another name of this machine.
        if (mqtt is { Host: null, NodeHost: { } host } && InCertificate(host) is { } told)
        {
            names.Add(told);
        }

        return names;
    }

    /// <summary>What the machine calls itself, in the local network too, and its addresses of now.</summary>
    public static IEnumerable<string> OfThisMachine()
    {
        var host = Dns.GetHostName();
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(each => each.OperationalStatus == OperationalStatus.Up)
            .SelectMany(each => each.GetIPProperties().UnicastAddresses)
            .Select(each => each.Address)
            .Where(address => !address.IsIPv6LinkLocal)
            .Select(address => address.ToString());
        return new[] { "localhost", "127.0.0.1", "::1", host, host.Split('.')[0] + ".local" }.Concat(addresses)
            .Select(InCertificate).OfType<string>();
    }

    /// <summary>
    /// A name or address as certificates write it: "đình.vn" is "xn--nh-jja1m.vn" there. Null when the text is neither. What can
    /// be read as an address but is written otherwise is neither: "192.168.001.010" ends in 8 for some programs and in 10 for
    /// others.
    /// </summary>
    public static string? InCertificate(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            var isScoped = address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0;
            return !isScoped && text.Equals(address.ToString(), StringComparison.OrdinalIgnoreCase) ? address.ToString() : null;
        }

        try
        {
            return Uri.CheckHostName(text) == UriHostNameType.Dns ? Letters.GetAscii(text) : null;
        }
        catch (ArgumentException)
        {
            // A label of more than 63 letters, say.
            return null;
        }
    }
}
