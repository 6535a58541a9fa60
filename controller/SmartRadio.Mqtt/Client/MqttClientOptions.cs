using System.Net.Security;

namespace SmartRadio.Mqtt.Client;

/// <summary>Where a client connects and as whom. Sizes are bytes.</summary>
public sealed record MqttClientOptions
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 1883;

    /// <summary>Empty lets the broker choose one, for a session that ends with the connection whatever <see cref="SessionExpiryInterval"/> says.</summary>
    public string ClientId { get; init; } = "";

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>Asked for the password before every connection, in place of <see cref="Password"/>: for one that changes.</summary>
    public Func<ReadOnlyMemory<byte>>? NewestPassword { get; init; }

    /// <summary>A method that takes several steps, beside or instead of name and password; null is none. MQTT 5 only.</summary>
    public IMqttClientAuthentication? Authentication { get; init; }

    /// <summary>
    /// Whether the client begins with a new session, in place of one that an earlier client of its id left at the broker. Reconnects
    /// resume the session if the broker still has it. Without it, in a session found at the broker, each QoS 2 message costs a round trip
    /// more: an earlier client may have broken off an exchange under its packet identifier.
    /// </summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>
    /// How long the broker keeps the session while the client is away, to the second; zero ends it with each connection. 3.1.1 knows only
    /// this zero, which is a clean session whatever <see cref="CleanStart"/> says, and for ever. To begin a new one that is kept, a 3.1.1
    /// client first connects for a moment with a clean session.
    /// </summary>
    public TimeSpan SessionExpiryInterval { get; init; }

    internal bool KeepsSession => ClientId.Length > 0 && SessionExpiryInterval > TimeSpan.Zero;

    /// <summary>Longest silence. A dead link is noticed by the broker after one and a half of it, by the client after 1.5 to 2.2 of it. Zero is never.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the broker publishes when the client vanishes.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>How long after vanishing, to the second. MQTT 5 only.</summary>
    public TimeSpan WillDelay { get; init; }

    public MqttProtocolVersion ProtocolVersion { get; init; } = MqttProtocolVersion.V5;

    /// <summary>Null is plain TCP.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>Where MQTT is spoken over WebSocket, such as <c>wss://host/mqtt</c>; then host, port and <see cref="Tls"/> are not used.</summary>
    public Uri? WebSocket { get; init; }

    /// <summary>From opening the connection to CONNACK.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause between attempts to connect; the first is a second, each later one up to double.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan FirstReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest packet taken from the broker.</summary>
    public int MaxPacketSize { get; init; } = 1024 * 1024;

    /// <summary>Received messages that wait to be read; above it nothing more is read from the socket.</summary>
    public int MaxReceivedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>QoS 0 messages that wait for the socket. When answers to the broker wait beside all that may, nothing more is read from it.</summary>
    public int MaxQueuedBytes { get; init; } = 1024 * 1024;

    /// <summary>QoS 1 and 2 messages not yet acknowledged; they are kept over reconnects.</summary>
    public int MaxUnacknowledgedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>QoS 1 and 2 messages the broker may have under way to this client. MQTT 5 only.</summary>
    public ushort ReceiveMaximum { get; init; } = 128;

    /// <summary>Topic aliases the broker may set up. MQTT 5 only.</summary>
    public ushort TopicAliasMaximum { get; init; } = 32;

    /// <summary>Asks the broker for <see cref="MqttClient.ResponseInformation"/>. MQTT 5 only.</summary>
    public bool RequestResponseInformation { get; init; }
}
