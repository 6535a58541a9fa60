namespace SmartRadio.Mqtt.Packets;

/// <summary>Reads one property's value and checks its range.</summary>
internal static class PropertyReader
{
    public static void ReadInto(PacketProperties p, PropertyId id, ref PacketReader reader)
    {
        switch (id)
        {
            case PropertyId.PayloadFormat:
                p.PayloadIsText = reader.ReadBoolean();
                break;
            case PropertyId.MessageExpiryInterval:
                p.MessageExpiryInterval = reader.ReadUInt32();
                break;
            case PropertyId.ContentType:
                p.ContentType = reader.ReadString();
                break;
            case PropertyId.ResponseTopic:
                p.ResponseTopic = ReadResponseTopic(ref reader);
                break;
            case PropertyId.CorrelationData:
                p.CorrelationData = reader.ReadBinary();
                break;
            case PropertyId.SubscriptionIdentifier:
                Append(p, NotZero(reader.ReadVariable()));
                break;
            case PropertyId.SessionExpiryInterval:
                p.SessionExpiryInterval = reader.ReadUInt32();
                break;
            case PropertyId.AssignedClientIdentifier:
                p.AssignedClientIdentifier = reader.ReadString();
                break;
            case PropertyId.ServerKeepAlive:
                p.ServerKeepAlive = reader.ReadUInt16();
                break;
            case PropertyId.AuthenticationMethod:
                p.AuthenticationMethod = reader.ReadString();
                break;
            case PropertyId.AuthenticationData:
                p.AuthenticationData = reader.ReadBinary();
                break;
            case PropertyId.RequestProblemInformation:
                p.RequestProblemInformation = reader.ReadBoolean();
                break;
            case PropertyId.WillDelayInterval:
                p.WillDelayInterval = reader.ReadUInt32();
                break;
            case PropertyId.RequestResponseInformation:
                p.RequestResponseInformation = reader.ReadBoolean();
                break;
            case PropertyId.ResponseInformation:
                p.ResponseInformation = reader.ReadString();
                break;
            case PropertyId.ServerReference:
                p.ServerReference = reader.ReadString();
                break;
            case PropertyId.ReasonString:
                p.ReasonString = reader.ReadString();
                break;
            case PropertyId.ReceiveMaximum:
                p.ReceiveMaximum = (ushort)NotZero(reader.ReadUInt16());
                break;
            case PropertyId.TopicAliasMaximum:
                p.TopicAliasMaximum = reader.ReadUInt16();
                break;
            case PropertyId.TopicAlias:
                p.TopicAlias = reader.ReadUInt16() is var alias and not 0
                    ? alias
                    : throw new MqttProtocolException(MqttReasonCode.TopicAliasInvalid, "A topic alias is not 0.");
                break;
            case PropertyId.MaximumQoS:
                p.MaximumQoS = reader.ReadBoolean() ? (byte)1 : (byte)0;
                break;
            case PropertyId.RetainAvailable:
                p.RetainAvailable = reader.ReadBoolean();
                break;
            case PropertyId.UserProperty:
                ReadUserProperty(p, ref reader);
                break;
            case PropertyId.MaximumPacketSize:
                p.MaximumPacketSize = NotZero(reader.ReadUInt32());
                break;
            case PropertyId.WildcardSubscriptionAvailable:
                p.WildcardSubscriptionAvailable = reader.ReadBoolean();
                break;
            case PropertyId.SubscriptionIdentifiersAvailable:
                p.SubscriptionIdentifiersAvailable = reader.ReadBoolean();
                break;
            case PropertyId.SharedSubscriptionAvailable:
                p.SharedSubscriptionAvailable = reader.ReadBoolean();
                break;
            default:
                throw PacketReader.Malformed($"property {(uint)id} is unknown");
        }
    }

    private static void Append(PacketProperties p, uint subscriptionIdentifier)
    {
        if (p.SubscriptionIdentifiers is not List<uint> list)
        {
            p.SubscriptionIdentifiers = list = [];
        }

        list.Add(subscriptionIdentifier);
    }

    private static void ReadUserProperty(PacketProperties p, ref PacketReader reader)
    {
        if (p.UserProperties is not List<MqttUserProperty> list)
        {
            p.UserProperties = list = [];
        }

        list.Add(new MqttUserProperty(reader.ReadString(), reader.ReadString()));
    }

    private static string ReadResponseTopic(ref PacketReader reader)
    {
        var topic = reader.ReadString();
        return MqttTopic.IsValidName(topic) ? topic : throw PropertyCodec.Illegal("The response topic is no topic name.");
    }

    private static uint NotZero(uint value) => value != 0 ? value : throw PropertyCodec.Illegal("A value that must not be 0 is 0.");
}
