namespace SmartRadio.Controller.Link;

/// <summary>
/// The controller's way to the broker, embedded or not: the seam behind which MQTT stands in the program and a virtual network in
/// the simulation.
/// </summary>
public interface IMessageBus
{
    bool IsConnected { get; }

    /// <summary>What arrives on the subscribed topics, in order; for one reader.</summary>
    IAsyncEnumerable<BusMessage> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Kept over reconnections.</summary>
    Task SubscribeAsync(string filter, CancellationToken cancellationToken);

    /// <summary>
    /// Queues without waiting. False when the link is down or its queue is full: whoever must be sure of the effect finds
    /// out from what the node reports, not from this call.
    /// </summary>
    /// <param name="topic">The topic, without wildcards.</param>
    /// <param name="payload">Owned by the bus from here on.</param>
    /// <param name="reliable">At least once instead of at most once.</param>
    bool TryPublish(string topic, ReadOnlyMemory<byte> payload, bool reliable);
}

/// <summary>A message as it arrived.</summary>
/// <param name="Topic">Full topic.</param>
/// <param name="Payload">Unchecked bytes.</param>
/// <param name="Retained">It was sent before we subscribed and may be long out of date.</param>
/// <param name="ReceivedAt">When this process took it from the link.</param>
public sealed record BusMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained, DateTimeOffset ReceivedAt);
