using System.Net;

namespace SmartRadio.Mqtt.Broker;

/// <summary>What a client wanted.</summary>
public enum MqttOperation
{
    Connect,
    Publish,
    Subscribe,
}

/// <summary>Somebody was refused something.</summary>
/// <param name="ClientId">As the client gave it; empty when it gave none, or never got so far.</param>
/// <param name="UserName">As the client gave it, believed or not.</param>
/// <param name="RemoteEndPoint">Where it came from.</param>
/// <param name="Operation">What it wanted.</param>
/// <param name="Topic">The topic or filter; of a CONNECT that of the will, if that was the trouble.</param>
/// <param name="Reason">What the client was told, if its version can be told.</param>
public sealed record MqttRefusal(string ClientId, string? UserName, EndPoint? RemoteEndPoint, MqttOperation Operation, string? Topic, MqttReasonCode Reason);

/// <summary>
/// Is told who was refused what. Called from the connections' own threads: it must be quick. Of a flood only the first in each
/// second are told, <see cref="BrokerStatistics"/> counts all.
/// </summary>
public interface IMqttRefusals
{
    void Refused(MqttRefusal refusal);
}
