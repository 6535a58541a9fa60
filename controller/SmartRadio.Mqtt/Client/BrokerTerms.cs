using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>What the broker allows on a connection; without MQTT 5 everything the protocol can.</summary>
internal sealed record BrokerTerms(ConnAckPacket Greeting)
{
    private readonly PacketProperties _properties = Greeting.Properties ?? new PacketProperties();

    public bool SessionPresent => Greeting.SessionPresent;

    public int ReceiveMaximum => _properties.ReceiveMaximum ?? ushort.MaxValue;

    public uint MaximumPacketSize => _properties.MaximumPacketSize ?? uint.MaxValue;

    public ushort TopicAliasMaximum => _properties.TopicAliasMaximum ?? 0;

    public string? ResponseInformation => _properties.ResponseInformation;

    public string? AssignedClientIdentifier => _properties.AssignedClientIdentifier;

    /// <summary>Throws when the broker said it does not take such a message.</summary>
    public void Check(MqttMessage message)
    {
        if ((byte)message.QualityOfService > (_properties.MaximumQoS ?? 2))
        {
            throw new MqttRefusedException(MqttReasonCode.QoSNotSupported, $"the message to {message.Topic}");
        }

        if (message.Retain && _properties.RetainAvailable == false)
        {
            throw new MqttRefusedException(MqttReasonCode.RetainNotSupported, $"the message to {message.Topic}");
        }

        if (message.Topic.Length + (long)message.Payload.Length > MaximumPacketSize)
        {
            throw new MqttRefusedException(MqttReasonCode.PacketTooLarge, $"the message to {message.Topic}");
        }
    }

    public TimeSpan KeepAlive(TimeSpan asked) => _properties.ServerKeepAlive is { } seconds ? TimeSpan.FromSeconds(seconds) : asked;
}
