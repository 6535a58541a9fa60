using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Client;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>The node's link over a real MQTT client, which queues and subscribes again by itself.</summary>
internal sealed class MqttLink(MqttClient client, ILogger logger, CancellationToken stopping) : ILink
{
    public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
    {
        var sent = client.TryPublish(new MqttMessage(topic, payload) { QualityOfService = Quality(atLeastOnce), Retain = retain });
        if (!sent)
        {
            logger.LogDebug("Off-line or too much queued: a message on {Topic} was dropped", topic);
        }
    }

    public void Subscribe(string filter, bool atLeastOnce) =>
        Watch(client.SubscribeAsync(filter, Quality(atLeastOnce), stopping), filter);

    public void Unsubscribe(string filter) => Watch(client.UnsubscribeAsync(filter, stopping), filter);

    private static MqttQualityOfService Quality(bool atLeastOnce) =>
        atLeastOnce ? MqttQualityOfService.AtLeastOnce : MqttQualityOfService.AtMostOnce;

    private void Watch(Task asked, string filter) =>
        _ = asked.ContinueWith(
            task => logger.LogWarning("{Filter} was refused: {Reason}", filter, task.Exception!.GetBaseException().Message),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
}
