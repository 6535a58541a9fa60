using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Groups;

/// <summary>Other nodes are in a group than before.</summary>
public sealed record GroupMembersSet(long GroupId) : IEvent
{
    public IEnumerable<Subject> About => [];
}
