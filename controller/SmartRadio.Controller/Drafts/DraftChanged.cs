using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Drafts;

/// <summary>A draft was saved or discarded.</summary>
public sealed record DraftChanged(string Key) : IEvent
{
    public IEnumerable<Subject> About => [];
}
