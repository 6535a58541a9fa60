using SmartRadio.Mqtt.Broker.Routing;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>What to publish when a connection breaks, and how many seconds later.</summary>
internal sealed record ConnectionWill(Publication Message, uint DelayInterval);
