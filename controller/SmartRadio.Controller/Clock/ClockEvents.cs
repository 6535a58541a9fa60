using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Clock;

/// <summary>The machine's clock jumped, or the jump is over.</summary>
public sealed record ClockChanged : IEvent
{
    public IEnumerable<Subject> About => [new("clock")];
}

/// <summary>An administrator said that the machine's clock is right.</summary>
public sealed record ClockConfirmed : IEvent
{
    public IEnumerable<Subject> About => [new("clock")];
}
