using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>Which part of the broker a packet of a client that is in goes to.</summary>
internal sealed class PacketDispatch(BrokerCore core)
{
    /// <exception cref="MqttProtocolException">A client does not send that.</exception>
    public ValueTask HandleAsync(BrokerConnection connection, in Frame frame)
    {
        switch (PacketDecoder.Decode(frame, connection.Version))
        {
            case PublishPacket publish:
                core.Publishes.Handle(connection, publish);

                // Whoever publishes faster than the store writes is not read from meanwhile.
                return publish.Retain || publish.QualityOfService > MqttQualityOfService.AtMostOnce
                    ? connection.WaitForStoreAsync(static store => store.WaitForRoomAsync())
                    : ValueTask.CompletedTask;
            case AckPacket { Type: PacketType.PubRel } release:
                PublishHandler.Release(connection, release);
                break;
            case AckPacket ack:
                HandleAck(connection, ack);
                break;
            case SubscribePacket subscribe:
                return core.Subscribes.SubscribeAsync(connection, subscribe);
            case UnsubscribePacket unsubscribe:
                SubscribeHandler.Unsubscribe(connection, unsubscribe);
                break;
            case PingReqPacket:
                connection.Send(new PingRespPacket());
                break;
            case AuthPacket auth:
                return core.Doorkeeper.ReauthenticateAsync(connection, auth);
            case DisconnectPacket farewell:
                HandleFarewell(connection, farewell);
                break;
            default:
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"A client does not send {frame.Type} now.");
        }

        return ValueTask.CompletedTask;
    }

    private static void HandleAck(BrokerConnection connection, AckPacket ack)
    {
        var session = connection.Session!;
        var known = session.Deliveries.Acknowledge(ack);
        if (ack.Type != PacketType.PubRec || ack.ReasonCode >= MqttReasonCode.UnspecifiedError)
        {
            return;
        }

        var release = new AckPacket(PacketType.PubRel, ack.PacketId, known ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound);
        if (session.Store is null)
        {
            connection.Send(release);
        }
        else
        {
            // A client that was told to forget the number would take the message for a new one, were it sent again after a crash.
            connection.Answer(release);
        }
    }

    private void HandleFarewell(BrokerConnection connection, DisconnectPacket farewell)
    {
        if (farewell.Properties?.SessionExpiryInterval is { } expiry)
        {
            if (connection.SessionExpiryInterval == 0 && expiry != 0)
            {
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, "A session that was to end with the connection cannot be prolonged.");
            }

            connection.Session!.ExpiryInterval = core.Handshake.LimitExpiry(expiry);
        }

        if (farewell.ReasonCode != MqttReasonCode.DisconnectWithWill)
        {
            connection.Will = null;
        }

        connection.CloseQuietly();
    }
}
