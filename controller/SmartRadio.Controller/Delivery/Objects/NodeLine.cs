namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>The line to one node, which all objects for it share: a node that asks for many gets no more than one that asks for
/// one.</summary>
internal sealed class NodeLine
{
    /// <summary>Until then it is taken by what was sent to the node alone. Who waited longest is served first.</summary>
    public DateTimeOffset FreeAt { get; set; }
}
