namespace SmartRadio.Mqtt.Packets;

/// <summary>A control packet. Properties are null when there are none, and always on 3.1.1.</summary>
internal abstract record Packet(PacketType Type)
{
    public PacketProperties? Properties { get; init; }
}

internal sealed record ConnectPacket(MqttProtocolVersion Version, string ClientId) : Packet(PacketType.Connect)
{
    public bool CleanStart { get; init; }

    /// <summary>Seconds; 0 is never.</summary>
    public ushort KeepAlive { get; init; }

    public Will? Will { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }
}

/// <summary>What the broker publishes for a client that vanishes.</summary>
internal sealed record Will(string Topic, ReadOnlyMemory<byte> Payload, MqttQualityOfService QualityOfService, bool Retain)
{
    public PacketProperties? Properties { get; init; }
}

internal sealed record ConnAckPacket(bool SessionPresent, MqttReasonCode ReasonCode) : Packet(PacketType.ConnAck);

/// <summary>A message. The topic is empty when an alias stands for it; the packet identifier is 0 at QoS 0.</summary>
internal sealed record PublishPacket(string Topic, ReadOnlyMemory<byte> Payload, MqttQualityOfService QualityOfService, ushort PacketId)
    : Packet(PacketType.Publish)
{
    public bool Retain { get; init; }

    public bool Duplicate { get; init; }
}

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
internal sealed record AckPacket(PacketType Type, ushort PacketId, MqttReasonCode ReasonCode = MqttReasonCode.Success) : Packet(Type);

internal sealed record SubscribePacket(ushort PacketId, IReadOnlyList<MqttSubscription> Subscriptions) : Packet(PacketType.Subscribe);

internal sealed record SubAckPacket(ushort PacketId, IReadOnlyList<MqttReasonCode> ReasonCodes) : Packet(PacketType.SubAck);

internal sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters) : Packet(PacketType.Unsubscribe);

/// <param name="PacketId">That of the UNSUBSCRIBE.</param>
/// <param name="ReasonCodes">One a filter; empty on 3.1.1.</param>
internal sealed record UnsubAckPacket(ushort PacketId, IReadOnlyList<MqttReasonCode> ReasonCodes) : Packet(PacketType.UnsubAck);

internal sealed record PingReqPacket() : Packet(PacketType.PingReq);

internal sealed record PingRespPacket() : Packet(PacketType.PingResp);

internal sealed record DisconnectPacket(MqttReasonCode ReasonCode) : Packet(PacketType.Disconnect);

internal sealed record AuthPacket(MqttReasonCode ReasonCode) : Packet(PacketType.Auth);
