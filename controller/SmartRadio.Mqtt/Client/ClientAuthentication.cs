using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>Enhanced authentication on one connection: with CONNECT, and again later when it is asked for.</summary>
internal sealed class ClientAuthentication(IMqttClientAuthentication authentication, Action<Packet> send)
{
    private readonly Lock _gate = new();
    private MqttClientExchange? _exchange;
    private TaskCompletionSource? _again;

    /// <summary>What the first packet of an exchange carries.</summary>
    public async ValueTask<PacketProperties> BeginAsync(PacketProperties? others, CancellationToken cancellationToken)
    {
        _exchange = authentication.Begin();
        return With(others, await _exchange(null, cancellationToken));
    }

    /// <summary>The broker let the client in; its last word may prove who it is.</summary>
    public async ValueTask FinishAsync(PacketProperties? last, CancellationToken cancellationToken)
    {
        if (last?.AuthenticationData is { } proof && _exchange is { } exchange)
        {
            await exchange(proof, cancellationToken);
        }

        _exchange = null;
    }

    /// <summary>AUTH from the broker.</summary>
    /// <exception cref="MqttProtocolException">It is not that packet's turn.</exception>
    public async ValueTask HandleAsync(AuthPacket packet, CancellationToken cancellationToken)
    {
        if (_exchange is not { } exchange || packet.Properties?.AuthenticationMethod != authentication.Method)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "The broker's AUTH belongs to no exchange.");
        }

        switch (packet.ReasonCode)
        {
            case MqttReasonCode.ContinueAuthentication:
                var answer = await exchange(packet.Properties.AuthenticationData, cancellationToken);
                send(new AuthPacket(MqttReasonCode.ContinueAuthentication) { Properties = With(null, answer) });
                break;
            case MqttReasonCode.Success when _again is { } again:
                await FinishAsync(packet.Properties, cancellationToken);
                _again = null;
                again.TrySetResult();
                break;
            default:
                throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"The broker's AUTH says {packet.ReasonCode} out of turn.");
        }
    }

    /// <summary>Authenticates again; completes when the broker has accepted it.</summary>
    public async Task RepeatAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _again = _again is null ? done : throw new InvalidOperationException("An authentication is under way already.");
        }

        send(new AuthPacket(MqttReasonCode.ReAuthenticate) { Properties = await BeginAsync(null, cancellationToken) });
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The connection ended.</summary>
    public void Fail(Exception why) => _again?.TrySetException(why);

    private PacketProperties With(PacketProperties? others, ReadOnlyMemory<byte>? data) =>
        (others ?? new PacketProperties()) with { AuthenticationMethod = authentication.Method, AuthenticationData = data };
}
