using SmartRadio.Mqtt.Broker.Sessions;

namespace SmartRadio.Mqtt.Broker.Routing;

/// <summary>One session's wish for one filter. Sits in a node of the topic tree and knows its place there.</summary>
internal sealed class Subscription(Session session, MqttSubscription request, uint? identifier)
{
    public Session Session { get; } = session;

    public MqttSubscription Request { get; } = request;

    /// <summary>The identifier the client gave with it, or none.</summary>
    public uint[] Identifiers { get; } = identifier is { } given ? [given] : [];

    /// <summary>The list of the tree it is in, and where.</summary>
    public SubscriberList? List { get; set; }

    public int Index { get; set; }
}
