using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>Enhanced authentication on one connection: with CONNECT, and again later when it is asked for.</summary>
internal sealed class ClientAuthentication(IMqttClientAuthentication authentication, Action<Packet> send)
{
    private readonly Lock _gate = new();
    private MqttClientExchange? _exchange;
    private TaskCompletionSource? _again;
    private Exception? _ended;

    /// <summary>What the first packet of an exchange carries.</summary>
    public async ValueTask<PacketProperties> BeginAsync(PacketProperties? others, CancellationToken cancellationToken)
    {
        var exchange = authentication.Begin();
        var first = await exchange(null, cancellationToken);
        lock (_gate)
        {
            _exchange = exchange;
        }

        return With(others, first);
    }

    /// <summary>The broker let the client in; its last word may prove who it is.</summary>
    public async ValueTask FinishAsync(PacketProperties? last, CancellationToken cancellationToken)
    {
        MqttClientExchange? exchange;
        lock (_gate)
        {
            (exchange, _exchange) = (_exchange, null);
        }

        if (last?.AuthenticationData is { } proof && exchange is not null)
        {
            await exchange(proof, cancellationToken);
        }
    }

    /// <summary>AUTH from the broker.</summary>
    /// <exception cref="MqttProtocolException">It is not that packet's turn.</exception>
    public async ValueTask HandleAsync(AuthPacket packet, CancellationToken cancellationToken)
    {
        MqttClientExchange? exchange;
        TaskCompletionSource? again;
        lock (_gate)
        {
            (exchange, again) = (_exchange, _again);
        }

        if (exchange is null || packet.Properties?.AuthenticationMethod != authentication.Method)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, "The broker's AUTH belongs to no exchange.");
        }

        switch (packet.ReasonCode)
        {
            case MqttReasonCode.ContinueAuthentication:
                var answer = await exchange(packet.Properties.AuthenticationData, cancellationToken);
                send(new AuthPacket(MqttReasonCode.ContinueAuthentication) { Properties = With(null, answer) });
                break;
            case MqttReasonCode.Success when again is not null:
                await FinishAsync(packet.Properties, cancellationToken);
                Forget();
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
            if (_ended is not null)
            {
                throw _ended;
            }

            _again = _again is null ? done : throw new InvalidOperationException("An authentication is under way already.");
        }

        try
        {
            send(new AuthPacket(MqttReasonCode.ReAuthenticate) { Properties = await BeginAsync(null, cancellationToken) });
        }
        catch
        {
            // Nothing was sent, so the broker will not answer.
            Forget();
            throw;
        }

        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The connection ended.</summary>
    public void Fail(Exception why)
    {
        lock (_gate)
        {
            _ended ??= why;
            if (_again?.TrySetException(why) == true)
            {
                // Perhaps nobody waits any more, which is no fault.
                _ = _again.Task.Exception;
            }
        }
    }

    private void Forget()
    {
        lock (_gate)
        {
            _again = null;
        }
    }

    private PacketProperties With(PacketProperties? others, ReadOnlyMemory<byte>? data) =>
        (others ?? new PacketProperties()) with { AuthenticationMethod = authentication.Method, AuthenticationData = data };
}
