namespace SmartRadio.Mqtt.Packets;

/// <summary>CONNECT (MQTT 5, 3.1).</summary>
internal static class ConnectDecoder
{
    public static ConnectPacket Decode(ref PacketReader reader)
    {
        var name = reader.ReadString();
        var level = reader.ReadByte();
        if (name != "MQTT" || level is not ((byte)MqttProtocolVersion.V311 or (byte)MqttProtocolVersion.V5))
        {
            throw new MqttProtocolException(MqttReasonCode.UnsupportedProtocolVersion, $"Protocol level {level} is not supported.");
        }

        var version = (MqttProtocolVersion)level;
        var flags = (ConnectFlags)reader.ReadByte();
        var willQuality = (MqttQualityOfService)((int)(flags & ConnectFlags.WillQuality) >> 3);
        CheckFlags(flags, willQuality, version);

        var keepAlive = reader.ReadUInt16();
        var properties = PacketDecoder.ReadProperties(ref reader, PacketType.Connect, version);
        if (properties is { AuthenticationData: not null, AuthenticationMethod: null })
        {
            throw PropertyCodec.Illegal("Authentication data need a method.");
        }

        return new ConnectPacket(version, reader.ReadString())
        {
            CleanStart = flags.HasFlag(ConnectFlags.CleanStart),
            KeepAlive = keepAlive,
            Properties = properties,
            Will = flags.HasFlag(ConnectFlags.Will) ? ReadWill(ref reader, flags, willQuality, version) : null,
            UserName = flags.HasFlag(ConnectFlags.UserName) ? reader.ReadString() : null,
            Password = flags.HasFlag(ConnectFlags.Password) ? reader.ReadBinary() : default(ReadOnlyMemory<byte>?),
        };
    }

    private static void CheckFlags(ConnectFlags flags, MqttQualityOfService willQuality, MqttProtocolVersion version)
    {
        var willDetails = flags & (ConnectFlags.WillQuality | ConnectFlags.WillRetain);
        if (flags.HasFlag(ConnectFlags.Reserved) ||
            willQuality > MqttQualityOfService.ExactlyOnce ||
            (!flags.HasFlag(ConnectFlags.Will) && willDetails != ConnectFlags.None) ||
            (version == MqttProtocolVersion.V311 && flags.HasFlag(ConnectFlags.Password) && !flags.HasFlag(ConnectFlags.UserName)))
        {
            throw PacketReader.Malformed("its connect flags contradict each other");
        }
    }

    private static Will ReadWill(ref PacketReader reader, ConnectFlags flags, MqttQualityOfService quality, MqttProtocolVersion version)
    {
        var properties = PacketDecoder.ReadProperties(ref reader, PacketType.Will, version);
        var topic = reader.ReadString();
        if (!MqttTopic.IsValidName(topic))
        {
            throw new MqttProtocolException(MqttReasonCode.TopicNameInvalid, "The will's topic is no topic name.");
        }

        return new Will(topic, reader.ReadBinary(), quality, flags.HasFlag(ConnectFlags.WillRetain)) { Properties = properties };
    }
}
