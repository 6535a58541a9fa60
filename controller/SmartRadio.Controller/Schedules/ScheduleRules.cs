using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Schedules;

/// <summary>What a schedule may be, apart from what only the database knows.</summary>
internal static class ScheduleRules
{
    public const int MaxTimes = 24;
    public const int MaxPauses = 20;
    private const int MaxRepeats = 24;
    private const int MaxCount = 1000;
    private const int FurthestDays = 366;
    private static readonly TimeSpan MaxDistance = TimeSpan.FromHours(12);

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <exception cref="RefusedException">
    /// <see cref="BroadcastRefusal.UnknownClass"/>, <see cref="BroadcastRefusal.ToleranceOutOfRange"/>,
    /// <see cref="ScheduleRefusal.RepeatsOutOfRange"/>, <see cref="ScheduleRefusal.DistanceOutOfRange"/>,
    /// <see cref="ScheduleRefusal.TimesOutOfRange"/>, <see cref="ScheduleRefusal.CountOutOfRange"/>,
    /// <see cref="ScheduleRefusal.PausesOutOfRange"/>,
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

        CheckTimes(request.Rule);
        CheckRepeats(request.Rule);
        if (request.Audience is not { Areas: not null, Nodes: not null, Groups: not null, IsEmpty: false })
        {
            throw new RefusedException(BroadcastRefusal.AudienceEmpty);
        }

        CheckDays(request.Rule, today);
    }

    /// <summary>The repeats of one time may not run into the next time, nor into those of the next day.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="ScheduleRefusal.DistanceTooShort"/>: a repeat would start before the end of the one before;
    /// <see cref="ScheduleRefusal.RepeatsOutOfRange"/>: all repeats together take a day or more;
    /// <see cref="ScheduleRefusal.TimesTooClose"/>: they take longer than there is between two times.
    /// </exception>
    public static void CheckSpan(Schedule schedule, TimeSpan length)
    {
        if (schedule.Repeats > 1 && schedule.Distance < length)
        {
            throw new RefusedException(ScheduleRefusal.DistanceTooShort, (int)Math.Ceiling(length.TotalMinutes));
        }

        var span = ((schedule.Repeats - 1) * schedule.Distance) + length;
        if (span >= Day)
        {
            throw new RefusedException(
                ScheduleRefusal.RepeatsOutOfRange, (int)Math.Ceiling((Day - length) / schedule.Distance));
        }

        var times = schedule.Times;
        for (var index = 0; index < times.Count && times.Count > 1; index++)
        {
            // Across midnight the difference of two times of day is that to the next day's.
            var next = times[(index + 1) % times.Count];
            if (next - times[index] < span)
            {
                throw new RefusedException(
                    ScheduleRefusal.TimesTooClose, times[index], next, (int)Math.Ceiling(span.TotalMinutes));
            }
        }
    }

    private static void CheckTimes(RecurrenceRule rule)
    {
        if (rule.Times is not { Count: >= 1 and <= MaxTimes } || rule.Times.Distinct().Count() != rule.Times.Count)
        {
            throw new RefusedException(ScheduleRefusal.TimesOutOfRange, MaxTimes);
        }

        if (rule.Count is < 1 or > MaxCount)
        {
            throw new RefusedException(ScheduleRefusal.CountOutOfRange, MaxCount);
        }

        if (rule.Pauses is not { Count: <= MaxPauses } || rule.Pauses.Any(pause => pause is null || pause.To < pause.From))
        {
            throw new RefusedException(ScheduleRefusal.PausesOutOfRange, MaxPauses);
        }
    }

    private static void CheckRepeats(RecurrenceRule rule)
    {
        if (rule.Repeats is < 1 or > MaxRepeats)
        {
            throw new RefusedException(ScheduleRefusal.RepeatsOutOfRange, MaxRepeats);
        }

        if (rule.Distance < TimeSpan.Zero || rule.Distance > MaxDistance)
        {
            throw new RefusedException(ScheduleRefusal.DistanceOutOfRange, (int)MaxDistance.TotalMinutes);
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

        if (!Enum.IsDefined(rule.Holidays))
        {
            throw new RefusedException(Refusal.Malformed, "holidays");
        }

        if (rule.Recurrence == Recurrence.Weekly && rule.Weekdays.Count == 0)
        {
            throw new RefusedException(ScheduleRefusal.NoWeekday);
        }
    }
}
