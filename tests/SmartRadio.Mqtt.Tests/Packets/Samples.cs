using FsCheck;
using FsCheck.Fluent;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Tests.Packets;

/// <summary>Random packets of every kind, with every property each may carry.</summary>
internal static class Samples
{
    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<string>()
        .Select(s => new string([.. (s ?? "").Where(c => c != '\0' && !char.IsSurrogate(c)).Take(40)]));

    private static readonly Gen<string> TopicName = Text.Select(t => "t" + t.Replace('+', 'p').Replace('#', 'h'));
    private static readonly Gen<string> Filter = Gen.OneOf(TopicName, TopicName.Select(t => t + "/+/x"), TopicName.Select(t => "$share/g/" + t + "/#"));
    private static readonly Gen<byte[]> FewBytes = ArbMap.Default.GeneratorFor<byte[]>().Select(b => b ?? []);

    /// <summary>Now and then enough for every length of a length.</summary>
    private static readonly Gen<byte[]> Bytes = Gen.Frequency((19, FewBytes), (1, Gen.Choose(100, 20_000).Select(length => new byte[length])));
    private static readonly Gen<bool> Flag = ArbMap.Default.GeneratorFor<bool>();
    private static readonly Gen<ushort> Short = Gen.Choose(0, ushort.MaxValue).Select(i => (ushort)i);
    private static readonly Gen<uint> Number = Short.Two().Select(t => ((uint)t.Item1 << 16) | t.Item2);
    private static readonly Gen<ushort> NotZero = Short.Select(s => s == 0 ? (ushort)1 : s);
    private static readonly Gen<MqttQualityOfService> Quality = Gen.Elements(Enum.GetValues<MqttQualityOfService>());

    public static Gen<(Packet Packet, MqttProtocolVersion Version)> Any { get; } =
        from version in Gen.Elements(MqttProtocolVersion.V311, MqttProtocolVersion.V5)
        from type in Gen.Elements(TypesOf(version))
        from packet in Of(type, version)
        select (packet, version);

    /// <summary>The packets a version has.</summary>
    public static PacketType[] TypesOf(MqttProtocolVersion version) =>
        [.. Enum.GetValues<PacketType>().Where(t => t != PacketType.Will && (t != PacketType.Auth || version == MqttProtocolVersion.V5))];

    public static Gen<Packet> Of(PacketType type, MqttProtocolVersion version) => type switch
    {
        PacketType.Connect => Connect(version),
        PacketType.ConnAck => ConnAck(version),
        PacketType.Publish => Publish(version),
        PacketType.Subscribe => Subscribe(version),
        PacketType.SubAck => SubAck(version),
        PacketType.Unsubscribe => Unsubscribe(version),
        PacketType.UnsubAck => UnsubAck(version),
        PacketType.PingReq => Gen.Constant<Packet>(new PingReqPacket()),
        PacketType.PingResp => Gen.Constant<Packet>(new PingRespPacket()),
        PacketType.Disconnect =>
            from code in version == MqttProtocolVersion.V5 ? Reason(PacketType.Disconnect) : Gen.Constant(MqttReasonCode.Success)
            from p in Properties(PacketType.Disconnect, version)
            select (Packet)new DisconnectPacket(code) { Properties = p },
        PacketType.Auth => from code in Reason(PacketType.Auth) from p in Properties(PacketType.Auth, version) select (Packet)new AuthPacket(code) { Properties = p },
        _ => Ack(type, version),
    };

    /// <summary>Some of those the packet may carry.</summary>
    private static Gen<MqttReasonCode> Reason(PacketType carrier) => Gen.Elements(carrier switch
    {
        PacketType.ConnAck => new[] { MqttReasonCode.Success, MqttReasonCode.ServerMoved, MqttReasonCode.ConnectionRateExceeded },
        PacketType.PubRel or PacketType.PubComp => [MqttReasonCode.Success, MqttReasonCode.PacketIdentifierNotFound],
        PacketType.SubAck => [MqttReasonCode.GrantedQoS2, MqttReasonCode.TopicFilterInvalid, MqttReasonCode.WildcardSubscriptionsNotSupported],
        PacketType.UnsubAck => [MqttReasonCode.Success, MqttReasonCode.NoSubscriptionExisted, MqttReasonCode.PacketIdentifierInUse],
        PacketType.Disconnect => [MqttReasonCode.Success, MqttReasonCode.DisconnectWithWill, MqttReasonCode.SessionTakenOver],
        PacketType.Auth => [MqttReasonCode.Success, MqttReasonCode.ContinueAuthentication, MqttReasonCode.ReAuthenticate],
        _ => [MqttReasonCode.Success, MqttReasonCode.NoMatchingSubscribers, MqttReasonCode.PayloadFormatInvalid],
    });

    private static Gen<Packet> Connect(MqttProtocolVersion version) =>
        from id in Text
        from clean in Flag
        from keepAlive in Short
        from will in Gen.OneOf(Gen.Constant<Will?>(null), AnyWill(version).Select(w => (Will?)w))
        from user in Maybe(Text)
        from password in Bytes
        from hasPassword in Flag
        from p in Properties(PacketType.Connect, version)
        select (Packet)new ConnectPacket(version, id)
        {
            CleanStart = clean,
            KeepAlive = keepAlive,
            Will = will,
            UserName = user,
            Password = hasPassword && user is not null ? password : default(ReadOnlyMemory<byte>?),
            Properties = p is { AuthenticationData: not null, AuthenticationMethod: null } ? p with { AuthenticationMethod = "m" } : p,
        };

    private static Gen<Will> AnyWill(MqttProtocolVersion version) =>
        from topic in TopicName
        from payload in Bytes
        from quality in Quality
        from retain in Flag
        from p in Properties(PacketType.Will, version)
        select new Will(topic, payload, quality, retain) { Properties = p };

    private static Gen<Packet> ConnAck(MqttProtocolVersion version) =>
        from present in Flag
        from code in version == MqttProtocolVersion.V5 ? Reason(PacketType.ConnAck) : Gen.Elements(MqttReasonCode.Success, MqttReasonCode.ServerUnavailable, MqttReasonCode.NotAuthorized)
        from p in Properties(PacketType.ConnAck, version)
        select (Packet)new ConnAckPacket(present, code) { Properties = p };

    private static Gen<Packet> Publish(MqttProtocolVersion version) =>
        from topic in TopicName
        from payload in Bytes
        from quality in Quality
        from id in NotZero
        from retain in Flag
        from duplicate in Flag
        from p in Properties(PacketType.Publish, version)
        select (Packet)new PublishPacket(topic, payload, quality, quality == MqttQualityOfService.AtMostOnce ? (ushort)0 : id)
        {
            Retain = retain,
            Duplicate = duplicate && quality != MqttQualityOfService.AtMostOnce,
            Properties = p,
        };

    private static Gen<Packet> Ack(PacketType type, MqttProtocolVersion version) =>
        from id in NotZero
        from code in version == MqttProtocolVersion.V5 ? Reason(type) : Gen.Constant(MqttReasonCode.Success)
        from p in Properties(type, version)
        select (Packet)new AckPacket(type, id, code) { Properties = p };

    private static Gen<Packet> Subscribe(MqttProtocolVersion version) =>
        from id in NotZero
        from requests in Request(version).NonEmptyListOf()
        from p in Properties(PacketType.Subscribe, version)
        select (Packet)new SubscribePacket(id, [.. requests]) { Properties = p };

    private static Gen<MqttSubscription> Request(MqttProtocolVersion version) =>
        from filter in Filter
        from quality in Quality
        from noLocal in Flag
        from asPublished in Flag
        from handling in Gen.Elements(Enum.GetValues<MqttRetainHandling>())
        select version == MqttProtocolVersion.V311
            ? new MqttSubscription(filter, quality)
            : new MqttSubscription(filter, quality)
            {
                NoLocal = noLocal && !filter.StartsWith("$share", StringComparison.Ordinal),
                RetainAsPublished = asPublished,
                RetainHandling = handling,
            };

    private static Gen<Packet> SubAck(MqttProtocolVersion version) =>
        from id in NotZero
        from codes in (version == MqttProtocolVersion.V5 ? Reason(PacketType.SubAck) : Gen.Elements(MqttReasonCode.Success, MqttReasonCode.GrantedQoS2, MqttReasonCode.UnspecifiedError)).NonEmptyListOf()
        from p in Properties(PacketType.SubAck, version)
        select (Packet)new SubAckPacket(id, [.. codes]) { Properties = p };

    private static Gen<Packet> Unsubscribe(MqttProtocolVersion version) =>
        from id in NotZero
        from filters in Filter.NonEmptyListOf()
        from p in Properties(PacketType.Unsubscribe, version)
        select (Packet)new UnsubscribePacket(id, [.. filters]) { Properties = p };

    private static Gen<Packet> UnsubAck(MqttProtocolVersion version) =>
        from id in NotZero
        from codes in Reason(PacketType.UnsubAck).NonEmptyListOf()
        from p in Properties(PacketType.UnsubAck, version)
        select (Packet)new UnsubAckPacket(id, version == MqttProtocolVersion.V5 ? [.. codes] : []) { Properties = p };

    private static Gen<string?> Maybe(Gen<string> texts) => Gen.OneOf(Gen.Constant<string?>(null), texts.Select(t => (string?)t));

    private static Gen<PacketProperties?> Properties(PacketType carrier, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V311)
        {
            return Gen.Constant<PacketProperties?>(null);
        }

        var filled =
            from text in Text
            from binary in Bytes
            from number in Number
            from shorter in NotZero
            from flag in Flag
            from topic in TopicName
            from mask in Number
            from identifiers in Number.Select(n => (n % 268_435_455) + 1).NonEmptyListOf()
            from users in Text.Two().Select(t => new MqttUserProperty(t.Item1, t.Item2)).ListOf()
            select Fill(carrier, mask, text, binary, Math.Max(1, number), shorter, flag, topic, [.. users], carrier == PacketType.Publish ? [.. identifiers] : [identifiers[0]]);
        return Gen.OneOf(Gen.Constant<PacketProperties?>(null), filled);
    }

    private static PacketProperties? Fill(
        PacketType carrier, uint mask, string text, byte[] binary, uint number, ushort shorter, bool flag, string topic, MqttUserProperty[] users, uint[] identifiers)
    {
        bool Has(PropertyId id) => PropertyCodec.IsAllowed(id, carrier) && (mask & 1u << ((int)id % 29)) != 0;
        var filled = new PacketProperties
        {
            PayloadIsText = Has(PropertyId.PayloadFormat) ? flag : null,
            MessageExpiryInterval = Has(PropertyId.MessageExpiryInterval) ? number : null,
            ContentType = Has(PropertyId.ContentType) ? text : null,
            ResponseTopic = Has(PropertyId.ResponseTopic) ? topic : null,
            CorrelationData = Has(PropertyId.CorrelationData) ? binary : default(ReadOnlyMemory<byte>?),
            SubscriptionIdentifiers = Has(PropertyId.SubscriptionIdentifier) ? identifiers : [],
            SessionExpiryInterval = Has(PropertyId.SessionExpiryInterval) ? number : null,
            AssignedClientIdentifier = Has(PropertyId.AssignedClientIdentifier) ? text : null,
            ServerKeepAlive = Has(PropertyId.ServerKeepAlive) ? shorter : null,
            AuthenticationMethod = Has(PropertyId.AuthenticationMethod) ? text : null,
            AuthenticationData = Has(PropertyId.AuthenticationData) ? binary : default(ReadOnlyMemory<byte>?),
            RequestProblemInformation = Has(PropertyId.RequestProblemInformation) ? flag : null,
            WillDelayInterval = Has(PropertyId.WillDelayInterval) ? number : null,
            RequestResponseInformation = Has(PropertyId.RequestResponseInformation) ? flag : null,
            ResponseInformation = Has(PropertyId.ResponseInformation) ? text : null,
            ServerReference = Has(PropertyId.ServerReference) ? text : null,
            ReasonString = Has(PropertyId.ReasonString) ? text : null,
            ReceiveMaximum = Has(PropertyId.ReceiveMaximum) ? shorter : null,
            TopicAliasMaximum = Has(PropertyId.TopicAliasMaximum) ? shorter : null,
            TopicAlias = Has(PropertyId.TopicAlias) ? shorter : null,
            MaximumQoS = Has(PropertyId.MaximumQoS) ? (byte)(flag ? 1 : 0) : null,
            RetainAvailable = Has(PropertyId.RetainAvailable) ? flag : null,
            UserProperties = Has(PropertyId.UserProperty) && users.Length > 0 ? users : [],
            MaximumPacketSize = Has(PropertyId.MaximumPacketSize) ? number : null,
            WildcardSubscriptionAvailable = Has(PropertyId.WildcardSubscriptionAvailable) ? flag : null,
            SubscriptionIdentifiersAvailable = Has(PropertyId.SubscriptionIdentifiersAvailable) ? flag : null,
            SharedSubscriptionAvailable = Has(PropertyId.SharedSubscriptionAvailable) ? flag : null,
        };
        return filled == new PacketProperties() ? null : filled;
    }
}
