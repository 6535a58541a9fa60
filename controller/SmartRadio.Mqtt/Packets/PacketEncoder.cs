namespace SmartRadio.Mqtt.Packets;

/// <summary>Turns packets into bytes for one version of the protocol.</summary>
internal static class PacketEncoder
{
    private const int SmallPacket = 64;

    /// <summary>Encodes a whole packet; the caller holds the only reference to the result.</summary>
    /// <param name="packet">What to encode.</param>
    /// <param name="version">That of the connection.</param>
    /// <param name="expiresAt">Of a PUBLISH: Unix milliseconds when it expires; 0 is never.</param>
    public static SharedBuffer Encode(Packet packet, MqttProtocolVersion version, long expiresAt = 0)
    {
        if (packet is PublishPacket publish)
        {
            return EncodePublish(publish, version, withPayload: true, expiresAt);
        }

        var writer = new PacketWriter(SmallPacket);
        switch (packet)
        {
            case ConnectPacket connect:
                WriteConnect(ref writer, connect);
                break;
            case ConnAckPacket ack:
                writer.WriteBoolean(ack.SessionPresent);
                writer.WriteByte(version == MqttProtocolVersion.V5 ? (byte)ack.ReasonCode : ConnectReturnCode.FromReason(ack.ReasonCode));
                WriteProperties(ref writer, ack, version);
                break;
            case AckPacket ack:
                writer.WriteUInt16(ack.PacketId);
                WriteOptionalReason(ref writer, ack.ReasonCode, ack, version);
                break;
            case SubscribePacket subscribe:
                WriteSubscribe(ref writer, subscribe, version);
                break;
            case SubAckPacket ack:
                writer.WriteUInt16(ack.PacketId);
                WriteProperties(ref writer, ack, version);
                WriteSubscribeCodes(ref writer, ack.ReasonCodes, version);
                break;
            case UnsubscribePacket unsubscribe:
                writer.WriteUInt16(unsubscribe.PacketId);
                WriteProperties(ref writer, unsubscribe, version);
                foreach (var filter in unsubscribe.Filters)
                {
                    writer.WriteString(filter);
                }

                break;
            case UnsubAckPacket ack:
                writer.WriteUInt16(ack.PacketId);
                WriteProperties(ref writer, ack, version);
                if (version == MqttProtocolVersion.V5)
                {
                    WriteSubscribeCodes(ref writer, ack.ReasonCodes, version);
                }

                break;
            case DisconnectPacket disconnect:
                WriteOptionalReason(ref writer, disconnect.ReasonCode, disconnect, version);
                break;
            case AuthPacket auth:
                WriteOptionalReason(ref writer, auth.ReasonCode, auth, version);
                break;
            default:
                break;
        }

        var flags = packet.Type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? (byte)2 : (byte)0;
        return writer.Finish(packet.Type, flags);
    }

    /// <summary>Encodes all of a PUBLISH but the payload, which is sent right after it from where it lies.</summary>
    public static SharedBuffer EncodePublishHead(PublishPacket packet, MqttProtocolVersion version, long expiresAt) =>
        EncodePublish(packet, version, withPayload: false, expiresAt);

    private static SharedBuffer EncodePublish(PublishPacket packet, MqttProtocolVersion version, bool withPayload, long expiresAt)
    {
        var writer = new PacketWriter(SmallPacket + packet.Topic.Length + (withPayload ? packet.Payload.Length : 0));
        writer.WriteString(packet.Topic);
        if (packet.QualityOfService != MqttQualityOfService.AtMostOnce)
        {
            writer.WriteUInt16(packet.PacketId);
        }

        WriteProperties(ref writer, packet, version);
        var expiry = expiresAt == 0 ? null : ExpiryOf(packet, version, expiresAt, writer.Position);
        if (withPayload)
        {
            writer.WriteBytes(packet.Payload.Span);
        }

        var flags = (packet.Duplicate ? 8 : 0) | (int)packet.QualityOfService << 1 | (packet.Retain ? 1 : 0);
        return writer.Finish(PacketType.Publish, (byte)flags, withPayload ? 0 : packet.Payload.Length, expiry);
    }

    private static PacketExpiry ExpiryOf(PublishPacket packet, MqttProtocolVersion version, long expiresAt, int endOfProperties)
    {
        // The interval is the last of the properties.
        var index = version == MqttProtocolVersion.V5 && packet.Properties?.MessageExpiryInterval is not null ? endOfProperties - sizeof(uint) : 0;
        return new PacketExpiry(expiresAt, index, packet.QualityOfService == MqttQualityOfService.AtMostOnce);
    }

    private static void WriteConnect(ref PacketWriter writer, ConnectPacket packet)
    {
        var flags = packet.CleanStart ? ConnectFlags.CleanStart : ConnectFlags.None;
        if (packet.Will is { } described)
        {
            flags |= ConnectFlags.Will | (ConnectFlags)((int)described.QualityOfService << 3);
            flags |= described.Retain ? ConnectFlags.WillRetain : ConnectFlags.None;
        }

        flags |= packet.UserName is null ? ConnectFlags.None : ConnectFlags.UserName;
        flags |= packet.Password is null ? ConnectFlags.None : ConnectFlags.Password;

        writer.WriteString("MQTT");
        writer.WriteByte((byte)packet.Version);
        writer.WriteByte((byte)flags);
        writer.WriteUInt16(packet.KeepAlive);
        WriteProperties(ref writer, packet, packet.Version);
        writer.WriteString(packet.ClientId);
        if (packet.Will is { } will)
        {
            if (packet.Version == MqttProtocolVersion.V5)
            {
                PropertyCodec.Write(ref writer, will.Properties);
            }

            writer.WriteString(will.Topic);
            writer.WriteBinary(will.Payload.Span);
        }

        if (packet.UserName is { } user)
        {
            writer.WriteString(user);
        }

        if (packet.Password is { } password)
        {
            writer.WriteBinary(password.Span);
        }
    }

    private static void WriteSubscribe(ref PacketWriter writer, SubscribePacket packet, MqttProtocolVersion version)
    {
        writer.WriteUInt16(packet.PacketId);
        WriteProperties(ref writer, packet, version);
        foreach (var request in packet.Subscriptions)
        {
            writer.WriteString(request.Filter);
            writer.WriteByte(version == MqttProtocolVersion.V5 ? request.Options : (byte)request.QualityOfService);
        }
    }

    private static void WriteSubscribeCodes(ref PacketWriter writer, IReadOnlyList<MqttReasonCode> codes, MqttProtocolVersion version)
    {
        foreach (var code in codes)
        {
            // 3.1.1 knows a single failure (3.9.3).
            writer.WriteByte(version == MqttProtocolVersion.V311 && code >= MqttReasonCode.UnspecifiedError ? (byte)0x80 : (byte)code);
        }
    }

    private static void WriteProperties(ref PacketWriter writer, Packet packet, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V5)
        {
            PropertyCodec.Write(ref writer, packet.Properties);
        }
    }

    private static void WriteOptionalReason(ref PacketWriter writer, MqttReasonCode code, Packet packet, MqttProtocolVersion version)
    {
        if (version != MqttProtocolVersion.V5 || (code == MqttReasonCode.Success && packet.Properties is null))
        {
            return;
        }

        writer.WriteByte((byte)code);
        if (packet.Properties is not null)
        {
            PropertyCodec.Write(ref writer, packet.Properties);
        }
    }
}
