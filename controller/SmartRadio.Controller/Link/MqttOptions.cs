using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Controller.Link;

/// <summary>Which broker, section "SmartRadio:Mqtt".</summary>
public sealed class MqttOptions
{
    public const string Section = RoomOptions.Section + ":Mqtt";

    /// <summary>Broker to connect to; null = the embedded one, on loopback.</summary>
    public string? Host { get; set; }

    /// <summary>Port of the broker, embedded or not; 0 takes a free one for the embedded.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 1883;

    /// <summary>That broker is reached over TLS.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of who vouches for that broker's certificate; null = whom the machine trusts.</summary>
    [CertificateFile]
    public string? TlsAuthority { get; set; }

    /// <summary>Account at a broker that is not embedded. The embedded one makes an account of its own at every start.</summary>
    public string UserName { get; set; } = "controller";

    public string? Password { get; set; }

    /// <summary>Address on which the embedded broker listens.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>
    /// Addresses and networks (CIDR) from which the embedded broker takes any number of connections: proxies, and networks whose
    /// nodes come from one address.
    /// </summary>
    [Networks]
    public string FreeNetworks { get; set; } = string.Empty;

    /// <summary>Host that nodes are told to connect to; null = where the controller's broker is, as they reached it.</summary>
    public string? NodeHost { get; set; }

    /// <summary>Port that nodes are told, where it is another than <see cref="Port"/>.</summary>
    [Range(1, 65_535)]
    public int? NodePort { get; set; }

    /// <summary>
    /// Nodes speak TLS there: for another broker, or a TLS proxy before the embedded one, which says so itself of
    /// <see cref="TlsPort"/>.
    /// </summary>
    public bool NodeTls { get; set; }

    /// <summary>
    /// A second port of the embedded broker, over TLS with the certificate of the pages: nodes are told this one. Null = none, 0
    /// takes a free one.
    /// </summary>
    [Range(0, 65_535)]
    public int? TlsPort { get; set; }
}
