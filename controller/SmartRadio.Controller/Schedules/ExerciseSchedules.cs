using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Schedules;

/// <summary>Cancels what was scheduled in an exercise when it ends; its broadcasts are withdrawn with it.</summary>
public sealed class ExerciseSchedules(LocalTime local) : ITakePartIn<ExerciseEnded>
{
    public async Task TakePartAsync(Change change, ExerciseEnded happening, CancellationToken cancellationToken)
    {
        var areas = (await AreaQuery.LoadAsync(change.Db, cancellationToken)).WithDescendants([happening.AreaId]);
        var open = await change.Db.Schedules.Where(row => row.IsExercise && row.CancelledAt == null)
            .ToListAsync(cancellationToken);
        foreach (var schedule in open)
        {
            if ((await AudienceNodes.AreasAsync(change.Db, schedule.Audience, cancellationToken)).Any(areas.Contains))
            {
                schedule.CancelledAt = local.Now;
                change.Happens(new ScheduleCancelled(schedule.Id));
            }
        }
    }
}
