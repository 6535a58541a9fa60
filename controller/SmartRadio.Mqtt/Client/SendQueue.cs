using System.Threading.Channels;

namespace SmartRadio.Mqtt.Client;

/// <summary>A message that waits to be sent.</summary>
internal sealed record QueuedMessage(string Topic, ReadOnlyMemory<byte> Payload, bool IsReliable, int Connection);

/// <summary>What waits to be sent, and what was sent reliably and not acknowledged yet, bounded in bytes.</summary>
internal sealed class SendQueue(MqttLinkOptions options)
{
    private readonly Channel<QueuedMessage> _waiting = Channel.CreateUnbounded<QueuedMessage>();
    private readonly LinkedList<QueuedMessage> _unacknowledged = [];
    private long _bytes;
    private long _reliableBytes;
    private int _connection;

    /// <returns>False when its kind is full. One message always has room.</returns>
    public bool TryAdd(string topic, ReadOnlyMemory<byte> payload, bool isReliable)
    {
        ref var bytes = ref isReliable ? ref _reliableBytes : ref _bytes;
        var most = isReliable ? options.MaxReliableBytes : options.MaxQueuedBytes;
        var now = Interlocked.Add(ref bytes, payload.Length);
        if (now > most && now > payload.Length)
        {
            Interlocked.Add(ref bytes, -payload.Length);
            return false;
        }

        return _waiting.Writer.TryWrite(new QueuedMessage(topic, payload, isReliable, Volatile.Read(ref _connection)));
    }

    /// <summary>A new connection begins: what was queued for the last one and is not reliable is out of date.</summary>
    public void Begin() => Interlocked.Increment(ref _connection);

    /// <summary>
    /// Sends over a new connection until it is over: first, in their order, reliable messages that the last one left unacknowledged.
    /// Others that waited for the last one are out of date and dropped.
    /// </summary>
    /// <param name="publish">Returns when the message is sent and, if reliable, acknowledged.</param>
    /// <param name="over">Cancelled when the connection ends, from here too when a message cannot be sent.</param>
    public async Task SendAsync(Func<QueuedMessage, CancellationToken, Task> publish, CancellationTokenSource over)
    {
        var connection = Volatile.Read(ref _connection);
        using var window = new SemaphoreSlim(options.MaxUnacknowledged);
        Exception? failure = null;
        var underWay = new HashSet<Task>();
        try
        {
            foreach (var message in Unacknowledged())
            {
                await SendReliablyAsync(message);
            }

            await foreach (var message in _waiting.Reader.ReadAllAsync(over.Token))
            {
                if (message.IsReliable)
                {
                    lock (_unacknowledged)
                    {
                        _unacknowledged.AddLast(message);
                    }

                    await SendReliablyAsync(message);
                    continue;
                }

                Interlocked.Add(ref _bytes, -message.Payload.Length);
                if (message.Connection == connection)
                {
                    await publish(message, over.Token);
                }
            }
        }
        catch (OperationCanceledException) when (failure is not null)
        {
            throw failure;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(underWay);
        }

        async Task SendReliablyAsync(QueuedMessage message)
        {
            await window.WaitAsync(over.Token);
            underWay.RemoveWhere(task => task.IsCompleted);
            // Not awaited: MQTTnet sends in the order of the calls.
            underWay.Add(AcknowledgedAsync(message));
        }

        async Task AcknowledgedAsync(QueuedMessage message)
        {
            try
            {
                await publish(message, over.Token);
                window.Release();
                Done(message);
            }
            catch (Exception e)
            {
                failure ??= e;
                await over.CancelAsync();
            }
        }
    }

    private QueuedMessage[] Unacknowledged()
    {
        lock (_unacknowledged)
        {
            return [.. _unacknowledged];
        }
    }

    private void Done(QueuedMessage message)
    {
        lock (_unacknowledged)
        {
            _unacknowledged.Remove(message);
        }

        Interlocked.Add(ref _reliableBytes, -message.Payload.Length);
    }
}
