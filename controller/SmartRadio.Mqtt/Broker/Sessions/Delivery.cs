using SmartRadio.Mqtt.Broker.Routing;

namespace SmartRadio.Mqtt.Broker.Sessions;

/// <summary>A QoS 1 or 2 message on its way to one session.</summary>
internal sealed class Delivery(Publication message, MqttQualityOfService quality, bool retain, IReadOnlyList<uint> subscriptionIdentifiers)
{
    public Publication Message { get; } = message;

    public MqttQualityOfService QualityOfService { get; } = quality;

    public bool Retain { get; } = retain;

    public IReadOnlyList<uint> SubscriptionIdentifiers { get; } = subscriptionIdentifiers;

    /// <summary>0 until it is sent for the first time.</summary>
    public ushort PacketId { get; set; }

    /// <summary>Its number in the durable store; 0 when it is not there.</summary>
    public long StoreNumber { get; set; }

    /// <summary>QoS 2: the receiver has it, what is left is the release.</summary>
    public bool IsReceived { get; set; }

    public int Cost => Message.Cost;
}
