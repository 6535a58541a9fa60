using System.Net;

namespace SmartRadio.Mqtt.Broker;

/// <summary>Another program listens where the broker should.</summary>
public sealed class MqttPortTakenException(IPEndPoint endPoint, Exception inner)
    : IOException($"Port {endPoint.Port} on {endPoint.Address} is taken by another program.", inner)
{
    public IPEndPoint EndPoint { get; } = endPoint;
}
