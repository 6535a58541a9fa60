using SmartRadio.Controller.Link.Keys;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Link;

/// <summary>Takes one kind of message from nodes; the room that owns what it means brings it.</summary>
public interface IUpHandler
{
    UpType Type { get; }

    /// <summary>
    /// Whether a counter that was used before makes the message a replay. Only a node that lost its counters is not held to it.
    /// </summary>
    bool IsBoundToCounter => true;

    /// <summary>Takes a message that is proved to be the node's.</summary>
    /// <returns>False when its body is malformed.</returns>
    ValueTask<bool> HandleAsync(UpMessage message, CancellationToken cancellationToken);
}

/// <summary>A message that is proved to be a node's.</summary>
public sealed record UpMessage(NodeKeyring Node, Envelope Envelope, DateTimeOffset At)
{
    public string NodeId => Node.NodeId;
}
