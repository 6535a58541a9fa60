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
    /// <see cref="BroadcastRefusal.UnknownClass"/>, <see cref="BroadcastRefusal.ToleranceOutOfRange"/>,
    /// <see cref="ScheduleRefusal.RepeatsOutOfRange"/>, <see cref="ScheduleRefusal.GapOutOfRange"/>,
    /// <see cref="ScheduleRefusal.EndBeforeStart"/>, <see cref="BroadcastRefusal.StartInPast"/>,
    /// <see cref="BroadcastRefusal.StartTooFar"/>, <see cref="ScheduleRefusal.NoWeekday"/>,
    /// <see cref="BroadcastRefusal.AudienceEmpty"/>, <see cref="Refusal.Malformed"/>.
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

        CheckRepeats(request.Rule);
        if (request.Audience is not { Areas: not null, Nodes: not null, IsEmpty: false })
        {
            throw new RefusedException(BroadcastRefusal.AudienceEmpty);
        }

        CheckDays(request.Rule, today);
    }

    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.RepeatsOutOfRange"/>: all repeats together take a day or more.
    /// </exception>
    public static void CheckSpan(Schedule schedule, TimeSpan length)
    {
        if ((schedule.Repeats * length) + ((schedule.Repeats - 1) * schedule.Gap) >= MaxSpan)
        {
            throw new RefusedException(
                ScheduleRefusal.RepeatsOutOfRange, (int)((MaxSpan + schedule.Gap) / (length + schedule.Gap)));
        }
    }

    private static void CheckRepeats(RecurrenceRule rule)
    {
        if (rule.Repeats is < 1 or > MaxRepeats)
        {
            throw new RefusedException(ScheduleRefusal.RepeatsOutOfRange, MaxRepeats);
        }

        if (rule.Gap < TimeSpan.Zero || rule.Gap > MaxGap)
        {
            throw new RefusedException(ScheduleRefusal.GapOutOfRange, (int)MaxGap.TotalMinutes);
        }
    }

    private static void CheckDays(RecurrenceRule rule, DateOnly today)
    {
        if (rule.Until < rule.From)
        {
            throw new RefusedException(ScheduleRefusal.EndBeforeStart, rule.From, rule.Until);
        }

        if (rule.From < today)
        {
            throw new RefusedException(BroadcastRefusal.StartInPast, rule.From);
        }

        if (rule.From.DayNumber - today.DayNumber > FurthestDays)
        {
            throw new RefusedException(BroadcastRefusal.StartTooFar, rule.From);
        }

        if (!Enum.IsDefined(rule.Recurrence) || rule.Weekdays is null || rule.Weekdays.Any(day => !Enum.IsDefined(day)))
        {
            throw new RefusedException(Refusal.Malformed, "recurrence");
        }

        if (rule.Recurrence == Recurrence.Weekly && rule.Weekdays.Count == 0)
        {
            throw new RefusedException(ScheduleRefusal.NoWeekday);
        }
    }
}
