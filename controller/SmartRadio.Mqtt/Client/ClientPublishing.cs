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
        var size = Check(message);
        if (message.QualityOfService == MqttQualityOfService.AtMostOnce)
        {
            await SendAsync(message, size, cancellationToken);
            return;
        }

        var done = await AddPendingAsync(message, size, cancellationToken);
        try
        {
            await done.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!done.IsCompleted)
        {
            LogRefusal(done);
            throw;
        }
    }

    /// <summary>See <see cref="MqttClient.TryPublish"/>.</summary>
    public bool TryPublish(MqttMessage message)
    {
        var size = Check(message);
        if (message.QualityOfService == MqttQualityOfService.AtMostOnce)
        {
            return _connection?.TrySend(MessagePackets.ToPublish(message, 0)) ?? false;
        }

        if (!_pending.TryAdd(message, size, out var done))
        {
            return false;
        }

        LogRefusal(done);
        SendWaiting();
        return true;
    }

    /// <summary>A connection is up: what was not acknowledged is repeated.</summary>
    public void Begin(ClientConnection connection)
    {
        lock (_pending)
        {
            _pending.Resume(connection.Terms).ForEach(connection.Send);
            _connection = connection;
        }
    }

    public void End()
    {
        lock (_pending)
        {
            _connection = null;
        }
    }

    /// <summary>The client takes its leave: nothing more is taken, and what the broker still acknowledges is done.</summary>
    public void Close()
    {
        _pending.Close();
        End();
    }

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
        // One at a time, so that messages leave in the order they were added, and over the connection of the moment.
        lock (_pending)
        {
            while (_connection is { } connection && _pending.StartNext(connection.Terms) is { } packet)
            {
                connection.Send(packet);
            }
        }
    }

    /// <summary>The client is stopped.</summary>
    public void Cancel() => _pending.Cancel();

    private async Task SendAsync(MqttMessage message, long size, CancellationToken cancellationToken)
    {
        var packet = MessagePackets.ToPublish(message, 0);
        while (true)
        {
            var connection = _connection ?? throw new MqttNotConnectedException();
            if (connection.TrySend(packet))
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await connection.WaitForRoomAsync(size, cancellationToken);
        }
    }

    /// <summary>Nobody waits for the outcome; a refusal must not count as unobserved.</summary>
    private void LogRefusal(Task done) => _ = done.ContinueWith(
        t => logger.LogWarning(t.Exception!.InnerException, "A message was refused"),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted,
        TaskScheduler.Default);

    private async Task<Task> AddPendingAsync(MqttMessage message, long size, CancellationToken cancellationToken)
    {
        while (true)
        {
            var room = _pending.WaitForRoomAsync(cancellationToken);
            if (_pending.TryAdd(message, size, out var done))
            {
                SendWaiting();
                return done;
            }

            await room;
        }
    }

    /// <returns>Bytes of the packet.</returns>
    private long Check(MqttMessage message)
    {
        if (!MqttTopic.IsValidName(message.Topic))
        {
            throw new ArgumentException($"'{message.Topic}' is no topic name.", nameof(message));
        }

        var size = MessagePackets.SizeOf(message, options.ProtocolVersion);
        return _connection?.Terms.Refusal(message, size) is { } refusal ? throw refusal : size;
    }
}
