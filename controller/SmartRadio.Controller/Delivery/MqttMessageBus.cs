using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;

namespace SmartRadio.Controller.Delivery;

/// <summary>The bus over this project's MQTT client, to the embedded broker or any other: the same path for both.</summary>
/// <param name="options">Where the broker is.</param>
/// <param name="account">The controller's account there.</param>
/// <param name="time">Times reconnections and stamps what arrives.</param>
/// <param name="logger">Takes the client's log.</param>
/// <param name="embedded">The broker of this process, started before; null when another is used.</param>
public sealed class MqttMessageBus(
    IOptions<RadioOptions> options,
    BrokerAccount account,
    TimeProvider time,
    ILogger<MqttClient> logger,
    MqttBroker? embedded = null) : IMessageBus, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private MqttClient? _client;

    public bool IsConnected => _client is { IsConnected: true };

    private MqttClient Client => _client ?? throw new InvalidOperationException("The message bus has not been started.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var mqtt = options.Value.Mqtt;
        var clientOptions = new MqttClientOptions
        {
            Host = embedded?.EndPoint?.Address.ToString() ?? mqtt.Host ?? mqtt.Listen,
            Port = embedded?.EndPoint?.Port ?? mqtt.Port,
            ClientId = $"controller-{Environment.MachineName}-{Environment.ProcessId}",
            UserName = account.UserName,
            Password = account.Password,
            CleanStart = true,
            KeepAlive = KeepAlive,
        };
        _client = new MqttClient(clientOptions, time, logger);
        return _client.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _client?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? ValueTask.CompletedTask;

    public Task SubscribeAsync(string filter, CancellationToken cancel) =>
        Client.SubscribeAsync(filter, MqttQualityOfService.AtLeastOnce, cancel);

    public async IAsyncEnumerable<BusMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var message in Client.Messages.ReadAllAsync(cancel))
        {
            yield return new BusMessage(message.Topic, message.Payload, message.Retain, time.GetUtcNow());
        }
    }

    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable, TimeSpan? lifetime) =>
        Client.TryPublish(new MqttMessage(topic, payload)
        {
            QualityOfService = reliable ? MqttQualityOfService.AtLeastOnce : MqttQualityOfService.AtMostOnce,
            MessageExpiryInterval = lifetime is { } span ? (uint)Math.Clamp(span.TotalSeconds, 1, uint.MaxValue) : null,
        });
}
