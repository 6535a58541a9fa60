using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>CONNECT: who is it, may it come in, on what terms.</summary>
internal sealed class Handshake(BrokerCore core)
{
    /// <summary>Handles a packet of a client that is not in yet: CONNECT, and AUTH if its method takes several steps.</summary>
    public async ValueTask HandleAsync(BrokerConnection connection, Frame frame)
    {
        if (connection.Authentication is { } steps)
        {
            switch (PacketDecoder.Decode(frame, MqttProtocolVersion.V5))
            {
                case AuthPacket auth:
                    await ConcludeAsync(connection, steps.Connect, steps.Request, await core.Doorkeeper.ContinueAsync(connection, auth));
                    break;
                case DisconnectPacket:
                    connection.CloseQuietly();
                    break;
                default:
                    throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"{frame.Type} came before the authentication was over.");
            }
        }
        else if (frame.Type == PacketType.Connect)
        {
            await BeginAsync(connection, (ConnectPacket)PacketDecoder.Decode(frame, MqttProtocolVersion.V5));
        }
        else
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "The first packet is not CONNECT.");
        }
    }

    /// <summary>Seconds a session may really outlive its connection.</summary>
    public uint LimitExpiry(uint asked) => (uint)Math.Min(asked, Math.Min(uint.MaxValue - 1, core.Options.MaxSessionExpiry.TotalSeconds));

    private async ValueTask BeginAsync(BrokerConnection connection, ConnectPacket connect)
    {
        connection.Version = connect.Version;
        var clientId = connect.ClientId.Length > 0 ? connect.ClientId : $"auto-{Guid.NewGuid():N}";
        var request = new MqttConnectRequest(clientId, connect.UserName, connect.Password, connection.RemoteEndPoint)
        {
            Version = connect.Version,
            Certificate = connection.Certificate,
        };
        var answer = connect is { ClientId: "", CleanStart: false, Version: MqttProtocolVersion.V311 }
            ? MqttAuthentication.Refuse(MqttReasonCode.ClientIdentifierNotValid)
            : await core.Doorkeeper.AskAsync(connection, connect, request);
        await ConcludeAsync(connection, connect, request, answer);
    }

    /// <summary>Asks on, refuses or lets in. A client that is refused is told why and the connection is closed.</summary>
    private async ValueTask ConcludeAsync(BrokerConnection connection, ConnectPacket connect, MqttConnectRequest request, MqttAuthentication answer)
    {
        if (answer.ReasonCode == MqttReasonCode.ContinueAuthentication && connection.Authentication is { } steps)
        {
            connection.Send(steps.ToPacket(answer));
            return;
        }

        var peer = new MqttPeer(request.ClientId, connect.UserName, answer.Identity, connection.RemoteEndPoint, connect.Version);
        if (answer.ReasonCode != MqttReasonCode.Success)
        {
            Refuse(connection, connect, answer, willTopic: null);
        }
        else if (connect.Will is { } will && !core.Publishes.IsAllowed(peer, will.Topic))
        {
            Refuse(connection, connect, MqttAuthentication.Refuse(reason: "The will's topic is not allowed."), will.Topic);
        }
        else if (!core.Budget.HasRoomForSessions && core.Sessions.Find(peer.ClientId) is null)
        {
            Refuse(connection, connect, MqttAuthentication.Refuse(MqttReasonCode.QuotaExceeded, "The broker keeps as many sessions as it can."), willTopic: null);
        }
        else
        {
            connection.Peer = peer;
            SetTerms(connection, connect);
            var welcome = Welcome(connection, connect, peer.ClientId, answer.Data);
            if (!Fits(welcome, connect))
            {
                throw new MqttProtocolException(MqttReasonCode.PacketTooLarge, "The client takes no packet as large as the greeting.");
            }

            if (core.Sessions.Find(peer.ClientId)?.Connection is { } earlier)
            {
                await earlier.VacateAsync();
            }

            core.Sessions.Open(connection, connect, peer.ClientId, welcome);
        }
    }

    private void Refuse(BrokerConnection connection, ConnectPacket connect, MqttAuthentication answer, string? willTopic)
    {
        core.Refusals.Connect(connect.ClientId, connect.UserName, connection.RemoteEndPoint, answer.ReasonCode, willTopic);
        core.Logger.LogInformation("Refused MQTT client {ClientId} from {RemoteEndPoint}: {Reason}", connect.ClientId, connection.RemoteEndPoint, answer.ReasonCode);
        var refusal = Fitting(new ConnAckPacket(false, answer.ReasonCode) { Properties = Explain(answer, connect) }, connect);
        if (Fits(refusal, connect))
        {
            connection.Send(refusal);
        }

        connection.CloseQuietly();
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
        connection.WantsReasons = connect.Version == MqttProtocolVersion.V5 && properties?.RequestProblemInformation != false;
        connection.AllowAliases(properties?.TopicAliasMaximum ?? 0);
        if (connect.Will is { } will)
        {
            var passedOn = will.Properties is null ? null : will.Properties with { WillDelayInterval = null };
            var message = new Publication(will.Topic, will.Payload) { QualityOfService = will.QualityOfService, Retain = will.Retain, Properties = passedOn };
            connection.Will = new ConnectionWill(message, will.Properties?.WillDelayInterval ?? 0);
        }
    }

    private ConnAckPacket Welcome(BrokerConnection connection, ConnectPacket connect, string clientId, ReadOnlyMemory<byte>? authenticationData)
    {
        var welcome = new ConnAckPacket(false, MqttReasonCode.Success);
        if (connect.Version != MqttProtocolVersion.V5)
        {
            return welcome;
        }

        var keepAlive = KeepAlive(connect);
        return Fitting(welcome with
        {
            Properties = new PacketProperties
            {
                AssignedClientIdentifier = connect.ClientId.Length == 0 ? clientId : null,
                SessionExpiryInterval = connection.SessionExpiryInterval != (connect.Properties?.SessionExpiryInterval ?? 0) ? connection.SessionExpiryInterval : null,
                ServerKeepAlive = keepAlive != connect.KeepAlive ? keepAlive : null,
                ReceiveMaximum = core.Options.ReceiveMaximum,
                MaximumPacketSize = (uint)core.Options.MaxPacketSize,
                TopicAliasMaximum = core.Options.TopicAliasMaximum,
                ResponseInformation = connect.Properties?.RequestResponseInformation == true ? core.Options.ResponseInformation : null,
                AuthenticationMethod = connect.Properties?.AuthenticationMethod,
                AuthenticationData = authenticationData,
            },
        }, connect);
    }

    private ushort KeepAlive(ConnectPacket connect)
    {
        var most = (ushort)Math.Min(ushort.MaxValue, core.Options.MaxKeepAlive.TotalSeconds);
        return most != 0 && connect.Version == MqttProtocolVersion.V5 && (connect.KeepAlive == 0 || connect.KeepAlive > most) ? most : connect.KeepAlive;
    }

    private static PacketProperties? Explain(MqttAuthentication answer, ConnectPacket connect)
    {
        var sentence = connect.Properties?.RequestProblemInformation == false ? null : answer.Reason;
        return sentence is null && answer.ServerReference is null ? null : new PacketProperties { ReasonString = sentence, ServerReference = answer.ServerReference };
    }

    /// <summary>What would make the answer larger than the client takes is left out, the sentence first (MQTT 5, 3.1.2.11.4).</summary>
    private static ConnAckPacket Fitting(ConnAckPacket answer, ConnectPacket connect)
    {
        if (answer.Properties is { ReasonString: not null } && !Fits(answer, connect))
        {
            answer = answer with { Properties = answer.Properties with { ReasonString = null } };
        }

        return answer.Properties is { ServerReference: not null } or { ResponseInformation: not null } && !Fits(answer, connect)
            ? answer with { Properties = answer.Properties with { ServerReference = null, ResponseInformation = null } }
            : answer;
    }

    private static bool Fits(ConnAckPacket answer, ConnectPacket connect)
    {
        if (connect.Properties?.MaximumPacketSize is not { } most)
        {
            return true;
        }

        var encoded = PacketEncoder.Encode(answer, MqttProtocolVersion.V5);
        var fits = encoded.Length <= most;
        encoded.Release();
        return fits;
    }
}
