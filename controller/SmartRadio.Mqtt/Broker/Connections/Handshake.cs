using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>CONNECT: who is it, may it come in, on what terms.</summary>
internal sealed class Handshake(BrokerCore core)
{
    /// <summary>Handles the first packet. A client that is refused is told why and the connection is closed.</summary>
    public async ValueTask GreetAsync(BrokerConnection connection, Frame frame)
    {
        if (frame.Type != PacketType.Connect)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "The first packet is not CONNECT.");
        }

        var connect = (ConnectPacket)PacketDecoder.Decode(frame, MqttProtocolVersion.V5);
        connection.Version = connect.Version;
        var (refusal, peer, willTopic) = await AuthenticateAsync(connection, connect);
        if (refusal is not null)
        {
            core.Refusals.Connect(connect.ClientId, connect.UserName, connection.RemoteEndPoint, refusal.ReasonCode, willTopic);
            core.Logger.LogInformation("Refused MQTT client {ClientId} from {RemoteEndPoint}: {Reason}", connect.ClientId, connection.RemoteEndPoint, refusal.ReasonCode);
            connection.Send(refusal);
            connection.CloseQuietly();
            return;
        }

        connection.Peer = peer;
        SetTerms(connection, connect);
        core.Sessions.Open(connection, connect, peer!.ClientId, Welcome(connection, connect, peer.ClientId));
    }

    /// <summary>Seconds a session may really outlive its connection.</summary>
    public uint LimitExpiry(uint asked) => (uint)Math.Min(asked, Math.Min(uint.MaxValue - 1, core.Options.MaxSessionExpiry.TotalSeconds));

    private async ValueTask<(ConnAckPacket? Refusal, MqttPeer? Peer, string? WillTopic)> AuthenticateAsync(BrokerConnection connection, ConnectPacket connect)
    {
        if (connect.Properties?.AuthenticationMethod is not null)
        {
            return (new ConnAckPacket(false, MqttReasonCode.BadAuthenticationMethod), null, null);
        }

        if (connect is { ClientId: "", CleanStart: false, Version: MqttProtocolVersion.V311 })
        {
            return (new ConnAckPacket(false, MqttReasonCode.ClientIdentifierNotValid), null, null);
        }

        var clientId = connect.ClientId.Length > 0 ? connect.ClientId : $"auto-{Guid.NewGuid():N}";
        var request = new MqttConnectRequest(clientId, connect.UserName, connect.Password, connection.RemoteEndPoint)
        {
            Version = connect.Version,
            Certificate = connection.Certificate,
        };
        using var limit = new CancellationTokenSource(core.Options.ConnectTimeout, core.Time);
        var answer = await core.Authenticator.AuthenticateAsync(request, limit.Token);
        var peer = new MqttPeer(clientId, connect.UserName, answer.Identity, connection.RemoteEndPoint, connect.Version);
        string? refusedWill = null;
        if (answer.ReasonCode == MqttReasonCode.Success && connect.Will is { } will && !core.Publishes.IsAllowed(peer, will.Topic))
        {
            refusedWill = will.Topic;
            answer = MqttAuthentication.Refuse(reason: "The will's topic is not allowed.");
        }

        return answer.ReasonCode == MqttReasonCode.Success
            ? (null, peer, null)
            : (new ConnAckPacket(false, answer.ReasonCode) { Properties = Explain(answer.Reason, connect) }, null, refusedWill);
    }

    private void SetTerms(BrokerConnection connection, ConnectPacket connect)
    {
        var properties = connect.Properties;
        var asked = connect.Version == MqttProtocolVersion.V5
            ? properties?.SessionExpiryInterval ?? 0
            : connect.CleanStart ? 0 : uint.MaxValue;
        connection.SessionExpiryInterval = LimitExpiry(asked);
        connection.KeepAliveLimit = KeepAlive(connect) * 1500L;
        connection.ReceiveMaximum = Math.Min(core.Options.MaxInFlight, properties?.ReceiveMaximum ?? ushort.MaxValue);
        connection.MaximumPacketSize = properties?.MaximumPacketSize ?? uint.MaxValue;
        connection.AllowAliases(properties?.TopicAliasMaximum ?? 0);
        if (connect.Will is { } will)
        {
            var passedOn = will.Properties is null ? null : will.Properties with { WillDelayInterval = null };
            var message = new Publication(will.Topic, will.Payload) { QualityOfService = will.QualityOfService, Retain = will.Retain, Properties = passedOn };
            connection.Will = new ConnectionWill(message, will.Properties?.WillDelayInterval ?? 0);
        }
    }

    private ConnAckPacket Welcome(BrokerConnection connection, ConnectPacket connect, string clientId)
    {
        var welcome = new ConnAckPacket(false, MqttReasonCode.Success);
        if (connect.Version != MqttProtocolVersion.V5)
        {
            return welcome;
        }

        var keepAlive = KeepAlive(connect);
        return welcome with
        {
            Properties = new PacketProperties
            {
                AssignedClientIdentifier = connect.ClientId.Length == 0 ? clientId : null,
                SessionExpiryInterval = connection.SessionExpiryInterval != (connect.Properties?.SessionExpiryInterval ?? 0) ? connection.SessionExpiryInterval : null,
                ServerKeepAlive = keepAlive != connect.KeepAlive ? keepAlive : null,
                ReceiveMaximum = core.Options.ReceiveMaximum,
                MaximumPacketSize = (uint)core.Options.MaxPacketSize,
                TopicAliasMaximum = core.Options.TopicAliasMaximum,
            },
        };
    }

    private ushort KeepAlive(ConnectPacket connect)
    {
        var most = (ushort)Math.Min(ushort.MaxValue, core.Options.MaxKeepAlive.TotalSeconds);
        return most != 0 && connect.Version == MqttProtocolVersion.V5 && (connect.KeepAlive == 0 || connect.KeepAlive > most) ? most : connect.KeepAlive;
    }

    private static PacketProperties? Explain(string? reason, ConnectPacket connect) =>
        reason is null || connect.Properties?.RequestProblemInformation == false ? null : new PacketProperties { ReasonString = reason };
}
