using System.Net;
using System.Net.NetworkInformation;
using SmartRadio.Controller;

namespace SmartRadio.Web.Hosting;

/// <summary>Names and addresses by which devices may be told to reach the controller: its certificate must hold them.</summary>
internal static class ControllerNames
{
    private const string Key = "SmartRadio:Tls:Names";

    /// <summary>What somebody has set.</summary>
    /// <exception cref="StartFailure">One is neither a name nor an address.</exception>
    public static IReadOnlyList<string> ThatAreSet(WebOptions web, RadioOptions radio)
    {
        var names = web.Tls.Names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        if (names.Find(name => !IsName(name)) is { } wrong)
        {
            throw StartFailure.Setting(Key, wrong);
        }

        // Where the broker is this process, the node host is another name of this machine.
        if (radio.Mqtt is { Host: null, NodeHost: { } host } && IsName(host))
        {
            names.Add(host);
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
        return new[] { "localhost", "127.0.0.1", "::1", host, host.Split('.')[0] + ".local" }.Concat(addresses).Where(IsName);
    }

    public static bool IsName(string text) => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
