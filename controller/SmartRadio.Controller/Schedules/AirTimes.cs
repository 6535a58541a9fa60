using System.Globalization;
using Quartz;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Turns a schedule's rule into Quartz triggers, one for each time of day. The same triggers are stored in Quartz and asked
/// here, so that whatever is planned also fires. They fire on paused days too, and daily for lunar ones: then nothing is planned.
/// </summary>
public sealed class AirTimes(LocalTime local, TimeProvider time)
{
    private const string TriggerGroup = "schedules";
    private const int ShortestMonth = 28;
    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>The next air time after an instant, or null when there is none.</summary>
    public DateTimeOffset? NextAfter(Schedule schedule, DateTimeOffset instant)
    {
        var triggers = TriggersOf(schedule);
        while (triggers.Min(trigger => trigger.GetFireTimeAfter(instant)) is { } air && !(air > schedule.Last))
        {
            var day = DateOnly.FromDateTime(local.Of(air));
            if (schedule.Pauses.FirstOrDefault(pause => pause.Holds(day)) is { } pause)
            {
                instant = local.InstantOf(pause.To, TimeOnly.MaxValue);
            }
            else if (schedule.Recurrence != Recurrence.Lunar || LunarCalendar.Of(day).Day is 1 or 15)
            {
                return air;
            }
            else
            {
                instant = air;
            }
        }

        return null;
    }

    /// <summary>Keys of all triggers that a schedule may have.</summary>
    internal static IReadOnlyCollection<TriggerKey> KeysOf(long scheduleId) =>
        [.. Enumerable.Range(0, ScheduleRules.MaxTimes).Select(index => KeyOf(scheduleId, index))];

    internal static long ScheduleOf(TriggerKey key) => long.Parse(key.Name.Split('.')[0], CultureInfo.InvariantCulture);

    internal IReadOnlyList<ITrigger> TriggersOf(Schedule schedule) =>
        [.. schedule.Times.Select((at, index) => TriggerOf(schedule, at, index))];

    internal static TriggerKey KeyOf(long scheduleId, int index)
    {
        var name = scheduleId.ToString(CultureInfo.InvariantCulture);
        return new(index == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{index}"), TriggerGroup);
    }

    private ITrigger TriggerOf(Schedule schedule, TimeOnly at, int index)
    {
        // Not COUNT=1 for once: Quartz counts firings, and a rule that is only asked has had none.
        var last = schedule.Recurrence == Recurrence.Once ? schedule.From : schedule.Until;
        return TriggerBuilder.Create(time)
            .WithIdentity(KeyOf(schedule.Id, index))
            .ForJob(PlanScheduleJob.Key)
            .StartAt(local.InstantOf(schedule.From, at))
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
        Recurrence.Once or Recurrence.Daily or Recurrence.Lunar => "FREQ=DAILY",
        Recurrence.Weekly =>
            $"FREQ=WEEKLY;BYDAY={string.Join(',', DayNames.Where((_, day) => (schedule.Weekdays & (1 << day)) != 0))}",
        Recurrence.Monthly => MonthlyRule(schedule.From.Day),
        Recurrence.MonthlyWeekday => MonthlyWeekdayRule(schedule.From),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule.Recurrence, message: null),
    };

    private static string MonthlyWeekdayRule(DateOnly first)
    {
        var week = ((first.Day - 1) / 7) + 1;
        return string.Create(
            CultureInfo.InvariantCulture, $"FREQ=MONTHLY;BYDAY={(week > 4 ? -1 : week)}{DayNames[(int)first.DayOfWeek]}");
    }

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
