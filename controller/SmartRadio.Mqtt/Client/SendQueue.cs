using System.Threading.Channels;

namespace SmartRadio.Mqtt.Client;

/// <summary>What waits to be sent, and what was sent at QoS 1 and is not acknowledged yet, bounded in bytes.</summary>
internal sealed class SendQueue(MqttLinkOptions options)
{
    /// <summary>Messages at QoS 1 under way. Brokers with a receive maximum of their own allow at least as many.</summary>
    private const int MaxUnacknowledged = 64;

    private readonly Channel<Entry> _waiting = Channel.CreateUnbounded<Entry>();
    private readonly List<Entry> _unacknowledged = [];
    private long _bytes;
    private long _reliableBytes;
    private int _connection;

    /// <param name="send">Returns when it is sent and, if reliable, acknowledged.</param>
    /// <param name="bytes">What it counts while it waits; what counts nothing always has room.</param>
    /// <param name="isReliable">Sent again over the next connection until it is acknowledged.</param>
    /// <returns>False when its kind is full. One message always has room.</returns>
    public bool TryAdd(Func<IMqttClient, CancellationToken, Task> send, int bytes, bool isReliable)
    {
        var entry = new Entry(send, bytes, isReliable, Volatile.Read(ref _connection));
        var now = Count(entry, bytes);
        if (now > (isReliable ? options.MaxReliableBytes : options.MaxQueuedBytes) && now > bytes && bytes > 0)
        {
            Count(entry, -bytes);
            return false;
        }

        return _waiting.Writer.TryWrite(entry);
    }

    /// <summary>A new connection begins: what was queued for the last one and is not reliable is out of date.</summary>
    public void Begin() => Interlocked.Increment(ref _connection);

    /// <summary>
    /// Sends over a new connection until it is over: first, in their order, reliable messages that the last one left.
    /// Others that waited for the last one are out of date and dropped.
    /// </summary>
    /// <param name="client">Connected.</param>
    /// <param name="giveUp">Told why a message could not be sent.</param>
    /// <param name="cancellationToken">The connection is over.</param>
    public async Task SendAsync(IMqttClient client, Action<Exception> giveUp, CancellationToken cancellationToken)
    {
        var window = new SemaphoreSlim(MaxUnacknowledged);
        await Task.WhenAll(_unacknowledged.Select(entry => entry.Sending));
        foreach (var entry in _unacknowledged.Where(entry => !entry.IsDone))
        {
            await StartAsync(entry);
        }

        await foreach (var entry in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            if (entry.IsReliable)
            {
                _unacknowledged.RemoveAll(sent => sent.IsDone);
                _unacknowledged.Add(entry);
                await StartAsync(entry);
                continue;
            }

            Count(entry, -entry.Bytes);
            if (entry.Connection == _connection)
            {
                await entry.Send(client, cancellationToken);
            }
        }

        async Task StartAsync(Entry entry)
        {
            await window.WaitAsync(cancellationToken);
            // Not awaited: MQTTnet sends in the order of the calls.
            entry.Sending = SendReliablyAsync(entry);
        }

        async Task SendReliablyAsync(Entry entry)
        {
            try
            {
                await entry.Send(client, cancellationToken);
                entry.IsDone = true;
                Count(entry, -entry.Bytes);
                window.Release();
            }
            catch (Exception e)
            {
                giveUp(e);
            }
        }
    }

    private long Count(Entry entry, int bytes) => Interlocked.Add(ref entry.IsReliable ? ref _reliableBytes : ref _bytes, bytes);

    private sealed record Entry(Func<IMqttClient, CancellationToken, Task> Send, int Bytes, bool IsReliable, int Connection)
    {
        /// <summary>Ends, always well, when it is acknowledged or cannot be.</summary>
        public Task Sending { get; set; } = Task.CompletedTask;

        public bool IsDone { get; set; }
    }
}
