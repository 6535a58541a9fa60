using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>Messages coming in on one connection: aliases, and acknowledgement once the application has taken them.</summary>
/// <param name="inbox">Where they wait for the application.</param>
/// <param name="exactlyOnce">QoS 2 messages of the session that are not released yet; true once they were taken.</param>
/// <param name="connection">Where they come from.</param>
/// <param name="current">The connection of the moment when a message is taken; null when the session is another.</param>
internal sealed class ReceivedPackets(
    MessageInbox inbox,
    Dictionary<ushort, bool> exactlyOnce,
    ClientConnection connection,
    Func<ClientConnection?> current)
{
    private readonly Dictionary<ushort, string> _aliases = [];

    public async ValueTask AddAsync(PublishPacket packet, CancellationToken cancellationToken)
    {
        var message = MessagePackets.ToMessage(packet, Resolve(packet));
        switch (packet.QualityOfService)
        {
            case MqttQualityOfService.AtMostOnce:
                await inbox.AddAsync(message, taken: null, cancellationToken);
                break;
            case MqttQualityOfService.AtLeastOnce:
                await inbox.AddAsync(message, () => connection.Send(new AckPacket(PacketType.PubAck, packet.PacketId)), cancellationToken);
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

        connection.Send(new AckPacket(PacketType.PubComp, packetId, known ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound));
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
        if (current() is { } open)
        {
            lock (exactlyOnce)
            {
                exactlyOnce[packetId] = true;
            }

            open.Send(new AckPacket(PacketType.PubRec, packetId));
        }
    }

    private string Resolve(PublishPacket packet)
    {
        if (packet.Properties?.TopicAlias is not { } alias)
        {
            return packet.Topic;
        }

        if (packet.Topic.Length > 0)
        {
            return _aliases[alias] = packet.Topic;
        }

        return _aliases.TryGetValue(alias, out var topic)
            ? topic
            : throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"Topic alias {alias} was never set.");
    }
}
