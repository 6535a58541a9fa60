using SmartRadio.Mqtt.Broker.Storage;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>A message inside the broker. Its QoS 0 encodings are made once and shared by all who receive it.</summary>
internal sealed class Publication
{
    /// <summary>What a message costs beside topic and payload.</summary>
    private const int ObjectCost = 160;

    private readonly SharedBuffer?[] _encoded = new SharedBuffer?[4];
    private ReadOnlyMemory<byte> _received;
    private SharedBuffer? _kept;
    private StoredMessage? _stored;

    /// <param name="topic">Its full name.</param>
    /// <param name="payload">May lie in a receive buffer until <see cref="Keep"/> copies it.</param>
    public Publication(string topic, ReadOnlyMemory<byte> payload)
    {
        Topic = topic;
        _received = payload;
    }

    public string Topic { get; }

    public MqttQualityOfService QualityOfService { get; init; }

    public bool Retain { get; init; }

    /// <summary>What is handed on to receivers: no alias, no subscription identifiers.</summary>
    public PacketProperties? Properties { get; init; }

    /// <summary>Unix milliseconds after which nobody gets it; 0 is never.</summary>
    public long ExpiresAt { get; init; }

    public ReadOnlyMemory<byte> Payload => _kept?.Memory ?? _received;

    /// <summary>Its place in the durable store, if there is one.</summary>
    public StoredMessage Stored => LazyInitializer.EnsureInitialized(ref _stored);

    /// <summary>Bytes it holds, about.</summary>
    public int Cost => ObjectCost + (sizeof(char) * Topic.Length) + Payload.Length + (Properties?.Cost ?? 0);

    public bool IsExpired(long now) => ExpiresAt != 0 && ExpiresAt <= now;

    /// <summary>Makes the message outlive the receive buffer it came in. Called before another thread can see it.</summary>
    public SharedBuffer Keep()
    {
        if (_kept is null)
        {
            _kept = SharedBuffer.Unpooled(_received.ToArray());
            _received = default;
        }

        return _kept;
    }

    /// <summary>The whole packet at QoS 0, shared. The publication keeps its reference until <see cref="ReleaseEncodings"/>.</summary>
    public SharedBuffer Encode(MqttProtocolVersion version, bool retain, ByteLedger ledger)
    {
        ref var encoded = ref _encoded[(version == MqttProtocolVersion.V5 ? 2 : 0) + (retain ? 1 : 0)];
        if (encoded is null)
        {
            encoded = PacketEncoder.Encode(ToPacket(MqttQualityOfService.AtMostOnce, retain, 0, 0), version, ExpiresAt);
            encoded.CountIn(ledger);
        }

        return encoded;
    }

    public void ReleaseEncodings()
    {
        foreach (var encoded in _encoded)
        {
            encoded?.Release();
        }

        Array.Clear(_encoded);
    }

    /// <summary>The same message as if it were published now: a will's expiry counts from when it is sent.</summary>
    public Publication Restarted(long now) => new(Topic, Payload)
    {
        QualityOfService = QualityOfService,
        Retain = Retain,
        Properties = Properties,
        ExpiresAt = ExpiryOf(Properties, now),
    };

    public static long ExpiryOf(PacketProperties? properties, long now) =>
        properties?.MessageExpiryInterval is { } seconds ? now + (seconds * 1000L) : 0;

    /// <param name="quality">Of this delivery.</param>
    /// <param name="retain">The flag the receiver sees.</param>
    /// <param name="packetId">0 at QoS 0.</param>
    /// <param name="now">Unix milliseconds, to tell how long the message still lives; 0 when it has not waited.</param>
    public PublishPacket ToPacket(MqttQualityOfService quality, bool retain, ushort packetId, long now)
    {
        var properties = Properties;
        if (ExpiresAt != 0 && now != 0 && properties is not null)
        {
            properties = properties with { MessageExpiryInterval = PacketExpiry.Remaining(ExpiresAt, now) };
        }

        return new PublishPacket(Topic, Payload, quality, packetId) { Retain = retain, Properties = properties };
    }
}
