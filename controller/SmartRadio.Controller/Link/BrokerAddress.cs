using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Controller.Link;

/// <summary>Where nodes find the broker.</summary>
/// <param name="options">What is set.</param>
/// <param name="embedded">The broker of this process, or null.</param>
public sealed class BrokerAddress(IOptions<MqttOptions> options, EmbeddedBroker? embedded = null)
{
    /// <param name="reached">The host by which whoever asks has reached the controller: the embedded broker is there too.</param>
    public (string Host, int Port, bool IsTls) For(string reached)
    {
        var mqtt = options.Value;
        var isTls = mqtt.NodeTls || (mqtt.NodePort is null && embedded?.TlsEndPoint is not null);
        var own = isTls ? embedded?.TlsEndPoint ?? embedded?.EndPoint : embedded?.EndPoint;
        return (mqtt.NodeHost ?? mqtt.Host ?? reached, mqtt.NodePort ?? own?.Port ?? mqtt.Port, isTls);
    }
}
