using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>A connection's enhanced authentication: its method, and the exchange under way.</summary>
/// <param name="authenticator">Who decides.</param>
/// <param name="method">The client's; it stays the same for the whole connection.</param>
/// <param name="connect">The client's first packet.</param>
/// <param name="request">The same as the host is told it.</param>
internal sealed class AuthenticationSteps(IMqttEnhancedAuthenticator authenticator, string method, ConnectPacket connect, MqttConnectRequest request)
{
    private MqttAuthenticationExchange? _exchange;

    public ConnectPacket Connect => connect;

    public MqttConnectRequest Request => request;

    /// <summary>The first step. Refused when the method is unknown.</summary>
    public async ValueTask<MqttAuthentication> BeginAsync(ReadOnlyMemory<byte>? data, CancellationToken cancellationToken)
    {
        _exchange = authenticator.Begin(method, request);
        return _exchange is null
            ? MqttAuthentication.Refuse(MqttReasonCode.BadAuthenticationMethod)
            : await StepAsync(_exchange, data, cancellationToken);
    }

    /// <summary>What an AUTH leads to.</summary>
    /// <exception cref="MqttProtocolException">It is not this packet's turn.</exception>
    public ValueTask<MqttAuthentication> HandleAsync(AuthPacket packet, CancellationToken cancellationToken)
    {
        if (packet.Properties?.AuthenticationMethod != method)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "The authentication method is not the one of CONNECT.");
        }

        var data = packet.Properties.AuthenticationData;
        return (packet.ReasonCode, _exchange) switch
        {
            (MqttReasonCode.ContinueAuthentication, { } exchange) => StepAsync(exchange, data, cancellationToken),
            (MqttReasonCode.ReAuthenticate, null) => BeginAsync(data, cancellationToken),
            _ => throw new MqttProtocolException(MqttReasonCode.ProtocolError, "An AUTH packet came out of turn."),
        };
    }

    /// <summary>The packet that carries a step's outcome: a challenge, or the end of an authentication after CONNECT.</summary>
    public AuthPacket ToPacket(MqttAuthentication outcome) => new(outcome.ReasonCode) { Properties = ToProperties(outcome) };

    public PacketProperties ToProperties(MqttAuthentication outcome) => new() { AuthenticationMethod = method, AuthenticationData = outcome.Data };

    private async ValueTask<MqttAuthentication> StepAsync(MqttAuthenticationExchange exchange, ReadOnlyMemory<byte>? data, CancellationToken cancellationToken)
    {
        var outcome = await exchange(data, cancellationToken);
        if (outcome.ReasonCode != MqttReasonCode.ContinueAuthentication)
        {
            _exchange = null;
        }

        return outcome;
    }
}
