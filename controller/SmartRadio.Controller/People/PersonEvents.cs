using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.People;

/// <summary>A person was added, or what is known of one changed.</summary>
public sealed record PersonChanged(string PersonId) : IEvent
{
    public IEnumerable<Subject> About => [new("person", PersonId)];
}
