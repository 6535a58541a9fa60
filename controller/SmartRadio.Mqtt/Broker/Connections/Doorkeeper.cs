using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>Who may come in: asks the host's authenticators, at CONNECT and when a client authenticates itself again.</summary>
internal sealed class Doorkeeper(BrokerCore core)
{
    /// <summary>The first answer to a CONNECT; <see cref="MqttReasonCode.ContinueAuthentication"/> when the client must say more.</summary>
    public async ValueTask<MqttAuthentication> AskAsync(BrokerConnection connection, ConnectPacket connect, MqttConnectRequest request)
    {
        using var limit = new CancellationTokenSource(core.Options.ConnectTimeout, core.Time);
        if (connect.Properties?.AuthenticationMethod is not { } method)
        {
            return await core.Authenticator.AuthenticateAsync(request, limit.Token);
        }

        if (core.EnhancedAuthenticator is not { } enhanced)
        {
            return MqttAuthentication.Refuse(MqttReasonCode.BadAuthenticationMethod);
        }

        connection.Authentication = new AuthenticationSteps(enhanced, method, connect, request);
        return await connection.Authentication.BeginAsync(connect.Properties.AuthenticationData, limit.Token);
    }

    /// <summary>The answer to an AUTH.</summary>
    public async ValueTask<MqttAuthentication> ContinueAsync(BrokerConnection connection, AuthPacket packet)
    {
        if (connection.Authentication is not { } steps)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "CONNECT named no authentication method.");
        }

        using var limit = new CancellationTokenSource(core.Options.ConnectTimeout, core.Time);
        return await steps.HandleAsync(packet, limit.Token);
    }

    /// <summary>AUTH of a client that is in: it stays while it answers rightly.</summary>
    public async ValueTask ReauthenticateAsync(BrokerConnection connection, AuthPacket packet)
    {
        var outcome = await ContinueAsync(connection, packet);
        if (outcome.ReasonCode >= MqttReasonCode.UnspecifiedError)
        {
            var peer = connection.Peer!;
            core.Refusals.Connect(peer.ClientId, peer.UserName, peer.RemoteEndPoint, outcome.ReasonCode);
            connection.Close(ReasonCodeTable.Has(PacketType.Disconnect, outcome.ReasonCode) ? outcome.ReasonCode : MqttReasonCode.NotAuthorized);
            return;
        }

        if (outcome.ReasonCode == MqttReasonCode.Success)
        {
            connection.Peer = connection.Peer! with { Identity = outcome.Identity };
        }

        connection.Send(connection.Authentication!.ToPacket(outcome));
    }
}
