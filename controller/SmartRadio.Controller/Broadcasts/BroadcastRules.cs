using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What a person may not ask for, checked when it is asked; the node enforces the same on its own.</summary>
public sealed class BroadcastRules(LocalTime clock, IOptions<LimitOptions> limits)
{
    public static readonly TimeSpan MaxTolerance = TimeSpan.FromHours(12);

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Classes a person may choose; relays and live sound have their own doors.</summary>
    /// <exception cref="RefusedException">Any other class.</exception>
    public static void CheckClass(BroadcastClass broadcastClass)
    {
        if (broadcastClass is not (BroadcastClass.Normal or BroadcastClass.Priority or BroadcastClass.Emergency))
        {
            throw new RefusedException(BroadcastRefusal.UnknownClass);
        }
    }

    /// <summary>
    /// Whether what a person airs now is an exercise: in all areas that hear it people exercise. An emergency never is one.
    /// </summary>
    internal static bool IsExercise(
        AreaTree tree, IReadOnlyCollection<long> areas, BroadcastClass broadcastClass, DateTimeOffset now) =>
        broadcastClass != BroadcastClass.Emergency && tree.AreInExercise(areas, now);

    /// <summary>
    /// Counts what people aired and is not over, and what one person aired within 24 hours; schedules have a limit of their own.
    /// Emergencies have as many places again, so that nothing else takes theirs.
    /// </summary>
    /// <exception cref="RefusedException">Another would be beyond <see cref="LimitOptions"/>.</exception>
    public async Task CheckCountAsync(
        RadioDb db, BroadcastClass broadcastClass, string? personId, CancellationToken cancellationToken)
    {
        var isEmergency = broadcastClass == BroadcastClass.Emergency;
        var open = db.Broadcasts.Where(broadcast => broadcast.State == BroadcastState.Planned && broadcast.ScheduleId == null
            && (broadcast.Class == BroadcastClass.Emergency) == isEmergency);
        if (await open.CountAsync(broadcast => broadcast.CreatedById == personId, cancellationToken)
            >= limits.Value.PersonBroadcasts)
        {
            throw new RefusedException(BroadcastRefusal.TooManyOwnBroadcasts, limits.Value.PersonBroadcasts);
        }

        if (await open.CountAsync(cancellationToken) >= limits.Value.Broadcasts)
        {
            throw new RefusedException(BroadcastRefusal.TooManyBroadcasts, limits.Value.Broadcasts);
        }

        var since = clock.Now - Day;
        if (await db.Broadcasts.CountAsync(
            broadcast => broadcast.CreatedById == personId && broadcast.CreatedAt > since && broadcast.ScheduleId == null
                && (broadcast.Class == BroadcastClass.Emergency) == isEmergency, cancellationToken)
            >= limits.Value.PersonDayBroadcasts)
        {
            throw new RefusedException(BroadcastRefusal.TooManyDayBroadcasts, limits.Value.PersonDayBroadcasts);
        }
    }

    /// <exception cref="RefusedException">Negative or beyond <see cref="MaxTolerance"/>.</exception>
    public static void CheckTolerance(TimeSpan tolerance)
    {
        if (tolerance < TimeSpan.Zero || tolerance > MaxTolerance)
        {
            throw new RefusedException(BroadcastRefusal.ToleranceOutOfRange, (int)MaxTolerance.TotalMinutes);
        }
    }

    /// <summary>Nothing but an emergency may touch the quiet hours of any area that hears it.</summary>
    /// <exception cref="RefusedException">It would.</exception>
    public void CheckQuietHours(
        AreaTree tree, IEnumerable<long> areas, BroadcastClass broadcastClass, DateTimeOffset start, TimeSpan length)
    {
        if (broadcastClass != BroadcastClass.Emergency && tree.QuietArea(areas, clock.Of(start), length) is { } quiet)
        {
            throw new RefusedException(BroadcastRefusal.InQuietHours, quiet.Name, tree.QuietHoursOf(quiet.Id).ToString());
        }
    }
}
