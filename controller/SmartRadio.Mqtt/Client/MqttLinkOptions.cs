using System.Net.Security;

namespace SmartRadio.Mqtt.Client;

/// <summary>Where a link connects and as whom. Sizes are bytes of payload.</summary>
public sealed record MqttLinkOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>How the broker proves itself over TLS; null = plain TCP.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    public required string ClientId { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte> Password { get; init; }

    /// <summary>Longest silence. The broker notices a dead link after one and a half of it, the link itself too.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From opening the connection to CONNACK, and for each acknowledgement after.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first pause between two attempts; each later one is double, up to <see cref="MaxReconnectDelay"/>.</summary>
    public TimeSpan FirstReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What may wait to be sent at QoS 0.</summary>
    public int MaxQueuedBytes { get; init; } = 1024 * 1024;

    /// <summary>What may wait to be sent or acknowledged at QoS 1.</summary>
    public int MaxReliableBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>What may wait to be read; beyond it messages are dropped, for MQTTnet would hold them without bound.</summary>
    public int MaxReceivedBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>A message that arrived.</summary>
/// <param name="Topic">Full topic.</param>
/// <param name="Payload">The link keeps no copy.</param>
/// <param name="Retained">It was sent before this link subscribed.</param>
/// <param name="ReceivedAt">When it came off the wire.</param>
public sealed record LinkMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained, DateTimeOffset ReceivedAt);
