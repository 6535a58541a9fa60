using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Areas;

/// <summary>
/// Begins or ends an exercise in an area and all below it: what people air or schedule there meanwhile no loudspeaker hears,
/// but for an emergency. What was planned before goes on air.
/// </summary>
public sealed class SetExercise(AuditedChanges changes, LocalTime local)
{
    /// <summary>It ends by itself: nobody is to find out days later that nothing was heard.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <exception cref="RefusedException"><see cref="AreaRefusal.UnknownArea"/>.</exception>
    public Task HandleAsync(long areaId, bool on, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "area.exercise", async (change, token) =>
        {
            var area = await change.Db.Areas.FindAsync([areaId], token)
                ?? throw new RefusedException(AreaRefusal.UnknownArea, areaId);
            change.At(area.Id);
            area.ExerciseUntil = on ? local.Now + Longest : null;
            await change.Db.SaveChangesAsync(token);
            change.Happens(on ? new AreaChanged(area.Id) : new ExerciseEnded(area.Id));
            return change.Report(area, $"area {area.Id}", new { area.ExerciseUntil });
        }, cancellationToken);
}
