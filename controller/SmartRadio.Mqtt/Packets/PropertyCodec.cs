namespace SmartRadio.Mqtt.Packets;

/// <summary>The property block of a packet. A will's block inside CONNECT counts as a kind of its own.</summary>
internal static class PropertyCodec
{
    public static void Write(ref PacketWriter writer, PacketProperties? properties)
    {
        var block = writer.BeginBlock();
        if (properties is not null)
        {
            WriteAll(ref writer, properties);
        }

        writer.EndBlock(block);
    }

    public static PacketProperties? Read(ref PacketReader reader, PacketType carrier)
    {
        var length = reader.ReadVariable();
        if (length == 0)
        {
            return null;
        }

        var block = reader.ReadBlock(length);
        var properties = new PacketProperties();
        ulong seen = 0;
        while (!block.AtEnd)
        {
            var id = (PropertyId)block.ReadVariable();
            if (!IsAllowed(id, carrier))
            {
                throw PacketReader.Malformed($"property {(uint)id} does not belong there");
            }

            var repeats = id == PropertyId.UserProperty || (id == PropertyId.SubscriptionIdentifier && carrier == PacketType.Publish);
            if (!repeats && (seen & 1UL << (int)id) != 0)
            {
                throw Illegal($"Property {id} is given twice.");
            }

            seen |= 1UL << (int)id;
            PropertyReader.ReadInto(properties, id, ref block);
        }

        return properties;
    }

    public static MqttProtocolException Illegal(string why) => new(MqttReasonCode.ProtocolError, why);

    /// <summary>Whether a packet may carry a property (table 2-4 of the standard).</summary>
    public static bool IsAllowed(PropertyId id, PacketType carrier) => id switch
    {
        PropertyId.PayloadFormat or PropertyId.MessageExpiryInterval or PropertyId.ContentType or PropertyId.ResponseTopic
            or PropertyId.CorrelationData => carrier is PacketType.Publish or PacketType.Will,
        PropertyId.SubscriptionIdentifier => carrier is PacketType.Publish or PacketType.Subscribe,
        PropertyId.SessionExpiryInterval => carrier is PacketType.Connect or PacketType.ConnAck or PacketType.Disconnect,
        PropertyId.AuthenticationMethod or PropertyId.AuthenticationData =>
            carrier is PacketType.Connect or PacketType.ConnAck or PacketType.Auth,
        PropertyId.RequestProblemInformation or PropertyId.RequestResponseInformation => carrier is PacketType.Connect,
        PropertyId.WillDelayInterval => carrier is PacketType.Will,
        PropertyId.ServerReference => carrier is PacketType.ConnAck or PacketType.Disconnect,
        PropertyId.ReasonString => carrier is PacketType.ConnAck or PacketType.Disconnect or PacketType.Auth
            or (>= PacketType.PubAck and <= PacketType.PubComp) or PacketType.SubAck or PacketType.UnsubAck,
        PropertyId.ReceiveMaximum or PropertyId.TopicAliasMaximum or PropertyId.MaximumPacketSize =>
            carrier is PacketType.Connect or PacketType.ConnAck,
        PropertyId.TopicAlias => carrier is PacketType.Publish,
        PropertyId.UserProperty => carrier is not (PacketType.PingReq or PacketType.PingResp),
        PropertyId.AssignedClientIdentifier or PropertyId.ServerKeepAlive or PropertyId.ResponseInformation
            or PropertyId.MaximumQoS or PropertyId.RetainAvailable or PropertyId.WildcardSubscriptionAvailable
            or PropertyId.SubscriptionIdentifiersAvailable or PropertyId.SharedSubscriptionAvailable => carrier is PacketType.ConnAck,
        _ => false,
    };

    private static void WriteAll(ref PacketWriter writer, PacketProperties p)
    {
        Flag(ref writer, PropertyId.PayloadFormat, p.PayloadIsText);
        Text(ref writer, PropertyId.ContentType, p.ContentType);
        Text(ref writer, PropertyId.ResponseTopic, p.ResponseTopic);
        Binary(ref writer, PropertyId.CorrelationData, p.CorrelationData);
        foreach (var identifier in p.SubscriptionIdentifiers)
        {
            writer.WriteByte((byte)PropertyId.SubscriptionIdentifier);
            writer.WriteVariable(identifier);
        }

        Number(ref writer, PropertyId.SessionExpiryInterval, p.SessionExpiryInterval);
        Text(ref writer, PropertyId.AssignedClientIdentifier, p.AssignedClientIdentifier);
        Short(ref writer, PropertyId.ServerKeepAlive, p.ServerKeepAlive);
        Text(ref writer, PropertyId.AuthenticationMethod, p.AuthenticationMethod);
        Binary(ref writer, PropertyId.AuthenticationData, p.AuthenticationData);
        Flag(ref writer, PropertyId.RequestProblemInformation, p.RequestProblemInformation);
        Number(ref writer, PropertyId.WillDelayInterval, p.WillDelayInterval);
        Flag(ref writer, PropertyId.RequestResponseInformation, p.RequestResponseInformation);
        Text(ref writer, PropertyId.ResponseInformation, p.ResponseInformation);
        Text(ref writer, PropertyId.ServerReference, p.ServerReference);
        Text(ref writer, PropertyId.ReasonString, p.ReasonString);
        Short(ref writer, PropertyId.ReceiveMaximum, p.ReceiveMaximum);
        Short(ref writer, PropertyId.TopicAliasMaximum, p.TopicAliasMaximum);
        Short(ref writer, PropertyId.TopicAlias, p.TopicAlias);
        if (p.MaximumQoS is { } quality)
        {
            writer.WriteByte((byte)PropertyId.MaximumQoS);
            writer.WriteByte(quality);
        }

        Flag(ref writer, PropertyId.RetainAvailable, p.RetainAvailable);
        foreach (var (name, value) in p.UserProperties)
        {
            writer.WriteByte((byte)PropertyId.UserProperty);
            writer.WriteString(name);
            writer.WriteString(value);
        }

        Number(ref writer, PropertyId.MaximumPacketSize, p.MaximumPacketSize);
        Flag(ref writer, PropertyId.WildcardSubscriptionAvailable, p.WildcardSubscriptionAvailable);
        Flag(ref writer, PropertyId.SubscriptionIdentifiersAvailable, p.SubscriptionIdentifiersAvailable);
        Flag(ref writer, PropertyId.SharedSubscriptionAvailable, p.SharedSubscriptionAvailable);

        // The last one: PacketExpiry finds it at the end.
        Number(ref writer, PropertyId.MessageExpiryInterval, p.MessageExpiryInterval);
    }

    private static void Flag(ref PacketWriter writer, PropertyId id, bool? value)
    {
        if (value is { } known)
        {
            writer.WriteByte((byte)id);
            writer.WriteBoolean(known);
        }
    }

    private static void Short(ref PacketWriter writer, PropertyId id, ushort? value)
    {
        if (value is { } known)
        {
            writer.WriteByte((byte)id);
            writer.WriteUInt16(known);
        }
    }

    private static void Number(ref PacketWriter writer, PropertyId id, uint? value)
    {
        if (value is { } known)
        {
            writer.WriteByte((byte)id);
            writer.WriteUInt32(known);
        }
    }

    private static void Text(ref PacketWriter writer, PropertyId id, string? value)
    {
        if (value is not null)
        {
            writer.WriteByte((byte)id);
            writer.WriteString(value);
        }
    }

    private static void Binary(ref PacketWriter writer, PropertyId id, ReadOnlyMemory<byte>? value)
    {
        if (value is { } known)
        {
            writer.WriteByte((byte)id);
            writer.WriteBinary(known.Span);
        }
    }
}
