namespace SmartRadio.Mqtt.Packets;

/// <summary>All properties of MQTT 5 (2.2.2.2); <see cref="PropertyCodec"/> knows which packet may carry which. Null is absent. Set while decoding, then left alone.</summary>
internal sealed record PacketProperties
{
    /// <summary>The object itself, mostly absent values.</summary>
    private const int ObjectCost = 256;

    /// <summary>Two strings and their place in the list.</summary>
    private const int UserPropertyCost = 64;

    public bool? PayloadIsText { get; set; }

    public uint? MessageExpiryInterval { get; set; }

    public string? ContentType { get; set; }

    public string? ResponseTopic { get; set; }

    public ReadOnlyMemory<byte>? CorrelationData { get; set; }

    /// <summary>1 to 268,435,455. Several only in a PUBLISH from the broker.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers { get; set; } = [];

    public uint? SessionExpiryInterval { get; set; }

    public string? AssignedClientIdentifier { get; set; }

    public ushort? ServerKeepAlive { get; set; }

    public string? AuthenticationMethod { get; set; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; set; }

    public bool? RequestProblemInformation { get; set; }

    public uint? WillDelayInterval { get; set; }

    public bool? RequestResponseInformation { get; set; }

    public string? ResponseInformation { get; set; }

    public string? ServerReference { get; set; }

    public string? ReasonString { get; set; }

    public ushort? ReceiveMaximum { get; set; }

    public ushort? TopicAliasMaximum { get; set; }

    public ushort? TopicAlias { get; set; }

    public byte? MaximumQoS { get; set; }

    public bool? RetainAvailable { get; set; }

    public IReadOnlyList<MqttUserProperty> UserProperties { get; set; } = [];

    public uint? MaximumPacketSize { get; set; }

    public bool? WildcardSubscriptionAvailable { get; set; }

    public bool? SubscriptionIdentifiersAvailable { get; set; }

    public bool? SharedSubscriptionAvailable { get; set; }

    /// <summary>Bytes that those of a message hold, about.</summary>
    public int Cost =>
        ObjectCost
        + (CorrelationData?.Length ?? 0)
        + (sizeof(char) * ((ContentType?.Length ?? 0) + (ResponseTopic?.Length ?? 0)))
        + UserProperties.Sum(each => UserPropertyCost + (sizeof(char) * (each.Name.Length + each.Value.Length)));
}
