using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace SmartRadio.Mqtt.Broker;

/// <summary>Where the embedded broker listens and what it allows.</summary>
public sealed class EmbeddedBrokerOptions
{
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>0 takes a free port; see <see cref="EmbeddedBroker.EndPoint"/>.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>A second port over TLS; null = none, 0 takes a free one.</summary>
    public int? TlsPort { get; set; }

    /// <summary>Gives the TLS port its certificate, versions and ciphers; null = no TLS port.</summary>
    public Action<HttpsConnectionAdapterOptions>? ConfigureTls { get; set; }

    /// <summary>Connections at once over both ports; further ones are closed. Below the limit of open files (20,000).</summary>
    public int MaxConnections { get; set; } = 18_000;

    /// <summary>Of these from one address. A whole commune may sit behind one.</summary>
    public int MaxAddressConnections { get; set; } = 2000;

    /// <summary>Of these that have not signed in: they cost an attacker nothing.</summary>
    public int MaxAddressStrangers { get; set; } = 128;

    /// <summary>Addresses there are not bounded by themselves: this machine, proxies.</summary>
    public IReadOnlyList<IPNetwork> FreeNetworks { get; set; } =
        [new(IPAddress.Parse("127.0.0.0"), 8), new(IPAddress.IPv6Loopback, 128)];

    /// <summary>From the opening of a connection to its whole CONNECT packet, and for a TLS handshake.</summary>
    public TimeSpan SignInTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of payload that may wait for all clients. One for whom nothing waits is still given a message.</summary>
    public long MaxPendingBytes { get; set; } = 256L * 1024 * 1024;
}
