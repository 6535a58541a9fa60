using System.Globalization;
using Quartz;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Turns a schedule's rule into a Quartz trigger whose fire times are its air times. The same trigger is stored in Quartz and
/// asked here, so what is planned and what fires cannot differ.
/// </summary>
public sealed class AirTimes(LocalTime local, TimeProvider time)
{
    private const string TriggerGroup = "schedules";
    private const int ShortestMonth = 28;
    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>The next air time after an instant, or null when there is none.</summary>
    public DateTimeOffset? NextAfter(Schedule schedule, DateTimeOffset instant) => TriggerOf(schedule).GetFireTimeAfter(instant);

    internal static TriggerKey KeyOf(long scheduleId) => new(scheduleId.ToString(CultureInfo.InvariantCulture), TriggerGroup);

    internal static long ScheduleOf(TriggerKey key) => long.Parse(key.Name, CultureInfo.InvariantCulture);

    internal ITrigger TriggerOf(Schedule schedule)
    {
        // Not COUNT=1 for once: Quartz counts firings, and a rule that is only asked has had none.
        var last = schedule.Recurrence == Recurrence.Once ? schedule.From : schedule.Until;
        return TriggerBuilder.Create(time)
            .WithIdentity(KeyOf(schedule.Id))
            .ForJob(PlanScheduleJob.Key)
            .StartAt(local.InstantOf(schedule.From, schedule.At))
            .EndAt(last is { } day ? local.InstantOf(day, TimeOnly.MaxValue) : null)
            // Planning is idempotent: after a pause one firing does for all that were missed.
            .WithRecurrenceSchedule(RuleOf(schedule), rule => rule
                .InTimeZone(local.Zone)
                .WithMisfireInstruction(RecurrenceTriggerMisfireInstruction.FireAndProceed))
            .Build();
    }

    /// <summary>The rule as an RRULE of RFC 5545.</summary>
    private static string RuleOf(Schedule schedule) => schedule.Recurrence switch
    {
        Recurrence.Once or Recurrence.Daily => "FREQ=DAILY",
        Recurrence.Weekly =>
            $"FREQ=WEEKLY;BYDAY={string.Join(',', DayNames.Where((_, day) => (schedule.Weekdays & (1 << day)) != 0))}",
        Recurrence.Monthly => MonthlyRule(schedule.From.Day),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule.Recurrence, message: null),
    };

    /// <summary>
    /// In a month that lacks the day, its last day stands for it. RFC 5545 would skip such a month; people who say "monthly" and
    /// begin on the 31st do not mean that.
    /// </summary>
    private static string MonthlyRule(int day)
    {
        if (day <= ShortestMonth)
        {
            return string.Create(CultureInfo.InvariantCulture, $"FREQ=MONTHLY;BYMONTHDAY={day}");
        }

        var days = string.Join(',', Enumerable.Range(ShortestMonth, day - ShortestMonth + 1));
        return $"FREQ=MONTHLY;BYMONTHDAY={days};BYSETPOS=-1";
    }
}
