using SmartRadio.Controller.Areas;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>What a person may not ask for, checked when it is asked; the node enforces the same on its own.</summary>
public sealed class BroadcastRules(LocalTime clock)
{
    public static readonly TimeSpan MaxTolerance = TimeSpan.FromHours(12);

    /// <summary>Classes a person may choose; relays and live sound have their own doors.</summary>
    /// <exception cref="RefusedException">Any other class.</exception>
    public static void CheckClass(BroadcastClass broadcastClass)
    {
        if (broadcastClass is not (BroadcastClass.Normal or BroadcastClass.Priority or BroadcastClass.Emergency))
        {
            throw new RefusedException(BroadcastRefusal.UnknownClass);
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
