using System.Text;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Client;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Node.Virtual.Recording;
using SmartRadio.Wire;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>Hosts one node: real MQTT, a folder as storage, sound into a file.</summary>
internal sealed class VirtualNode : IAsyncDisposable
{
    private const long StorageBytes = 256L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly FleetNode _identity;
    private readonly MqttClient _client;
    private readonly RecordingOutput _output;
    private readonly LoudspeakerNode _node;
    private readonly ILogger _logger;

    public VirtualNode(FleetNode identity, BrokerAddress broker, string folder, TimeProvider time, ILoggerFactory loggers)
    {
        _identity = identity;
        _logger = loggers.CreateLogger<VirtualNode>();
        var node = new NodeIdentity(identity.Id, identity.Secret, "virtual", "1.0");
        _client = new MqttClient(ClientOptions(node, broker), time, loggers.CreateLogger<MqttClient>());
        var clock = new SteadyClock(time);
        _output = new RecordingOutput(folder, node.Name, clock, time);
        _node = new LoudspeakerNode(node, new NodeHardware
        {
            Link = new MqttLink(_client, _logger, _stop.Token),
            Clock = clock,
            Files = new FolderFiles(Path.Combine(folder, node.Name), StorageBytes),
            Output = _output,
            Cipher = new AesCipher(),
            Sensors = new SteadySensors(),
            Jitter = new RandomJitter(),
        });
        _client.Connected += () => Tell(_node.Connected);
        _client.Disconnected += _ => Tell(_node.Disconnected);
    }

    /// <summary>Lives until cancelled, then says farewell.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await _client.StartAsync(CancellationToken.None);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stop.Token);
        var listening = ListenAsync();
        var polling = PollAsync(ending.Token);
        try
        {
            await await Task.WhenAny(polling, listening);
        }
        catch (OperationCanceledException)
        {
            await SayOfflineAsync();
        }
        finally
        {
            await _stop.CancelAsync();
            await _client.DisposeAsync();
            await Task.WhenAll(polling, listening).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _output.Dispose();
        _wake.Dispose();
        _stop.Dispose();
    }

    private static MqttClientOptions ClientOptions(NodeIdentity node, BrokerAddress broker) => new()
    {
        Host = broker.Host,
        Port = broker.Port,
        ClientId = node.Name,
        UserName = node.Name,
        // It follows the node's newest secret.
        NewestPassword = () => Encoding.UTF8.GetBytes(node.Keys.BrokerPassword),
        MaxReconnectDelay = TimeSpan.FromSeconds(20),
        Will = Presence(node.Name, Topics.Offline),
    };

    private static MqttMessage Presence(string node, string state) =>
        new(Topics.Here(node), Encoding.UTF8.GetBytes(state)) { Retain = true, QualityOfService = MqttQualityOfService.AtLeastOnce };

    private async Task PollAsync(CancellationToken cancel)
    {
        while (true)
        {
            int wait;
            lock (_gate)
            {
                wait = _node.Poll();
            }

            if (wait == 0)
            {
                cancel.ThrowIfCancellationRequested();
                continue;
            }

            await _wake.WaitAsync(wait, cancel);
        }
    }

    private async Task ListenAsync()
    {
        await foreach (var message in _client.Messages.ReadAllAsync(CancellationToken.None))
        {
            Tell(() => _node.Received(message.Topic, message.Payload.ToArray()));
        }
    }

    private void Tell(Action what)
    {
        lock (_gate)
        {
            what();
        }

        _wake.Release();
    }

    /// <summary>An orderly farewell keeps the broker from publishing the will, so the node says it itself.</summary>
    private async Task SayOfflineAsync()
    {
        if (!_client.IsConnected)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _client.PublishAsync(Presence(Hex.Encode(_identity.Id), Topics.Offline), limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttRefusedException or MqttNotConnectedException)
        {
            _logger.LogInformation("Node {Node} left without saying so: {Reason}", _identity.Name, e.Message);
        }
    }
}
