using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Broker.Sessions;
using SmartRadio.Mqtt.Broker.Storage;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>The sending half. Everything here only appends to the queue.</summary>
internal sealed partial class BrokerConnection
{
    private OutboundAliases? _aliases;
    private List<Packet>? _held;
    private volatile bool _waitsForStore;
    private int _lossesSeen;

    /// <summary>Lets topics be shortened for a client that takes aliases.</summary>
    public void AllowAliases(ushort maximum) => _aliases = maximum > 0 ? new OutboundAliases(maximum) : null;

    /// <summary>Sends an answer.</summary>
    public void Send(Packet packet) => _queue.Enqueue(PacketEncoder.Encode(packet, Version));

    /// <summary>Sends an answer that promises something: with a store, once the promise is kept there.</summary>
    public void Answer(Packet packet)
    {
        if (_core.Store is null)
        {
            Send(packet);
        }
        else
        {
            (_held ??= []).Add(packet);
        }
    }

    /// <summary>Sends a message at QoS 0. False when it had to be dropped.</summary>
    public bool Send(Publication message, bool retain, uint[] identifiers)
    {
        if (_aliases is not null || (identifiers.Length > 0 && Version == MqttProtocolVersion.V5))
        {
            return SendOwnHead(message, retain, identifiers, now: 0);
        }

        var encoded = message.Encode(Version, retain, _core.Budget.Queued);
        if (encoded.Length > MaximumPacketSize)
        {
            return false;
        }

        encoded.AddReference();
        if (_queue.TryEnqueue(encoded))
        {
            return true;
        }

        encoded.Release();
        return false;
    }

    /// <summary>Sends a message at QoS 1 or 2, or what is left of it. False when it is larger than the client takes.</summary>
    public bool Send(Delivery delivery, long now)
    {
        if (delivery.IsReceived)
        {
            Send(new AckPacket(PacketType.PubRel, delivery.PacketId));
            return true;
        }

        var message = delivery.Message;
        var packet = message.ToPacket(delivery.QualityOfService, delivery.Retain, delivery.PacketId, now) with { Duplicate = delivery.IsRepeated };
        packet = WithIdentifiers(packet, delivery.SubscriptionIdentifiers);
        var head = PacketEncoder.EncodePublishHead(packet, Version, message.ExpiresAt);
        if (head.Length + packet.Payload.Length > MaximumPacketSize)
        {
            head.Release();
            return false;
        }

        _queue.Enqueue(head, new Segment(message.Keep()));
        return true;
    }

    /// <summary>Sends the answers whose promises are kept by now.</summary>
    public async ValueTask SendHeldAsync()
    {
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        await WaitForStoreAsync(static store => store.CommitAsync());
        held.ForEach(Send);
    }

    /// <summary>Waits until the store has what it is given, or has room for more. The client is not read from meanwhile, and its silence is no fault of its own.</summary>
    /// <exception cref="MqttProtocolException">It cannot be written, or something was lost since this connection asked last.</exception>
    public async ValueTask WaitForStoreAsync(Func<DurableStore, ValueTask<bool>> wait)
    {
        if (_core.Store is not { } store)
        {
            return;
        }

        _waitsForStore = true;
        var done = await wait(store);
        _waitsForStore = false;
        var losses = store.Losses;
        if (!done || losses != _lossesSeen)
        {
            _lossesSeen = losses;
            throw DurableStore.Unavailable();
        }
    }

    /// <summary>Sends a retained message at QoS 0. Nothing of it is shared: others get it at other times.</summary>
    public bool SendRetained(Publication message, uint[] identifiers, long now) => SendOwnHead(message, retain: true, identifiers, now);

    private bool SendOwnHead(Publication message, bool retain, uint[] identifiers, long now)
    {
        var payload = new Segment(message.Keep());
        var packet = WithIdentifiers(message.ToPacket(MqttQualityOfService.AtMostOnce, retain, 0, now), identifiers);
        if (_aliases is null)
        {
            return TrySend(packet, payload, message.ExpiresAt);
        }

        // The first message that names an alias must not be dropped or overtaken by one that uses it.
        lock (_aliases)
        {
            var (alias, isNew) = _aliases.Find(packet.Topic);

            // One that may expire while it waits would leave an alias that the client was never told.
            if (alias != 0 && !(isNew && message.ExpiresAt != 0))
            {
                var properties = (packet.Properties ?? new PacketProperties()) with { TopicAlias = alias };
                packet = packet with { Topic = isNew ? packet.Topic : "", Properties = properties };
            }

            var sent = TrySend(packet, payload, message.ExpiresAt);
            if (sent && isNew && packet.Properties?.TopicAlias is not null)
            {
                _aliases.Keep(message.Topic, alias);
            }

            return sent;
        }
    }

    private bool TrySend(PublishPacket packet, Segment payload, long expiresAt)
    {
        var head = PacketEncoder.EncodePublishHead(packet, Version, expiresAt);
        head.CountIn(_core.Budget.Queued);
        if (head.Length + payload.Length <= MaximumPacketSize && _queue.TryEnqueue(head, payload))
        {
            return true;
        }

        head.Release();
        return false;
    }

    private PublishPacket WithIdentifiers(PublishPacket packet, IReadOnlyList<uint> identifiers) =>
        identifiers.Count == 0 || Version != MqttProtocolVersion.V5
            ? packet
            : packet with { Properties = (packet.Properties ?? new PacketProperties()) with { SubscriptionIdentifiers = identifiers } };
}
