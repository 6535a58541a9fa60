using System.Text.Unicode;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>PUBLISH and PUBREL from clients.</summary>
internal sealed class PublishHandler(BrokerCore core)
{
    public void Handle(BrokerConnection connection, PublishPacket packet)
    {
        core.Statistics.CountReceived();
        var topic = ResolveAlias(connection, packet);
        if (packet.Properties?.SubscriptionIdentifiers.Count > 0)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "A client does not send subscription identifiers.");
        }

        switch (packet.QualityOfService)
        {
            case MqttQualityOfService.AtMostOnce:
                Publish(connection, packet, topic);
                break;
            case MqttQualityOfService.AtLeastOnce:
                Answer(connection, PacketType.PubAck, packet.PacketId, Publish(connection, packet, topic));
                break;
            default:
                HandleExactlyOnce(connection, packet, topic);
                break;
        }
    }

    /// <summary>Names that begin with '$' are the broker's own (MQTT 5, 4.7.2).</summary>
    public bool IsAllowed(MqttPeer peer, string topic) => !topic.StartsWith('$') && core.Authorizer.MayPublish(peer, topic);

    public static void Release(BrokerConnection connection, AckPacket release)
    {
        var known = connection.Session!.ReleaseExactlyOnce(release.PacketId);
        Answer(connection, PacketType.PubComp, release.PacketId, known ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound);
    }

    private void HandleExactlyOnce(BrokerConnection connection, PublishPacket packet, string topic)
    {
        // After a crash the store must not know the packet without what became of it: the client's next attempt would be taken for a second one.
        using var unit = core.Store?.BeginUnit();
        var isNew = connection.Session!.TryReceiveExactlyOnce(packet.PacketId, core.Options.ReceiveMaximum)
            ?? throw new MqttProtocolException(MqttReasonCode.ReceiveMaximumExceeded, "Too many messages are under way at once.");
        var outcome = isNew ? Publish(connection, packet, topic) : MqttReasonCode.Success;
        if (outcome >= MqttReasonCode.UnspecifiedError && connection.Version == MqttProtocolVersion.V5)
        {
            // PUBREC with an error ends the exchange (MQTT 5, 4.3.3).
            connection.Session.ReleaseExactlyOnce(packet.PacketId);
        }

        Answer(connection, PacketType.PubRec, packet.PacketId, outcome);
    }

    private MqttReasonCode Publish(BrokerConnection connection, PublishPacket packet, string topic)
    {
        if (!IsAllowed(connection.Peer!, topic))
        {
            return Refuse(connection, topic, MqttReasonCode.NotAuthorized);
        }

        if (MqttTopic.LevelsOf(topic) > TopicTree.MaxLevels)
        {
            return Refuse(connection, topic, MqttReasonCode.TopicNameInvalid);
        }

        if (packet.Properties?.PayloadIsText == true && !Utf8.IsValid(packet.Payload.Span))
        {
            return Refuse(connection, topic, MqttReasonCode.PayloadFormatInvalid);
        }

        var now = core.Now;
        var message = new Publication(topic, packet.Payload)
        {
            QualityOfService = packet.QualityOfService,
            Retain = packet.Retain,
            Properties = packet.Properties is { TopicAlias: not null } properties ? properties with { TopicAlias = null } : packet.Properties,
            ExpiresAt = Publication.ExpiryOf(packet.Properties, now),
        };
        var outcome = core.Router.Publish(message, connection.Session);
        return outcome < MqttReasonCode.UnspecifiedError ? outcome : Refuse(connection, topic, outcome);
    }

    private MqttReasonCode Refuse(BrokerConnection connection, string topic, MqttReasonCode reason)
    {
        core.Refusals.Publish(connection.Peer!, topic, reason);
        return reason;
    }

    private string ResolveAlias(BrokerConnection connection, PublishPacket packet)
    {
        if (packet.Properties?.TopicAlias is not { } alias)
        {
            return packet.Topic;
        }

        connection.InboundAliases ??= new InboundAliases(core.Options.TopicAliasMaximum);
        return connection.InboundAliases.Resolve(alias, packet.Topic);
    }

    private static void Answer(BrokerConnection connection, PacketType type, ushort packetId, MqttReasonCode outcome) =>
        connection.Answer(new AckPacket(type, packetId, outcome) { Properties = connection.Explain(outcome) });
}
