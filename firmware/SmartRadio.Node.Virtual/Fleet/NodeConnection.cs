using System.Net.Security;
using System.Text;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Client;
using SmartRadio.Wire;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>A node's link over a real MQTT client, which reconnects and subscribes again by itself. It can be cut like a cable.</summary>
/// <param name="identity">As whom it connects.</param>
/// <param name="setting">Where.</param>
/// <param name="news">Told what becomes of the link.</param>
/// <param name="logger">Takes what was dropped or refused.</param>
internal sealed class NodeConnection(NodeIdentity identity, FleetSetting setting, LinkNews news, ILogger logger) : ILink
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private volatile MqttClient? _client;
    private bool _isCut;

    public event Action? Connected;

    public event Action? Disconnected;

    public event Action<string, byte[]>? Received;

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

    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
    {
        var sent = _client?.TryPublish(new MqttMessage(topic, payload) { QualityOfService = Quality(atLeastOnce), Retain = retain });
        if (sent != true)
        {
            logger.LogDebug("Off-line or too much queued: a message on {Topic} was dropped", topic);
        }
    }

    public void Subscribe(string filter, bool atLeastOnce) =>
        Watch(_client?.SubscribeAsync(filter, Quality(atLeastOnce), CancellationToken.None), filter);

    public void Unsubscribe(string filter) => Watch(_client?.UnsubscribeAsync(filter, CancellationToken.None), filter);

    /// <summary>Keeps the link up until cancelled.</summary>
    /// <param name="cancel">Ends it, with a farewell.</param>
    /// <param name="powerCut">Ends it without one.</param>
    public async Task RunAsync(CancellationToken cancel, CancellationToken powerCut)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, powerCut);
        while (!end.IsCancellationRequested)
        {
            var changed = _changed.Task;
            if (_isCut)
            {
                await changed.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            await using var client = new MqttClient(Options(), setting.Time, setting.Loggers.CreateLogger<MqttClient>());
            await UseAsync(client, changed, end.Token, powerCut);
        }
    }

    /// <summary>How whoever has a node's secret connects as the node, with TLS where the broker speaks it.</summary>
    public static MqttClientOptions LoginOf(NodeIdentity identity, BrokerAddress broker) => new()
    {
        Host = broker.Host,
        Port = broker.Port,
        Tls = broker.Tls ? new SslClientAuthenticationOptions { TargetHost = broker.Host } : null,
        ClientId = identity.Name,
        UserName = identity.Name,
        // It follows the node's newest secret.
        NewestPassword = () => Encoding.UTF8.GetBytes(identity.Keys.BrokerPassword),
    };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static MqttQualityOfService Quality(bool atLeastOnce) =>
        atLeastOnce ? MqttQualityOfService.AtLeastOnce : MqttQualityOfService.AtMostOnce;

    private static MqttMessage Presence(string node, string state) =>
        new(Topics.Here(node), Encoding.UTF8.GetBytes(state)) { Retain = true, QualityOfService = MqttQualityOfService.AtLeastOnce };

    private async Task UseAsync(MqttClient client, Task changed, CancellationToken end, CancellationToken powerCut)
    {
        var isUp = false;
        client.Connected += () =>
        {
            isUp = true;
            news.Connected();
            Connected?.Invoke();
        };
        client.Disconnected += ended =>
        {
            news.Ended(ended);
            // An attempt that failed ends as well, and was no link.
            if (isUp)
            {
                isUp = false;
                Disconnected?.Invoke();
            }
        };
        _client = client;
        var listening = ListenAsync(client);
        await client.StartAsync(CancellationToken.None);
        await Task.WhenAny(changed, listening, Task.Delay(Timeout.Infinite, end));
        if (end.IsCancellationRequested && !powerCut.IsCancellationRequested)
        {
            await SayOfflineAsync(client);
            await client.DisposeAsync();
        }
        else
        {
            await client.VanishAsync();
        }

        _client = null;
        news.Away(_isCut);
        await listening;
    }

    private async Task ListenAsync(MqttClient client)
    {
        await foreach (var message in client.Messages.ReadAllAsync(CancellationToken.None))
        {
            Received?.Invoke(message.Topic, message.Payload.ToArray());
        }
    }

    private MqttClientOptions Options() => LoginOf(identity, setting.Broker) with
    {
        MaxReconnectDelay = TimeSpan.FromSeconds(20),
        Will = Presence(identity.Name, Topics.Offline),
    };

    private void Watch(Task? asked, string filter) =>
        _ = asked?.ContinueWith(
            task => logger.LogWarning("{Filter} was refused: {Reason}", filter, task.Exception!.GetBaseException().Message),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);

    /// <summary>An orderly farewell keeps the broker from publishing the will, so the node says it itself.</summary>
    private async Task SayOfflineAsync(MqttClient client)
    {
        if (!client.IsConnected)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await client.PublishAsync(Presence(identity.Name, Topics.Offline), limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttRefusedException or MqttNotConnectedException)
        {
            logger.LogInformation("Node {Node} left without saying so: {Reason}", identity.Name, e.Message);
        }
    }
}
