namespace SmartRadio.Mqtt.Packets;

/// <summary>Turns frames into packets. What the standard forbids ends in <see cref="MqttProtocolException"/>, and in nothing else.</summary>
internal static class PacketDecoder
{
    /// <summary>Decodes any packet. A PUBLISH's payload still lies in the frame's buffer.</summary>
    /// <param name="frame">The whole packet.</param>
    /// <param name="version">That of the connection; CONNECT brings its own.</param>
    public static Packet Decode(in Frame frame, MqttProtocolVersion version)
    {
        var reader = new PacketReader(frame.Body);
        if (frame.Type == PacketType.Publish)
        {
            return DecodePublish(ref reader, frame.Flags, version);
        }

        Packet packet = frame.Type switch
        {
            PacketType.Connect => ConnectDecoder.Decode(ref reader),
            PacketType.ConnAck => DecodeConnAck(ref reader, version),
            PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp => DecodeAck(ref reader, frame.Type, version),
            PacketType.Subscribe => SubscriptionDecoder.DecodeSubscribe(ref reader, version),
            PacketType.SubAck => SubscriptionDecoder.DecodeSubAck(ref reader, version),
            PacketType.Unsubscribe => SubscriptionDecoder.DecodeUnsubscribe(ref reader, version),
            PacketType.UnsubAck => SubscriptionDecoder.DecodeUnsubAck(ref reader, version),
            PacketType.PingReq => new PingReqPacket(),
            PacketType.PingResp => new PingRespPacket(),
            PacketType.Disconnect => DecodeDisconnect(ref reader, version),
            PacketType.Auth when version == MqttProtocolVersion.V5 => DecodeAuth(ref reader),
            _ => throw PacketReader.Malformed($"type {(int)frame.Type} is unknown"),
        };
        reader.ExpectEnd();
        return packet;
    }

    /// <summary>The packet identifier, which is never 0.</summary>
    internal static ushort ReadPacketId(ref PacketReader reader) => reader.ReadUInt16() is var id and not 0
        ? id
        : throw PropertyCodec.Illegal("A packet identifier is not 0.");

    internal static PacketProperties? ReadProperties(ref PacketReader reader, PacketType carrier, MqttProtocolVersion version) =>
        version == MqttProtocolVersion.V5 ? PropertyCodec.Read(ref reader, carrier) : null;

    private static PublishPacket DecodePublish(ref PacketReader reader, byte flags, MqttProtocolVersion version)
    {
        var quality = (MqttQualityOfService)(flags >> 1 & 3);
        var duplicate = (flags & 8) != 0;
        if (quality > MqttQualityOfService.ExactlyOnce || (duplicate && quality == MqttQualityOfService.AtMostOnce))
        {
            throw PacketReader.Malformed("its flags contradict each other");
        }

        var topic = reader.ReadString();
        var packetId = quality == MqttQualityOfService.AtMostOnce ? (ushort)0 : ReadPacketId(ref reader);
        var properties = ReadProperties(ref reader, PacketType.Publish, version);
        if (topic.Length == 0 && properties?.TopicAlias is null)
        {
            throw PropertyCodec.Illegal("A message has neither topic nor alias.");
        }

        if (topic.Length > 0 && !MqttTopic.IsValidName(topic))
        {
            throw new MqttProtocolException(MqttReasonCode.TopicNameInvalid, "A topic name holds a wildcard.");
        }

        return new PublishPacket(topic, reader.ReadRest(), quality, packetId)
        {
            Duplicate = duplicate,
            Retain = (flags & 1) != 0,
            Properties = properties,
        };
    }

    private static ConnAckPacket DecodeConnAck(ref PacketReader reader, MqttProtocolVersion version)
    {
        var present = reader.ReadBoolean();
        return version == MqttProtocolVersion.V5
            ? new ConnAckPacket(present, ReasonCodeTable.Read(ref reader, PacketType.ConnAck, version)) { Properties = PropertyCodec.Read(ref reader, PacketType.ConnAck) }
            : new ConnAckPacket(present, ConnectReturnCode.ToReason(reader.ReadByte()));
    }

    private static AckPacket DecodeAck(ref PacketReader reader, PacketType type, MqttProtocolVersion version)
    {
        var packetId = ReadPacketId(ref reader);
        var (code, properties) = ReadOptionalReason(ref reader, type, version);
        return new AckPacket(type, packetId, code) { Properties = properties };
    }

    private static DisconnectPacket DecodeDisconnect(ref PacketReader reader, MqttProtocolVersion version)
    {
        var (code, properties) = ReadOptionalReason(ref reader, PacketType.Disconnect, version);
        return new DisconnectPacket(code) { Properties = properties };
    }

    private static AuthPacket DecodeAuth(ref PacketReader reader)
    {
        var (code, properties) = ReadOptionalReason(ref reader, PacketType.Auth, MqttProtocolVersion.V5);
        return new AuthPacket(code) { Properties = properties };
    }

    /// <summary>Reason and properties may be left out from the end when they say nothing.</summary>
    private static (MqttReasonCode Code, PacketProperties? Properties) ReadOptionalReason(
        ref PacketReader reader, PacketType type, MqttProtocolVersion version)
    {
        if (version != MqttProtocolVersion.V5 || reader.AtEnd)
        {
            return (MqttReasonCode.Success, null);
        }

        var code = ReasonCodeTable.Read(ref reader, type, version);
        return (code, reader.AtEnd ? null : PropertyCodec.Read(ref reader, type));
    }
}
