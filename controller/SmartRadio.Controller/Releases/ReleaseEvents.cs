using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Releases;

/// <summary>A release was added, or a rollout went on.</summary>
public sealed record ReleasesChanged : IEvent
{
    public IEnumerable<Subject> About => [new("release")];
}
