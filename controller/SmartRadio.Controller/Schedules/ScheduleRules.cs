using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>What a schedule may be, apart from what only the database knows.</summary>
internal static class ScheduleRules
{
    private const int MaxRepeats = 24;
    private const int FurthestDays = 366;
    private static readonly TimeSpan MaxGap = TimeSpan.FromHours(12);

    // Otherwise the repeats of one day would run into those of the next.
    private static readonly TimeSpan MaxSpan = TimeSpan.FromHours(24);

    /// <exception cref="RefusedException">
    /// <see cref="BroadcastRefusal.UnknownClass"/>, <see cref="BroadcastRefusal.ToleranceOutOfRange"/>, <see cref="ScheduleRefusal.RepeatsOutOfRange"/>,
    /// <see cref="ScheduleRefusal.GapOutOfRange"/>, <see cref="ScheduleRefusal.EndBeforeStart"/>, <see cref="BroadcastRefusal.StartInPast"/>,
    /// <see cref="BroadcastRefusal.StartTooFar"/>, <see cref="ScheduleRefusal.NoWeekday"/>, <see cref="BroadcastRefusal.AudienceEmpty"/>,
    /// <see cref="Refusal.Malformed"/>.
    /// </exception>
    public static void Check(ScheduleRequest request, DateOnly today)
    {
        BroadcastRules.CheckClass(request.Class);
        if (request.Class == BroadcastClass.Emergency)
        {
            // Nobody knows days ahead that there will be an emergency: an alert has its own way.
            throw new RefusedException(ScheduleRefusal.EmergencyBySchedule);
        }

        if (request.Tolerance is { } tolerance)
        {
            BroadcastRules.CheckTolerance(tolerance);
        }

        if (request.Repeats is < 1 or > MaxRepeats)
        {
            throw new RefusedException(ScheduleRefusal.RepeatsOutOfRange, MaxRepeats);
        }

        if (request.Gap < TimeSpan.Zero || request.Gap > MaxGap)
        {
            throw new RefusedException(ScheduleRefusal.GapOutOfRange, (int)MaxGap.TotalMinutes);
        }

        if (request.Audience is not { Areas: not null, Nodes: not null, IsEmpty: false })
        {
            throw new RefusedException(BroadcastRefusal.AudienceEmpty);
        }

        CheckDays(request, today);
    }

    /// <exception cref="RefusedException"><see cref="ScheduleRefusal.RepeatsOutOfRange"/>: all repeats together take a day or more.</exception>
    public static void CheckSpan(Schedule schedule, TimeSpan length)
    {
        if ((schedule.Repeats * length) + ((schedule.Repeats - 1) * schedule.Gap) >= MaxSpan)
        {
            throw new RefusedException(ScheduleRefusal.RepeatsOutOfRange, (int)((MaxSpan + schedule.Gap) / (length + schedule.Gap)));
        }
    }

    private static void CheckDays(ScheduleRequest request, DateOnly today)
    {
        if (request.Until < request.From)
        {
            throw new RefusedException(ScheduleRefusal.EndBeforeStart, request.From, request.Until);
        }

        if (request.From < today)
        {
            throw new RefusedException(BroadcastRefusal.StartInPast, request.From);
        }

        if (request.From.DayNumber - today.DayNumber > FurthestDays)
        {
            throw new RefusedException(BroadcastRefusal.StartTooFar, request.From);
        }

        if (!Enum.IsDefined(request.Recurrence) || request.Weekdays is null || request.Weekdays.Any(day => !Enum.IsDefined(day)))
        {
            throw new RefusedException(Refusal.Malformed, "recurrence");
        }

        if (request.Recurrence == Recurrence.Weekly && request.Weekdays.Count == 0)
        {
            throw new RefusedException(ScheduleRefusal.NoWeekday);
        }
    }
}
