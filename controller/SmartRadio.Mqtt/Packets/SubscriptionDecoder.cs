namespace SmartRadio.Mqtt.Packets;

/// <summary>SUBSCRIBE, SUBACK, UNSUBSCRIBE and UNSUBACK (MQTT 5, 3.8 to 3.11).</summary>
internal static class SubscriptionDecoder
{
    public static SubscribePacket DecodeSubscribe(ref PacketReader reader, MqttProtocolVersion version)
    {
        var packetId = PacketDecoder.ReadPacketId(ref reader);
        var properties = PacketDecoder.ReadProperties(ref reader, PacketType.Subscribe, version);
        var subscriptions = new List<MqttSubscription>(1);
        do
        {
            subscriptions.Add(ReadSubscription(ref reader, version));
        }
        while (!reader.AtEnd);
        return new SubscribePacket(packetId, subscriptions) { Properties = properties };
    }

    public static SubAckPacket DecodeSubAck(ref PacketReader reader, MqttProtocolVersion version)
    {
        var packetId = PacketDecoder.ReadPacketId(ref reader);
        var properties = PacketDecoder.ReadProperties(ref reader, PacketType.SubAck, version);
        return new SubAckPacket(packetId, ReadReasonCodes(ref reader, PacketType.SubAck, version)) { Properties = properties };
    }

    public static UnsubscribePacket DecodeUnsubscribe(ref PacketReader reader, MqttProtocolVersion version)
    {
        var packetId = PacketDecoder.ReadPacketId(ref reader);
        var properties = PacketDecoder.ReadProperties(ref reader, PacketType.Unsubscribe, version);
        var filters = new List<string>(1);
        do
        {
            filters.Add(ReadFilter(ref reader));
        }
        while (!reader.AtEnd);
        return new UnsubscribePacket(packetId, filters) { Properties = properties };
    }

    public static UnsubAckPacket DecodeUnsubAck(ref PacketReader reader, MqttProtocolVersion version)
    {
        var packetId = PacketDecoder.ReadPacketId(ref reader);
        var properties = PacketDecoder.ReadProperties(ref reader, PacketType.UnsubAck, version);
        return new UnsubAckPacket(packetId, version == MqttProtocolVersion.V5 ? ReadReasonCodes(ref reader, PacketType.UnsubAck, version) : []) { Properties = properties };
    }

    private static MqttSubscription ReadSubscription(ref PacketReader reader, MqttProtocolVersion version)
    {
        var filter = ReadFilter(ref reader);
        var options = reader.ReadByte();
        var request = MqttSubscription.FromOptions(filter, options);
        var reserved = version == MqttProtocolVersion.V5 ? 0xC0 : 0xFC;
        if ((options & reserved) != 0 || request.QualityOfService > MqttQualityOfService.ExactlyOnce)
        {
            throw PacketReader.Malformed("subscription options are out of range");
        }

        if (request.RetainHandling > MqttRetainHandling.DoNotSend || (request.NoLocal && filter.StartsWith("$share/", StringComparison.Ordinal)))
        {
            throw PropertyCodec.Illegal("Subscription options contradict the standard.");
        }

        return request;
    }

    /// <summary>One that is not well formed otherwise is refused in the answer, filter by filter.</summary>
    private static string ReadFilter(ref PacketReader reader) =>
        reader.ReadString() is { Length: > 0 } filter ? filter : throw PacketReader.Malformed("a filter is empty");

    private static MqttReasonCode[] ReadReasonCodes(ref PacketReader reader, PacketType carrier, MqttProtocolVersion version)
    {
        var codes = new MqttReasonCode[reader.Remaining];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = ReasonCodeTable.Read(ref reader, carrier, version);
        }

        return codes.Length > 0 ? codes : throw PacketReader.Malformed("it acknowledges nothing");
    }
}
