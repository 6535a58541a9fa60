using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>A node's link: a new MQTT client for each connection, as on the device. It can be cut like a cable.</summary>
/// <param name="identity">As whom it connects.</param>
/// <param name="setting">Where.</param>
/// <param name="news">Told what becomes of the link.</param>
/// <param name="logger">Takes what was dropped or rejected.</param>
internal sealed class NodeConnection(NodeIdentity identity, FleetSetting setting, LinkNews news, ILogger logger) : ILink
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly Lock _delivery = new();
    private TaskCompletionSource _changed = NewSignal();
    private volatile PublishQueue? _outbox;
    private bool _isCut;

    public event Action? Connected;

    public event Action? Disconnected;

    /// <summary>An attempt led to nothing.</summary>
    public event Action? Failed;

    public event Action<string, byte[]>? Received;

    /// <summary>What an attempt costs the node.</summary>
    public ConnectingCost Cost { get; } = new(setting.Profile, setting.Time);

    /// <summary>True while the cable is cut.</summary>
    public bool IsCut
    {
        get => _isCut;
        set
        {
            lock (_gate)
            {
                _isCut = value;
                _changed.TrySetResult();
                _changed = NewSignal();
            }
        }
    }

    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain) =>
        Check(_outbox?.TryAdd(Message(topic, payload, atLeastOnce, retain)), topic);

    public void Subscribe(string filter, bool atLeastOnce) => Check(_outbox?.TrySubscribe(filter, Quality(atLeastOnce)), filter);

    public void Unsubscribe(string filter) => Check(_outbox?.TryUnsubscribe(filter), filter);

    /// <summary>Keeps the link up until cancelled.</summary>
    /// <param name="cancellationToken">Ends it, with a farewell.</param>
    /// <param name="powerCut">Ends it without one.</param>
    public async Task RunAsync(CancellationToken cancellationToken, CancellationToken powerCut)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, powerCut);
        var pause = FirstPause;
        while (!end.IsCancellationRequested)
        {
            var changed = _changed.Task;
            if (_isCut)
            {
                await changed.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            if (await TryAsync(changed, end.Token, powerCut))
            {
                pause = FirstPause;
            }
            else
            {
                Cost.Failed();
                Failed?.Invoke();
            }

            // Between half and all of the pause, so that many nodes do not come back at once.
            var wait = pause * (0.5 + (Random.Shared.NextDouble() / 2));
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.WhenAny(changed, Task.Delay(wait, setting.Time, end.Token));
        }

        // Whoever comes in its place is counted anew.
        news.Away(isCut: false);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static MqttQualityOfServiceLevel Quality(bool atLeastOnce) =>
        atLeastOnce ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce;

    private static MqttApplicationMessage Message(string topic, byte[] payload, bool atLeastOnce, bool retain) =>
        new()
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = Quality(atLeastOnce),
            Retain = retain
        };

    private async Task<bool> TryAsync(Task changed, CancellationToken end, CancellationToken powerCut)
    {
        try
        {
            return await Cost.PayAsync(end) && await UseAsync(changed, end, powerCut);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <returns>Whether there was a connection.</returns>
    private async Task<bool> UseAsync(Task changed, CancellationToken end, CancellationToken powerCut)
    {
        using var client = FencedChannel.CreateClient();
        using var off = CancellationTokenSource.CreateLinkedTokenSource(end);
        var lost = new TaskCompletionSource<LinkEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += ended =>
        {
            lost.TrySetResult(LinkEnd.Of(ended));
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += Take;
        var outbox = new PublishQueue(client, setting.Time, logger);
        var over = Task.WhenAny(changed, Task.Delay(Timeout.InfiniteTimeSpan, setting.Time, off.Token));
        try
        {
            if (await ConnectAsync(client, over, off.Token) is { } failure)
            {
                news.Ended(failure);
                return false;
            }

            _outbox = outbox;
            news.Connected();
            Cost.Connected();
            Connected?.Invoke();
            var sending = SendAsync(outbox, lost, off.Token);
            await Task.WhenAny(over, lost.Task);
            if (end.IsCancellationRequested && !powerCut.IsCancellationRequested)
            {
                await SayOfflineAsync(client);
            }

            await off.CancelAsync();
            await sending;
        }
        catch (OperationCanceledException)
        {
            // It was to end while it connected.
            news.Away(_isCut);
            return false;
        }
        finally
        {
            await off.CancelAsync();
        }

        lock (_delivery)
        {
            _outbox = null;
        }

        if (changed.IsCompleted || end.IsCancellationRequested)
        {
            news.Away(_isCut);
        }
        else
        {
            news.Ended(await lost.Task);
        }

        Disconnected?.Invoke();
        return true;
    }

    /// <returns>Null when the link is up.</returns>
    private async Task<LinkEnd?> ConnectAsync(IMqttClient client, Task over, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        try
        {
            var login = NodeLogin.Of(identity, setting.Broker)
                .WithWillTopic(Topics.Here(identity.Name))
                .WithWillPayload(Topics.Offline)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .WithWillRetain();
            var connecting = client.ConnectAsync(login.Build(), limit.Token);
            var patience = Task.Delay(ConnectTimeout, setting.Time, limit.Token);
            var first = await Task.WhenAny(connecting, patience, over);
            if (first != connecting)
            {
                await limit.CancelAsync();
                await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return first == patience && !end.IsCancellationRequested
                    ? new LinkEnd(Problem: new TimeoutException("it does not answer"))
                    : throw new OperationCanceledException();
            }

            await limit.CancelAsync();
            var result = await connecting;
            return result.ResultCode == MqttClientConnectResultCode.Success ? null : new LinkEnd(Rejection: result.ResultCode);
        }
        catch (Exception e)
        {
            // MQTTnet says in its own way that it was cancelled.
            return over.IsCompleted || end.IsCancellationRequested
                ? throw new OperationCanceledException()
                : new LinkEnd(Problem: e);
        }
    }

    private static async Task SendAsync(PublishQueue outbox, TaskCompletionSource<LinkEnd> lost, CancellationToken off)
    {
        try
        {
            await outbox.SendAsync(off);
        }
        catch (Exception e)
        {
            lost.TrySetResult(new LinkEnd(Problem: e));
        }
    }

    private Task Take(MqttApplicationMessageReceivedEventArgs args)
    {
        var payload = args.ApplicationMessage.Payload;
        var bytes = SequenceMarshal.TryGetArray(payload, out var segment) && segment.Count == segment.Array!.Length
            ? segment.Array
            : payload.ToArray();
        lock (_delivery)
        {
            // What still comes after the end would reach the node's successor.
            if (_outbox is not null)
            {
                Received?.Invoke(args.ApplicationMessage.Topic, bytes);
            }
        }

        return Task.CompletedTask;
    }

    private void Check(bool? isQueued, string topic)
    {
        if (isQueued != true)
        {
            logger.LogDebug("Off-line or too much queued: a message on {Topic} was dropped", topic);
        }
    }

    /// <summary>An orderly farewell keeps the broker from publishing the will, so the node says it itself.</summary>
    private async Task SayOfflineAsync(IMqttClient client)
    {
        using var limit = new CancellationTokenSource(Farewell, setting.Time);
        try
        {
            await client.PublishAsync(
                Message(Topics.Here(identity.Name), Encoding.UTF8.GetBytes(Topics.Offline), true, true), limit.Token);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        }
        catch (Exception e)
            when (e is OperationCanceledException or MqttCommunicationException or MqttClientNotConnectedException
                or InvalidOperationException)
        {
            logger.LogInformation("Node {Node} left without saying so: {Reason}", identity.Name, e.Message);
        }
    }
}
