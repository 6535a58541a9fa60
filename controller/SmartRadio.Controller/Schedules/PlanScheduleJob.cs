using Quartz;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Runs at each air time of a schedule and plans its next ones. It is not what makes sound start: by then the nodes have long
/// held the broadcast in their plans.
/// </summary>
internal sealed class PlanScheduleJob(SchedulePlanner planner) : IJob
{
    public static JobKey Key { get; } = new("plan-schedule");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (!await planner.PlanAsync(AirTimes.ScheduleOf(context.Trigger.Key), cancellationToken))
        {
            await context.Scheduler.UnscheduleJob(context.Trigger.Key, cancellationToken);
        }
    }
}
