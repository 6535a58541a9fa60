using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Controller.Schedules;

/// <summary>How schedules become broadcasts.</summary>
public sealed class ScheduleOptions
{
    /// <summary>How far ahead schedules are turned into broadcasts and put into nodes' plans.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan PlanAhead { get; set; } = TimeSpan.FromDays(7);
}
