using Microsoft.Extensions.Logging;
using Quartz;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Keeps Quartz's store in step with the schedules. The rows are what counts: a trigger that a crash kept from being stored is
/// made up for when the plans are next looked through, and one too many takes itself out when it fires.
/// </summary>
public sealed class ScheduleTriggers(
    ISchedulerFactory schedulers, AirTimes airTimes, LocalTime local, ILogger<ScheduleTriggers> logger)
    : IReactTo<ScheduleAdded>, IReactTo<ScheduleChanged>, IReactTo<ScheduleCancelled>
{
    public Task ReactAsync(ScheduleAdded happened, CancellationToken cancellationToken) =>
        EnsureAsync(happened.Schedule, cancellationToken);

    public async Task ReactAsync(ScheduleChanged happened, CancellationToken cancellationToken)
    {
        await RemoveAsync(happened.Schedule.Id, cancellationToken);
        await EnsureAsync(happened.Schedule, cancellationToken);
    }

    public Task ReactAsync(ScheduleCancelled happened, CancellationToken cancellationToken) =>
        RemoveAsync(happened.ScheduleId, cancellationToken);

    /// <summary>Stores the schedule's triggers unless they are there, or the rule has no time left.</summary>
    public async Task EnsureAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (airTimes.NextAfter(schedule, local.Now) is null)
        {
            return;
        }

        try
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            foreach (var trigger in airTimes.TriggersOf(schedule).Where(each => each.GetFireTimeAfter(local.Now) is not null))
            {
                await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellationToken);
            }
        }
        catch (SchedulerException problem)
        {
            logger.LogError(
                problem,
                "Quartz did not take the trigger of schedule {Schedule}; it is offered again within the hour", schedule.Id);
        }
    }

    private async Task RemoveAsync(long scheduleId, CancellationToken cancellationToken)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            await scheduler.UnscheduleJobs(AirTimes.KeysOf(scheduleId), cancellationToken);
        }
        catch (SchedulerException problem)
        {
            logger.LogWarning(problem, "The trigger of schedule {Schedule} stays until it fires", scheduleId);
        }
    }
}
