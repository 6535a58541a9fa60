using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Packets;

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

    /// <summary>Whether it may have been sent before; the receiver is told (MQTT 5, 3.3.1.1).</summary>
    public bool IsRepeated { get; set; }

    /// <summary>Its number in the durable store; 0 when it is not there.</summary>
    public long StoreNumber { get; set; }

    /// <summary>QoS 2: the receiver has it, what is left is the release.</summary>
    public bool IsReceived { get; set; }

    public int Cost => Message.Cost;

    /// <summary>Whether this acknowledgement fits what was sent (MQTT 5, 4.3). A PUBREC may come again after a reconnect.</summary>
    public bool MayGet(PacketType ack) => QualityOfService == MqttQualityOfService.AtLeastOnce
        ? ack == PacketType.PubAck
        : ack == PacketType.PubRec || (ack == PacketType.PubComp && IsReceived);
}
