using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>Takes back that a schedule was cancelled, for as long as a slip takes to be seen.</summary>
public sealed class RestoreSchedule(AuditedChanges changes, WithdrawnBroadcasts withdrawn, LocalTime local)
{
    /// <summary>A page offers it for a minute; a slow line may take some of it.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.UnknownSchedule"/>, <see cref="BroadcastRefusal.TooLateToRestore"/>,
    /// <see cref="ScheduleRefusal.ReplacedMeanwhile"/>: another one of its series airs on its days, such as the one that took its
    /// place; <see cref="Bulletins.BulletinRefusal.AuthorIsApprover"/>.
    /// </exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Write, "schedule.restore", async (change, token) =>
        {
            var schedule = await ScheduleChanges.FindAsync(change, id, token, isCancelled: true);
            var now = local.Now;
            if (schedule.CancelledAt is not { } cancelled || now - cancelled > Within)
            {
                throw new RefusedException(BroadcastRefusal.TooLateToRestore);
            }

            if (await ScheduleChanges.AiringInsteadAsync(change.Db, schedule, token) is { } other)
            {
                throw new RefusedException(ScheduleRefusal.ReplacedMeanwhile, other.Id, other.From);
            }

            schedule.CancelledAt = null;
            await withdrawn.MakeAgainAsync(change, schedule, cancelled, now, token);
            return change.Report(schedule, $"schedule {id}", new { Cancelled = cancelled });
        }, cancellationToken);
}
