using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MQTTnet.Formatter;

namespace SmartRadio.Mqtt.Client;

/// <summary>
/// A link to a broker that stays up: MQTTnet's client is for one connection, so here are reconnecting, subscriptions that last
/// and bounds both ways. Publishing never waits.
/// </summary>
public sealed class MqttLink(MqttLinkOptions options, TimeProvider time, ILogger<MqttLink> logger) : IAsyncDisposable
{
    /// <summary>Bytes. MQTTnet's 8 KiB are less than one segment on loopback and a few on a far line: TCP then waits.</summary>
    private const int SocketBuffer = 256 * 1024;

    private readonly SendQueue _queue = new(options);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _wanted = new(StringComparer.Ordinal);
    private readonly Channel<LinkMessage> _received = Channel.CreateUnbounded<LinkMessage>();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private volatile IMqttClient? _client;
    private volatile Action<Exception>? _giveUp;
    private string? _said;
    private long _receivedBytes;
    private long _dropped;

    public bool IsConnected => _client is { IsConnected: true };

    /// <summary>Messages dropped because nobody read them in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Connects in the background, and again whenever the connection is lost, until stopped.</summary>
    public void Start() => _running = RunAsync();

    /// <summary>Subscribes over this and all later connections. Waits for the first time that the broker grants it.</summary>
    public async Task SubscribeAsync(string filter, CancellationToken cancel)
    {
        var granted = _wanted.GetOrAdd(filter, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_client is { } client && !granted.Task.IsCompleted)
        {
            try
            {
                await SubscribeAsync(client, filter, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                // The next connection subscribes to all that is wanted.
                _giveUp?.Invoke(e);
            }
        }

        await granted.Task.WaitAsync(cancel);
    }

    /// <summary>Queues without waiting.</summary>
    /// <param name="topic">Without wildcards.</param>
    /// <param name="payload">The link's from here on.</param>
    /// <param name="reliable">QoS 1: sent again over the next connection until acknowledged.</param>
    /// <returns>False when the link is down or too much waits.</returns>
    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable) =>
        IsConnected && _queue.TryAdd(topic, payload, reliable);

    /// <summary>What arrives, in order, for one reader.</summary>
    public async IAsyncEnumerable<LinkMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var message in _received.Reader.ReadAllAsync(cancel))
        {
            Interlocked.Add(ref _receivedBytes, -SizeOf(message.Payload));
            yield return message;
        }
    }

    /// <summary>Says farewell and stays down.</summary>
    public async Task StopAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
        }

        await _running;
        _received.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var delay = new ReconnectDelay(options.FirstReconnectDelay, options.MaxReconnectDelay, Random.Shared);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await UseConnectionAsync(delay);
            }
            catch (Exception e)
            {
                SayLost(e);
            }

            await Task.Delay(delay.Next(), time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Connects, and sends what waits until the connection is lost, which is an exception, or the link stops.</summary>
    private async Task UseConnectionAsync(ReconnectDelay delay)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Exception? reason = null;
        client.ApplicationMessageReceivedAsync += Take;
        client.DisconnectedAsync += ended =>
        {
            reason ??= ended.Exception ?? new MqttCommunicationException($"The broker ended the connection ({ended.Reason}).");
            return CancelAsync(over);
        };
        await OpenAsync(client, _stop.Token);
        _queue.Begin();
        _giveUp = problem =>
        {
            reason ??= problem;
            _ = CancelAsync(over);
        };
        _client = client;
        try
        {
            foreach (var filter in _wanted.Keys)
            {
                await SubscribeAsync(client, filter, over.Token);
            }

            delay.Reset();
            _said = null;
            logger.LogInformation("Connected to the MQTT broker {Host}:{Port}", options.Host, options.Port);
            await _queue.SendAsync((message, cancel) => PublishAsync(client, message, cancel), over);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw reason ?? e;
        }
        finally
        {
            _client = null;
            _giveUp = null;
        }
    }

    private async Task OpenAsync(IMqttClient client, CancellationToken cancel)
    {
        var login = new MqttClientOptionsBuilder()
            .WithEndPoint(new DnsEndPoint(options.Host, options.Port))
            .WithTcpServer(tcp => tcp.BufferSize = SocketBuffer)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(options.ClientId)
            .WithCleanStart()
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(options.AnswerTimeout);
        if (options.UserName is { } userName)
        {
            login.WithCredentials(userName, options.Password.ToArray());
        }

        var result = await WithinAsync(limit => client.ConnectAsync(login.Build(), limit), cancel);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new MqttCommunicationException($"the broker refuses the account, {result.ResultCode}");
        }
    }

    private async Task SubscribeAsync(IMqttClient client, string filter, CancellationToken cancel)
    {
        var subscription = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var result = await WithinAsync(limit => client.SubscribeAsync(subscription, limit), cancel);
        if (result.Items.First().ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
        {
            throw new MqttCommunicationException($"the broker refuses the subscription to {filter}, {result.Items.First().ResultCode}");
        }

        _wanted[filter].TrySetResult();
    }

    private async Task PublishAsync(IMqttClient client, QueuedMessage message, CancellationToken cancel)
    {
        var result = await WithinAsync(
            limit => client.PublishAsync(
                new MqttApplicationMessage
                {
                    Topic = message.Topic,
                    Payload = new ReadOnlySequence<byte>(message.Payload),
                    QualityOfServiceLevel = message.IsReliable ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
                },
                limit),
            cancel);
        if (!result.IsSuccess)
        {
            logger.LogWarning("The broker refuses a message on {Topic}: {Reason}", message.Topic, result.ReasonCode);
        }
    }

    /// <summary>MQTTnet waits for ever for an answer that nobody limits.</summary>
    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttCommunicationTimedOutException && !cancel.IsCancellationRequested)
        {
            throw new MqttCommunicationException($"the broker did not answer within {options.AnswerTimeout.TotalSeconds} s");
        }
    }

    private Task Take(MqttApplicationMessageReceivedEventArgs args)
    {
        var message = args.ApplicationMessage;
        var payload = message.Payload.IsSingleSegment ? message.Payload.First : message.Payload.ToArray();
        if (Interlocked.Add(ref _receivedBytes, SizeOf(payload)) > options.MaxReceivedBytes)
        {
            Interlocked.Add(ref _receivedBytes, -SizeOf(payload));
            Interlocked.Increment(ref _dropped);
        }
        else
        {
            _received.Writer.TryWrite(new LinkMessage(message.Topic, payload, message.Retain, time.GetUtcNow()));
        }

        return Task.CompletedTask;
    }

    /// <summary>Counted for a message that waits to be read: an empty one takes memory too.</summary>
    private static int SizeOf(ReadOnlyMemory<byte> payload) => payload.Length + 100;

    /// <summary>Says why once, not at every attempt.</summary>
    private void SayLost(Exception problem)
    {
        var reason = problem.GetBaseException().Message;
        if (reason != _said && !_stop.IsCancellationRequested)
        {
            _said = reason;
            logger.LogWarning("No link to the MQTT broker {Host}:{Port}: {Reason}; trying again", options.Host, options.Port, reason);
        }
    }

    private static async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The link has ended first.
        }
    }
}
