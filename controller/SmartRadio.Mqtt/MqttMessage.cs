namespace SmartRadio.Mqtt;

/// <summary>How hard both sides try to get a message across (MQTT 5, 4.3).</summary>
public enum MqttQualityOfService : byte
{
    /// <summary>QoS 0: sent once, never acknowledged.</summary>
    AtMostOnce,

    /// <summary>QoS 1: repeated after a reconnect until acknowledged; may arrive twice.</summary>
    AtLeastOnce,

    /// <summary>QoS 2: acknowledged in two steps; arrives once.</summary>
    ExactlyOnce,
}

/// <summary>The version of the protocol; the value is the level byte of CONNECT.</summary>
public enum MqttProtocolVersion : byte
{
    V311 = 4,
    V5 = 5,
}

/// <summary>A name and a value of the application's own, carried unchanged (MQTT 5, 3.3.2.3.7).</summary>
public readonly record struct MqttUserProperty(string Name, string Value);

/// <summary>An application message. What only MQTT 5 carries is lost on a 3.1.1 connection.</summary>
/// <param name="Topic">Where it is published: 1 to 65,535 bytes of UTF-8, no wildcards.</param>
/// <param name="Payload">The content, opaque to MQTT.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    public MqttQualityOfService QualityOfService { get; init; }

    /// <summary>Published: the broker keeps it for later subscribers. Received: it was such a kept message.</summary>
    public bool Retain { get; init; }

    /// <summary>Seconds after which nobody gets it any more; null is never.</summary>
    public uint? MessageExpiryInterval { get; init; }

    /// <summary>True when the payload is declared to be UTF-8 text.</summary>
    public bool IsText { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Where a reply is wanted.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What a reply must repeat.</summary>
    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    public IReadOnlyList<MqttUserProperty> UserProperties { get; init; } = [];

    /// <summary>Received only: the identifiers given with the matching subscriptions.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers { get; init; } = [];
}
