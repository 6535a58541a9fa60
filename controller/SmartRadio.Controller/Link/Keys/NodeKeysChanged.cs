using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Link.Keys;

/// <summary>What a node's messages are sealed with changed.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Change">How.</param>
public sealed record NodeKeysChanged(string NodeId, KeyChange Change) : IEvent
{
    public IEnumerable<Subject> About => [new("node", NodeId)];
}

public enum KeyChange
{
    /// <summary>A device got its secret.</summary>
    Given,

    /// <summary>A next secret waits for the node.</summary>
    Rotating,

    /// <summary>The node has used its next secret: there is no other from now on.</summary>
    Rotated,

    Revoked,
}
