using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>A schedule was added.</summary>
/// <param name="GoesFirst">As <see cref="ScheduleRequest.GoesFirst"/>.</param>
/// <param name="AllowsDouble">As <see cref="ScheduleRequest.AllowsDouble"/>.</param>
public sealed record ScheduleAdded(Schedule Schedule, bool? GoesFirst, bool AllowsDouble) : IEvent
{
    public IEnumerable<Subject> About => [new("schedule", Schedule.Id.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>A schedule airs at other times than before.</summary>
public sealed record ScheduleChanged(Schedule Schedule) : IEvent
{
    public IEnumerable<Subject> About => [new("schedule", Schedule.Id.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>A schedule was cancelled.</summary>
public sealed record ScheduleCancelled(long ScheduleId) : IEvent
{
    public IEnumerable<Subject> About => [new("schedule", ScheduleId.ToString(CultureInfo.InvariantCulture))];
}
