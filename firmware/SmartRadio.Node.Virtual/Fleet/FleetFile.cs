using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>Says in one sentence why the program cannot do what it was asked.</summary>
internal sealed class FleetException(string message) : Exception(message);

/// <param name="Host">Name or address of the MQTT broker.</param>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Tls">The broker speaks TLS.</param>
/// <param name="Certificate">Fingerprint of the one certificate it shows, SHA-256 in hexadecimal; null = one that the system
/// trusts.</param>
internal sealed record BrokerAddress(string Host, int Port, bool Tls = false, string? Certificate = null)
{
    /// <summary>Whether there can be such an address.</summary>
    public bool IsPossible => Uri.CheckHostName(Host) != UriHostNameType.Unknown && Port is > 0 and < 65536;

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    public static string FingerprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Reads HOST:PORT; an address of IPv6 is in brackets.</summary>
    /// <exception cref="FleetException">It is none.</exception>
    public static BrokerAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && new BrokerAddress(HostIn(text[..colon]), port) is { IsPossible: true } address
            ? address
            : throw new FleetException($"'{text}' is no broker address such as 127.0.0.1:1883.");
    }

    private static string HostIn(string text) =>
        text is ['[', .. var inside, ']'] ? inside : text.Contains(':', StringComparison.Ordinal) ? "" : text;
}

/// <param name="Id">8 bytes.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Secret">32 bytes.</param>
internal sealed record FleetNode(byte[] Id, string Name, byte[] Secret);

/// <summary>
/// The file that says which nodes to be: {"broker":{"host","port","tls","certificate"},"nodes":[{"id":"16
/// hex","name","secret":"base64 of 32 bytes"}]}.
/// </summary>
/// <param name="Broker">Where they connect.</param>
/// <param name="Nodes">At least one.</param>
internal sealed record FleetFile(BrokerAddress Broker, IReadOnlyList<FleetNode> Nodes)
{
    /// <summary>The first nodes.</summary>
    /// <exception cref="FleetException">There are not so many.</exception>
    public IReadOnlyList<FleetNode> First(int count) => count >= 1 && count <= Nodes.Count
        ? [.. Nodes.Take(count)]
        : throw new FleetException($"--count must be from 1 to {Nodes.Count}, the number of nodes in the file.");

    /// <exception cref="FleetException">The file is missing or wrong.</exception>
    public static FleetFile Read(string path)
    {
        var content = JsonFile.Read<FleetContent>(path, "a list of nodes");
        var broker = content.Broker is null ? new BrokerAddress("127.0.0.1", 1883)
            : new BrokerAddress(content.Broker.Host ?? "", content.Broker.Port, content.Broker.Tls, content.Broker.Certificate);
        if (!broker.IsPossible)
        {
            throw new FleetException($"{path}: the broker needs a host and a port from 1 to 65535.");
        }

        var nodes = (content.Nodes ?? []).Select((node, index) => Node(path, node, index)).ToList();
        if (nodes.Count == 0)
        {
            throw new FleetException($"{path} names no nodes.");
        }

        var twice = nodes.GroupBy(node => Hex.Encode(node.Id), StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? new FleetFile(broker, nodes)
            : throw new FleetException($"{path} names the node {twice.Key} twice.");
    }

    private static FleetNode Node(string path, NodeContent? node, int index)
    {
        var id = Hex.Decode(node?.Id, WireSizes.NodeIdLength)
            ?? throw new FleetException(
                $"{path}: node {index + 1} has no id of {2 * WireSizes.NodeIdLength} lower-case hexadecimal digits.");
        var secret = new byte[WireSizes.KeyLength + 1];
        return node!.Secret is not null && Convert.TryFromBase64String(node.Secret, secret, out var length)
            && length == WireSizes.KeyLength
            ? new FleetNode(id, node.Name ?? node.Id!, secret[..length])
            : throw new FleetException($"{path}: node {index + 1} has no secret of {WireSizes.KeyLength} bytes in base64.");
    }

    private sealed record FleetContent(BrokerContent? Broker, IReadOnlyList<NodeContent?>? Nodes);

    private sealed record BrokerContent(string? Host, int Port, bool Tls = false, string? Certificate = null);

    private sealed record NodeContent(string? Id, string? Name, string? Secret);
}
