namespace SmartRadio.Mqtt;

/// <summary>Which kept messages a new subscription is sent (MQTT 5, 3.8.3.1).</summary>
public enum MqttRetainHandling : byte
{
    Send,

    /// <summary>Only if there was no such subscription before.</summary>
    SendIfNew,
    DoNotSend,
}

/// <summary>A wish to get the messages of some topics. All but filter and QoS needs MQTT 5.</summary>
/// <param name="Filter">Topic levels, of which + stands for any one and # for all that follow; $share/GROUP/ before it shares the messages in the group.</param>
/// <param name="QualityOfService">The best QoS a message is sent at.</param>
public sealed record MqttSubscription(string Filter, MqttQualityOfService QualityOfService)
{
    /// <summary>Not what this client publishes itself. Not for shared subscriptions.</summary>
    public bool NoLocal { get; init; }

    /// <summary>Messages keep the retain flag they were published with; otherwise it tells whether the broker had kept them.</summary>
    public bool RetainAsPublished { get; init; }

    public MqttRetainHandling RetainHandling { get; init; }

    /// <summary>The client's own number for it, 1 to 268,435,455: each message it brings has it among its <see cref="MqttMessage.SubscriptionIdentifiers"/>.</summary>
    public uint? Identifier { get; init; }

    internal bool NeedsV5 => NoLocal || RetainAsPublished || RetainHandling != MqttRetainHandling.Send || Identifier is not null;

    /// <summary>The option byte of MQTT 5 (3.8.3.1).</summary>
    internal byte Options => (byte)((int)QualityOfService | (NoLocal ? 4 : 0) | (RetainAsPublished ? 8 : 0) | (int)RetainHandling << 4);

    internal static MqttSubscription FromOptions(string filter, byte options) => new(filter, (MqttQualityOfService)(options & 3))
    {
        NoLocal = (options & 4) != 0,
        RetainAsPublished = (options & 8) != 0,
        RetainHandling = (MqttRetainHandling)(options >> 4 & 3),
    };
}
