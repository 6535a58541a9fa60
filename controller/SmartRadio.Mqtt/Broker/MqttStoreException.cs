namespace SmartRadio.Mqtt.Broker;

/// <summary>The file of <see cref="MqttBrokerOptions.StorePath"/> cannot be used.</summary>
public sealed class MqttStoreException(string path, Exception inner)
    : IOException($"{path} cannot be used as the store of the MQTT broker: {inner.Message}", inner)
{
    public string Path { get; } = path;
}
