using System.Net;
using System.Net.Security;

namespace SmartRadio.Mqtt.Broker;

/// <summary>Where the broker listens and what it allows. All sizes are bytes.</summary>
public sealed class MqttBrokerOptions
{
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>0 picks a free port; see <see cref="MqttBroker.EndPoint"/>.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>Port for TLS beside the plain one; null is none, 0 picks a free one.</summary>
    public int? TlsPort { get; set; }

    /// <summary>Certificate and rules of the TLS port; a client certificate that is shown reaches the authenticator.</summary>
    public SslServerAuthenticationOptions? Tls { get; set; }

    /// <summary>The SQLite file that keeps sessions, their QoS 1 and 2 messages, wills and retained messages over restarts; null keeps them in memory only.</summary>
    public string? StorePath { get; set; }

    /// <summary>Connections at once; further ones are closed.</summary>
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>Largest packet, both ways.</summary>
    public int MaxPacketSize { get; set; } = 1024 * 1024;

    /// <summary>What may wait for one client; beyond it new messages for that client are dropped.</summary>
    public int MaxQueuedBytesPerClient { get; set; } = 1024 * 1024;

    /// <summary>What may wait for all clients together. One for whom nothing waits is still given a message.</summary>
    public long MaxQueuedBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>QoS 1 and 2 messages under way to one client at once; a client may ask for fewer.</summary>
    public ushort MaxInFlight { get; set; } = 64;

    /// <summary>QoS 2 messages under way from one client at once.</summary>
    public ushort ReceiveMaximum { get; set; } = 256;

    public int MaxSubscriptionsPerClient { get; set; } = 1000;

    /// <summary>What sessions with their subscriptions and wills may hold; beyond it only clients that have a session are let in.</summary>
    public long MaxSessionBytes { get; set; } = 256L * 1024 * 1024;

    public int MaxRetainedMessages { get; set; } = 200_000;

    public long MaxRetainedBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Topic aliases a client may set up.</summary>
    public ushort TopicAliasMaximum { get; set; } = 64;

    /// <summary>Where clients that ask may take answers to their requests (MQTT 5, 3.2.2.3.15), such as <c>answers</c>; null tells them nothing. What they may publish there is the authorizer's.</summary>
    public string? ResponseInformation { get; set; }

    /// <summary>Longest time a session outlives its connection.</summary>
    public TimeSpan MaxSessionExpiry { get; set; } = TimeSpan.FromDays(30);

    /// <summary>After a crash of the broker: how long clients that were connected may take to come back before their wills are published. Longer delays of their own hold.</summary>
    public TimeSpan WillGraceAfterCrash { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From the opening of the connection to the whole CONNECT packet.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest a packet may take from its first byte to its last.</summary>
    public TimeSpan PacketTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often <c>$SYS/broker/…</c> is published; zero is never.</summary>
    public TimeSpan SysInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest keep-alive; a client that asks for more, or for none, is given this. Zero lets clients choose.</summary>
    public TimeSpan MaxKeepAlive { get; set; } = TimeSpan.Zero;
}
