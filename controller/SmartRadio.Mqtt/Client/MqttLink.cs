using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
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

    /// <summary>Bytes of the largest packet that is taken; the broker is told. As much as the controller may send.</summary>
    private const int MaxPacket = 1024 * 1024;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private static readonly SocketConnectionContextFactory Sockets = new(new(), NullLogger.Instance);

    private readonly SendQueue _queue = new(options);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _wanted = new(StringComparer.Ordinal);
    private readonly Channel<LinkMessage> _received = Channel.CreateUnbounded<LinkMessage>();
    private readonly CancellationTokenSource _stop = new();
    private readonly ReconnectDelay _delay = new(options.FirstReconnectDelay, options.MaxReconnectDelay, Random.Shared);
    private Task _running = Task.CompletedTask;
    private volatile IMqttClient? _client;
    private string? _said;
    private long _receivedBytes;
    private long _dropped;

    public bool IsConnected => _client is { IsConnected: true };

    /// <summary>Messages dropped because nobody read them in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Connects in the background, and again whenever the connection is lost, until stopped.</summary>
    public void Start() => _running = RunAsync();

    /// <summary>Subscribes over this and all later connections. Waits for the first time that the broker grants it.</summary>
    public async Task SubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        var granted = _wanted.GetOrAdd(filter, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        // Over this connection; each later one subscribes to all that is wanted.
        _queue.TryAdd((client, over) => granted.Task.IsCompleted ? granted.Task : SubscribeAsync(client, filter, over), 0, false);
        await granted.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Queues without waiting.</summary>
    /// <param name="topic">Without wildcards.</param>
    /// <param name="payload">The link's from here on.</param>
    /// <param name="reliable">QoS 1: sent again over the next connection until acknowledged.</param>
    /// <returns>False when the link is down or too much waits.</returns>
    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = reliable ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
        };
        return IsConnected && _queue.TryAdd((client, over) => PublishAsync(client, message, over), payload.Length, reliable);
    }

    /// <summary>What arrives, in order, for one reader.</summary>
    public async IAsyncEnumerable<LinkMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _received.Reader.ReadAllAsync(cancellationToken))
        {
            Interlocked.Add(ref _receivedBytes, -SizeOf(message.Payload));
            yield return message;
        }
    }

    /// <summary>Says farewell and stays down. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _received.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await UseConnectionAsync();
            }
            catch (Exception e)
            {
                SayLost(e.GetBaseException().Message);
            }

            await Task.Delay(_delay.Next(), time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Connects, and sends what waits until the connection is lost, which is an exception, or the link stops.</summary>
    private async Task UseConnectionAsync()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var lost = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new MqttClientFactory().CreateMqttClient(await DialAsync(over.Token));
        client.ApplicationMessageReceivedAsync += Take;
        client.DisconnectedAsync += ended =>
        {
            lost.TrySetResult(
                ended.Exception ?? new MqttCommunicationException($"the broker ended the connection, {ended.Reason}"));
            return Task.CompletedTask;
        };
        await SignInAsync(client, over.Token);
        _queue.Begin();
        _client = client;
        var sending = SendAsync(client, reason => lost.TrySetResult(reason), over.Token);
        var reason = await lost.Task;
        _client = null;
        await over.CancelAsync();
        await sending;
        if (_stop.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(Farewell, time);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        }

        throw reason;
    }

    private async Task<PacketConnection> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        (socket.SendBufferSize, socket.ReceiveBufferSize) = (SocketBuffer, SocketBuffer);
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken).AsTask()
                .WaitAsync(options.AnswerTimeout, time, cancellationToken);
            var connection = options.Tls is { } tls
                ? await TlsConnection.OpenAsync(socket, tls, cancellationToken)
                    .WaitAsync(options.AnswerTimeout, time, cancellationToken)
                : Sockets.Create(socket);
            var formatter = new MqttPacketFormatterAdapter(MqttProtocolVersion.V500, new MqttBufferWriter(4096, MaxPacket));
            return new PacketConnection(connection, formatter, Farewell) { MaxPacket = MaxPacket };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task SignInAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var login = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.Port)
            .WithMaximumPacketSize(MaxPacket)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(options.ClientId)
            .WithCleanStart()
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(options.AnswerTimeout);
        if (options.UserName is { } userName)
        {
            login.WithCredentials(userName, options.Password.ToArray());
        }

        var result = await WithinAsync(client.ConnectAsync(login.Build(), cancellationToken));
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new MqttCommunicationException($"the broker rejects the account, {result.ResultCode}");
        }
    }

    private async Task SubscribeAsync(IMqttClient client, string filter, CancellationToken cancellationToken)
    {
        var wanted = new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
        var subscribing = client.SubscribeAsync(new MqttClientSubscribeOptions { TopicFilters = [wanted] }, cancellationToken);
        var result = (await WithinAsync(subscribing)).Items.First().ResultCode;
        if (result > MqttClientSubscribeResultCode.GrantedQoS2)
        {
            throw new MqttCommunicationException($"the broker rejects the subscription to {filter}, {result}");
        }

        _wanted[filter].TrySetResult();
    }

    /// <summary>Subscribes to all that is wanted and sends what waits, until the connection is over.</summary>
    private async Task SendAsync(IMqttClient client, Action<Exception> giveUp, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var filter in _wanted.Keys)
            {
                await SubscribeAsync(client, filter, cancellationToken);
            }

            _delay.Reset();
            _said = null;
            logger.LogInformation("Connected to the MQTT broker {Host}:{Port}", options.Host, options.Port);
            await _queue.SendAsync(client, giveUp, cancellationToken);
        }
        catch (Exception e)
        {
            giveUp(e);
        }
    }

    private async Task PublishAsync(IMqttClient client, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        var result = await WithinAsync(client.PublishAsync(message, cancellationToken));
        if (!result.IsSuccess)
        {
            logger.LogWarning("The broker rejects a message on {Topic}: {Reason}", message.Topic, result.ReasonCode);
        }
    }

    /// <summary>MQTTnet waits for ever for an answer that nobody limits.</summary>
    private async Task<T> WithinAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(options.AnswerTimeout, time);
        }
        catch (TimeoutException)
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
    private void SayLost(string reason)
    {
        if (reason != _said && !_stop.IsCancellationRequested)
        {
            _said = reason;
            const string text = "No link to the MQTT broker {Host}:{Port}: {Reason}; trying again";
            logger.LogWarning(text, options.Host, options.Port, reason);
        }
    }
}
