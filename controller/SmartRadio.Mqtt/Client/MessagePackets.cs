using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>Between the application's messages and packets.</summary>
internal static class MessagePackets
{
    public static PublishPacket ToPublish(MqttMessage message, ushort packetId, bool duplicate = false) =>
        new(message.Topic, message.Payload, message.QualityOfService, packetId)
        {
            Retain = message.Retain,
            Duplicate = duplicate,
            Properties = ToProperties(message),
        };

    /// <summary>Bytes that the message takes as a packet.</summary>
    /// <exception cref="ArgumentException">One of its properties is longer than MQTT allows.</exception>
    public static long SizeOf(MqttMessage message, MqttProtocolVersion version)
    {
        var head = PacketEncoder.EncodePublishHead(ToPublish(message, packetId: 1), version, expiresAt: 0);
        var size = head.Length + (long)message.Payload.Length;
        head.Release();
        return size;
    }

    /// <summary>A message of its own: the packet's payload lies in a buffer that is used again.</summary>
    public static MqttMessage ToMessage(PublishPacket packet, string topic)
    {
        var properties = packet.Properties;
        return new MqttMessage(topic, packet.Payload.ToArray())
        {
            QualityOfService = packet.QualityOfService,
            Retain = packet.Retain,
            MessageExpiryInterval = properties?.MessageExpiryInterval,
            IsText = properties?.PayloadIsText ?? false,
            ContentType = properties?.ContentType,
            ResponseTopic = properties?.ResponseTopic,
            CorrelationData = properties?.CorrelationData,
            UserProperties = properties?.UserProperties ?? [],
            SubscriptionIdentifiers = properties?.SubscriptionIdentifiers ?? [],
        };
    }

    public static ConnectPacket ToConnect(MqttClientOptions options, bool cleanStart)
    {
        var isV5 = options.ProtocolVersion == MqttProtocolVersion.V5;
        return new ConnectPacket(options.ProtocolVersion, options.ClientId)
        {
            // What is kept on 3.1.1 may be asked for with CleanSession 0 only, and what is not kept with 1 only ([MQTT-3.1.3-7] for an empty id).
            CleanStart = isV5 ? cleanStart : !options.KeepsSession,
            KeepAlive = (ushort)Math.Min(ushort.MaxValue, options.KeepAlive.TotalSeconds),
            UserName = options.UserName,
            Password = options.NewestPassword?.Invoke() ?? options.Password,
            Will = options.Will is { } will
                ? new Will(will.Topic, will.Payload, will.QualityOfService, will.Retain) { Properties = isV5 ? WillProperties(options, will) : null }
                : null,
            Properties = isV5
                ? new PacketProperties
                {
                    SessionExpiryInterval = options.KeepsSession ? Seconds(options.SessionExpiryInterval) : null,
                    ReceiveMaximum = options.ReceiveMaximum,
                    MaximumPacketSize = (uint)options.MaxPacketSize,
                    TopicAliasMaximum = options.TopicAliasMaximum,
                    RequestResponseInformation = options.RequestResponseInformation ? true : null,
                }
                : null,
        };
    }

    private static PacketProperties? WillProperties(MqttClientOptions options, MqttMessage will)
    {
        var properties = ToProperties(will);
        return Seconds(options.WillDelay) is { } delay
            ? (properties ?? new PacketProperties()) with { WillDelayInterval = delay }
            : properties;
    }

    private static PacketProperties? ToProperties(MqttMessage message) =>
        message is { MessageExpiryInterval: null, IsText: false, ContentType: null, ResponseTopic: null, CorrelationData: null, UserProperties.Count: 0 }
            ? null
            : new PacketProperties
            {
                MessageExpiryInterval = message.MessageExpiryInterval,
                PayloadIsText = message.IsText ? true : null,
                ContentType = message.ContentType,
                ResponseTopic = message.ResponseTopic,
                CorrelationData = message.CorrelationData,
                UserProperties = message.UserProperties,
            };

    private static uint? Seconds(TimeSpan span) => span > TimeSpan.Zero ? (uint)Math.Min(uint.MaxValue, span.TotalSeconds) : null;
}
