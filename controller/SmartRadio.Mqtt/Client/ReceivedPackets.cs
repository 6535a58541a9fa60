using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Client;

/// <summary>Messages coming in on one connection: aliases, and acknowledgement once the application has taken them.</summary>
/// <param name="inbox">Where they wait for the application.</param>
/// <param name="exactlyOnce">QoS 2 messages of the session that are not released yet; true once they were taken.</param>
/// <param name="connection">Where they come from.</param>
/// <param name="current">The connection of the moment when a message is taken; null when off-line or when the session is another.</param>
/// <param name="options">What CONNECT bound the broker to, on MQTT 5.</param>
internal sealed class ReceivedPackets(
    MessageInbox inbox,
    Dictionary<ushort, bool> exactlyOnce,
    ClientConnection connection,
    Func<ClientConnection?> current,
    MqttClientOptions options)
{
    private readonly MqttClientOptions? _promised = options.ProtocolVersion == MqttProtocolVersion.V5 ? options : null;
    private readonly InboundAliases _aliases = new(options.TopicAliasMaximum);
    private int _underWay;

    public async ValueTask AddAsync(PublishPacket packet, CancellationToken cancellationToken)
    {
        var message = MessagePackets.ToMessage(packet, Resolve(packet));
        if (packet.QualityOfService != MqttQualityOfService.AtMostOnce && Interlocked.Increment(ref _underWay) > (_promised?.ReceiveMaximum ?? int.MaxValue))
        {
            throw new MqttProtocolException(MqttReasonCode.ReceiveMaximumExceeded, "The broker sent more than it may before it had an answer.");
        }

        switch (packet.QualityOfService)
        {
            case MqttQualityOfService.AtMostOnce:
                await inbox.AddAsync(message, taken: null, cancellationToken);
                break;
            case MqttQualityOfService.AtLeastOnce:
                await inbox.AddAsync(message, () => Finish(new AckPacket(PacketType.PubAck, packet.PacketId)), cancellationToken);
                break;
            default:
                await AddExactlyOnceAsync(message, packet.PacketId, cancellationToken);
                break;
        }
    }

    public void Release(ushort packetId)
    {
        bool known;
        lock (exactlyOnce)
        {
            known = exactlyOnce.Remove(packetId);
        }

        if (known)
        {
            Finish(new AckPacket(PacketType.PubComp, packetId));
        }
        else
        {
            connection.Send(new AckPacket(PacketType.PubComp, packetId, MqttReasonCode.PacketIdentifierNotFound));
        }
    }

    /// <summary>Counted before it is sent: the broker may answer it with the next message at once.</summary>
    private void Finish(AckPacket last)
    {
        Interlocked.Decrement(ref _underWay);
        connection.Send(last);
    }

    private async ValueTask AddExactlyOnceAsync(MqttMessage message, ushort packetId, CancellationToken cancellationToken)
    {
        bool known, taken;
        lock (exactlyOnce)
        {
            known = exactlyOnce.TryGetValue(packetId, out taken);
            exactlyOnce.TryAdd(packetId, false);
        }

        if (taken)
        {
            connection.Send(new AckPacket(PacketType.PubRec, packetId));
        }
        else if (!known)
        {
            await inbox.AddAsync(message, () => Take(packetId), cancellationToken);
        }
    }

    private void Take(ushort packetId)
    {
        // Off-line too, and before the connection is asked for: when the broker repeats it on the next, it is answered there.
        lock (exactlyOnce)
        {
            exactlyOnce[packetId] = true;
        }

        current()?.Send(new AckPacket(PacketType.PubRec, packetId));
    }

    private string Resolve(PublishPacket packet) => packet.Properties?.TopicAlias is { } alias ? _aliases.Resolve(alias, packet.Topic) : packet.Topic;
}
