using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Link.Usage;

/// <summary>Somebody set how many bytes a month a node may be sent.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Bytes">Null = as many as it takes.</param>
public sealed record DataBudgetSet(string NodeId, long? Bytes) : IEvent
{
    public IEnumerable<Subject> About => [new("node", NodeId)];
}
