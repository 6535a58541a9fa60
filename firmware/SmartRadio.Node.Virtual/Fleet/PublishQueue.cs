using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>What a node sends over one connection, in order and bounded: its calls only enqueue, as on the device.</summary>
internal sealed class PublishQueue(IMqttClient client, TimeProvider time, ILogger logger)
{
    /// <summary>Messages and requests that may wait. A node that reports its receipts of a week at once needs fewer.</summary>
    private const int MaxWaiting = 256;

    private const int MaxBytes = 1024 * 1024;

    /// <summary>Messages at QoS 1 that may be under way.</summary>
    private const int MaxUnacknowledged = 64;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly Channel<Request> _waiting = Channel.CreateBounded<Request>(MaxWaiting);
    private int _bytes;

    /// <returns>False when too much waits.</returns>
    public bool TryAdd(MqttApplicationMessage message)
    {
        var bytes = (int)message.Payload.Length;
        var isAdded = Interlocked.Add(ref _bytes, bytes) <= MaxBytes
            && _waiting.Writer.TryWrite(
                new Request(
                    bytes, message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce,
                    limit => client.PublishAsync(message, limit)));
        Interlocked.Add(ref _bytes, isAdded ? 0 : -bytes);
        return isAdded;
    }

    public bool TrySubscribe(string filter, MqttQualityOfServiceLevel quality) =>
        _waiting.Writer.TryWrite(new Request(0, false, async limit =>
    {
        var options = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, quality).Build();
        var granted = (await client.SubscribeAsync(options, limit)).Items.First().ResultCode;
        if (granted > MqttClientSubscribeResultCode.GrantedQoS2)
        {
            logger.LogWarning("{Filter} was rejected: {Reason}", filter, granted);
        }
    }));

    public bool TryUnsubscribe(string filter) => _waiting.Writer.TryWrite(new Request(0, false, limit =>
        client.UnsubscribeAsync(new MqttClientUnsubscribeOptionsBuilder().WithTopicFilter(filter).Build(), limit)));

    /// <summary>Sends until cancelled.</summary>
    /// <exception cref="MqttCommunicationException">The connection is of no use any more.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var window = new SemaphoreSlim(MaxUnacknowledged);
        await foreach (var request in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            Interlocked.Add(ref _bytes, -request.Bytes);
            if (request.IsPipelined)
            {
                await window.WaitAsync(cancellationToken);
                _ = PipelineAsync(request);
            }
            else
            {
                await WithinAsync(request, cancellationToken);
            }
        }

        async Task PipelineAsync(Request request)
        {
            try
            {
                await WithinAsync(request, cancellationToken);
            }
            catch (Exception e)
            {
                // Ends the loop above.
                _waiting.Writer.TryComplete(e);
            }
            finally
            {
                window.Release();
            }
        }
    }

    /// <summary>MQTTnet waits for ever for an answer that nobody limits.</summary>
    private async Task WithinAsync(Request request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await request.SendAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MqttCommunicationException("no answer");
        }
    }

    /// <param name="Bytes">Of its payload.</param>
    /// <param name="IsPipelined">The next is sent before this one is acknowledged.</param>
    /// <param name="SendAsync">Ends when it is sent and answered.</param>
    private sealed record Request(int Bytes, bool IsPipelined, Func<CancellationToken, Task> SendAsync);
}
