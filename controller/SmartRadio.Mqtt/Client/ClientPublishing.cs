using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Client;

/// <summary>Messages on their way out: at QoS 0 straight to the connection, at QoS 1 and 2 kept until they are acknowledged.</summary>
internal sealed class ClientPublishing(MqttClientOptions options, PacketIds ids, ILogger logger)
{
    private readonly PendingPublishes _pending = new(options.MaxUnacknowledgedBytes, ids);
    private volatile ClientConnection? _connection;

    /// <summary>See <see cref="MqttClient.PublishAsync"/>.</summary>
    public async Task PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        Check(message);
        if (message.QualityOfService == MqttQualityOfService.AtMostOnce)
        {
            while (!(_connection ?? throw new MqttNotConnectedException()).TrySend(MessagePackets.ToPublish(message, 0)))
            {
                await (_connection?.WaitForRoomAsync(cancellationToken) ?? Task.CompletedTask);
            }

            return;
        }

        var done = await AddPendingAsync(message, cancellationToken);
        await done.WaitAsync(cancellationToken);
    }

    /// <summary>See <see cref="MqttClient.TryPublish"/>.</summary>
    public bool TryPublish(MqttMessage message)
    {
        Check(message);
        if (message.QualityOfService == MqttQualityOfService.AtMostOnce)
        {
            return _connection?.TrySend(MessagePackets.ToPublish(message, 0)) ?? false;
        }

        if (!_pending.TryAdd(message, out var done))
        {
            return false;
        }

        // Nobody waits for the outcome; a refusal must not count as unobserved.
        _ = done.ContinueWith(t => logger.LogWarning(t.Exception!.InnerException, "A message was refused"), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        SendWaiting();
        return true;
    }

    /// <summary>A connection is up: what was not acknowledged is repeated.</summary>
    public void Begin(ClientConnection connection)
    {
        lock (_pending)
        {
            _pending.Resume(connection.Terms.SessionPresent).ForEach(connection.Send);
            _connection = connection;
        }
    }

    public void End() => _connection = null;

    public void Acknowledge(ClientConnection connection, AckPacket ack)
    {
        if (_pending.Acknowledge(ack) is { } answer)
        {
            connection.Send(answer);
        }

        SendWaiting();
    }

    /// <summary>Sends as many as the broker takes at once.</summary>
    public void SendWaiting()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        // One at a time, so that messages leave in the order they were added.
        lock (_pending)
        {
            while (_pending.StartNext(connection.Terms.ReceiveMaximum) is { } packet)
            {
                connection.Send(packet);
            }
        }
    }

    /// <summary>The client is stopped.</summary>
    public void Cancel() => _pending.Cancel();

    private async Task<Task> AddPendingAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        while (true)
        {
            var room = _pending.WaitForRoomAsync(cancellationToken);
            if (_pending.TryAdd(message, out var done))
            {
                SendWaiting();
                return done;
            }

            await room;
        }
    }

    private void Check(MqttMessage message)
    {
        if (!MqttTopic.IsValidName(message.Topic))
        {
            throw new ArgumentException($"'{message.Topic}' is no topic name.", nameof(message));
        }

        _connection?.Terms.Check(message);
    }
}
