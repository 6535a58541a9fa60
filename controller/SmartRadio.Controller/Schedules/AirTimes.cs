using System.Globalization;
using Quartz;

namespace SmartRadio.Controller.Schedules;

/// <summary>
/// Turns a schedule's rule into Quartz triggers, one for each time of day. The same triggers are stored in Quartz and asked
/// here, so that whatever is planned also fires. They fire on days left out too, and daily for lunar ones: then nothing is
/// planned.
/// </summary>
public sealed class AirTimes(LocalTime local, TimeProvider time)
{
    private const string TriggerGroup = "schedules";
    private const int ShortestMonth = 28;

    /// <summary>Nothing is aired later: Quartz cannot reckon up to the end of the calendar.</summary>
    private static readonly DateOnly Furthest = new(9000, 1, 1);

    /// <summary>All repeats of an air time start within it, see <see cref="ScheduleRules.CheckSpan"/>.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>The next air time after an instant, or null when there is none.</summary>
    public DateTimeOffset? NextAfter(Schedule schedule, DateTimeOffset instant)
    {
        var triggers = TriggersOf(schedule);
        while (triggers.Min(trigger => trigger.GetFireTimeAfter(instant)) is { } air && !(air > schedule.Last))
        {
            var day = DateOnly.FromDateTime(local.Of(air));
            var pause = schedule.Pauses.FirstOrDefault(each => each.Holds(day));
            if (pause is null && IsAiredOn(schedule, day))
            {
                return air;
            }

            var skipped = pause?.To ?? day;
            if (skipped >= (IsBoundToCalendars(schedule) ? LunarCalendar.LastDay : Furthest))
            {
                return null;
            }

            instant = local.InstantOf(skipped, TimeOnly.MaxValue);
        }

        return null;
    }

    /// <summary>
    /// The day that a start belongs to: a repeat after midnight to the day of its air time, all others to their own.
    /// </summary>
    public DateOnly DayOf(Schedule schedule, DateTimeOffset start)
    {
        var own = DateOnly.FromDateTime(local.Of(start));
        for (var repeat = 1; repeat < schedule.Repeats; repeat++)
        {
            var air = local.Of(start - (repeat * schedule.Distance));
            if (DateOnly.FromDateTime(air) is var day && day < own && schedule.Times.Contains(TimeOnly.FromDateTime(air)))
            {
                return day;
            }
        }

        return own;
    }

    private static bool IsBoundToCalendars(Schedule schedule) =>
        schedule is { Recurrence: Recurrence.Lunar } or { Holidays: not HolidayRule.Ignored };

    /// <summary>Whether the calendar of the moon and that of the holidays give a day; behind their end they give none.</summary>
    private static bool IsAiredOn(Schedule schedule, DateOnly day) => schedule switch
    {
        _ when !IsBoundToCalendars(schedule) => true,
        _ when day > LunarCalendar.LastDay => false,
        { Recurrence: Recurrence.Lunar } when LunarCalendar.Of(day).Day is not (1 or 15) => false,
        { Holidays: HolidayRule.Ignored } => true,
        _ => (HolidayCalendar.Of(day) is not null) == (schedule.Holidays == HolidayRule.Only),
    };

    /// <summary>All starts of a schedule's rule in a span, those of repeats too, in their order.</summary>
    /// <param name="schedule">Which.</param>
    /// <param name="from">Starts then or later.</param>
    /// <param name="to">Starts before.</param>
    /// <param name="after">Of air times after it alone; null = of all.</param>
    public IEnumerable<DateTimeOffset> Starts(
        Schedule schedule, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? after = null)
    {
        var next = NextAfter(schedule, after is { } instant && instant > from - Day ? instant : from - Day);
        for (; next is { } air && air < to; next = NextAfter(schedule, air))
        {
            foreach (var start in schedule.Repeated(air).Where(start => start >= from && start < to))
            {
                yield return start;
            }
        }
    }

    /// <summary>
    /// How many air times are left after an instant of a schedule that ends after so many; null = it does not, or none is left.
    /// </summary>
    public int? LeftAfter(Schedule schedule, DateTimeOffset instant)
    {
        var left = 0;
        var next = schedule.Last is null ? null : NextAfter(schedule, instant);
        for (; next is { } air; next = NextAfter(schedule, air))
        {
            left++;
        }

        return left > 0 ? left : null;
    }

    /// <summary>
    /// The first day, not before one, from which a schedule's rule goes on as it is: a monthly one is read from its first day.
    /// </summary>
    public static DateOnly SameRuleFrom(Schedule schedule, DateOnly day)
    {
        var first = day > schedule.From ? day : schedule.From;
        while (RuleOf(schedule, first) != RuleOf(schedule, schedule.From))
        {
            first = first.AddDays(1);
        }

        return first;
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
            .WithRecurrenceSchedule(RuleOf(schedule, schedule.From), rule => rule
                .InTimeZone(local.Zone)
                .WithMisfireInstruction(RecurrenceTriggerMisfireInstruction.FireAndProceed))
            .Build();
    }

    /// <summary>The rule as an RRULE of RFC 5545, if it began on a day.</summary>
    private static string RuleOf(Schedule schedule, DateOnly first) => schedule.Recurrence switch
    {
        Recurrence.Once or Recurrence.Daily or Recurrence.Lunar => "FREQ=DAILY",
        Recurrence.Weekly =>
            $"FREQ=WEEKLY;BYDAY={string.Join(',', DayNames.Where((_, day) => (schedule.Weekdays & (1 << day)) != 0))}",
        Recurrence.Monthly => MonthlyRule(first.Day),
        Recurrence.MonthlyWeekday => MonthlyWeekdayRule(first),
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
