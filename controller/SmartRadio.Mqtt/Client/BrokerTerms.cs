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

    /// <summary>What the broker would say to such a message, by what it said when it greeted; null when nothing is against it.</summary>
    /// <param name="message">What is to be published.</param>
    /// <param name="size">Bytes of its packet.</param>
    public MqttRefusedException? Refusal(MqttMessage message, long size)
    {
        MqttReasonCode? reason =
            (byte)message.QualityOfService > (_properties.MaximumQoS ?? 2) ? MqttReasonCode.QoSNotSupported
            : message.Retain && _properties.RetainAvailable == false ? MqttReasonCode.RetainNotSupported
            : size > MaximumPacketSize ? MqttReasonCode.PacketTooLarge
            : null;
        return reason is { } code ? new MqttRefusedException(code, $"the message to {message.Topic}") : null;
    }

    public TimeSpan KeepAlive(TimeSpan asked) => _properties.ServerKeepAlive is { } seconds ? TimeSpan.FromSeconds(seconds) : asked;
}
