using SmartRadio.Controller.Broadcasts;

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
    /// <see cref="Refusal.UnknownClass"/>, <see cref="Refusal.ToleranceOutOfRange"/>, <see cref="Refusal.RepeatsOutOfRange"/>,
    /// <see cref="Refusal.GapOutOfRange"/>, <see cref="Refusal.EndBeforeStart"/>, <see cref="Refusal.StartInPast"/>,
    /// <see cref="Refusal.StartTooFar"/>, <see cref="Refusal.NoWeekday"/>, <see cref="Refusal.AudienceEmpty"/>,
    /// <see cref="Refusal.Malformed"/>.
    /// </exception>
    public static void Check(ScheduleRequest request, DateOnly today)
    {
        BroadcastRules.CheckClass(request.Class);
        if (request.Tolerance is { } tolerance)
        {
            BroadcastRules.CheckTolerance(tolerance);
        }

        if (request.Repeats is < 1 or > MaxRepeats)
        {
            throw new RefusedException(Refusal.RepeatsOutOfRange, MaxRepeats);
        }

        if (request.Gap < TimeSpan.Zero || request.Gap > MaxGap)
        {
            throw new RefusedException(Refusal.GapOutOfRange, (int)MaxGap.TotalMinutes);
        }

        if (request.Audience is not { Areas: not null, Nodes: not null, IsEmpty: false })
        {
            throw new RefusedException(Refusal.AudienceEmpty);
        }

        CheckDays(request, today);
    }

    /// <exception cref="RefusedException"><see cref="Refusal.RepeatsOutOfRange"/>: all repeats together take a day or more.</exception>
    public static void CheckSpan(Schedule schedule, TimeSpan length)
    {
        if ((schedule.Repeats * length) + ((schedule.Repeats - 1) * schedule.Gap) >= MaxSpan)
        {
            throw new RefusedException(Refusal.RepeatsOutOfRange, (int)((MaxSpan + schedule.Gap) / (length + schedule.Gap)));
        }
    }

    private static void CheckDays(ScheduleRequest request, DateOnly today)
    {
        if (request.Until < request.From)
        {
            throw new RefusedException(Refusal.EndBeforeStart, request.From, request.Until);
        }

        if (request.From < today)
        {
            throw new RefusedException(Refusal.StartInPast, request.From);
        }

        if (request.From.DayNumber - today.DayNumber > FurthestDays)
        {
            throw new RefusedException(Refusal.StartTooFar, request.From);
        }

        if (!Enum.IsDefined(request.Recurrence) || request.Weekdays is null || request.Weekdays.Any(day => !Enum.IsDefined(day)))
        {
            throw new RefusedException(Refusal.Malformed, "recurrence");
        }

        if (request.Recurrence == Recurrence.Weekly && request.Weekdays.Count == 0)
        {
            throw new RefusedException(Refusal.NoWeekday);
        }
    }
}
