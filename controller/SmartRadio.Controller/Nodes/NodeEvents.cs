using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Nodes;

/// <summary>A node's settings or standing changed.</summary>
public sealed record NodeChanged(string NodeId) : IEvent
{
    public IEnumerable<Subject> About => [new("node", NodeId)];
}

/// <summary>A node was taken into an area.</summary>
public sealed record NodeEnrolled(Node Node) : IEvent
{
    public IEnumerable<Subject> About => [new("node", Node.Id)];
}

/// <summary>Nodes have newer plans than they hold.</summary>
public sealed record PlansChanged(IReadOnlyCollection<string> NodeIds) : IEvent
{
    public IEnumerable<Subject> About => [];
}

/// <summary>A node said which plan it holds.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Number">Its plan's number; 0 = none.</param>
/// <param name="Fresh">It has just connected, so nothing is on its way.</param>
public sealed record PlanReported(string NodeId, long Number, bool Fresh) : IEvent
{
    public IEnumerable<Subject> About => [];
}
