using Quartz;

namespace SmartRadio.Controller.Schedules;

/// <summary>Every hour takes all schedules further, so that the horizon moves on for those that air seldom.</summary>
[DisallowConcurrentExecution]
internal sealed class PlanAheadJob(SchedulePlanner planner) : IJob
{
    public static TimeSpan Interval { get; } = TimeSpan.FromHours(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await planner.PlanAllAsync(cancellationToken);
}
