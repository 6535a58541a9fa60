using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartRadio.Controller;
using SmartRadio.Controller.Schedules;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Schedules;

/// <summary>How often, as people say it: some stand for chosen weekdays.</summary>
public enum Rhythm
{
    Daily,
    MondayToFriday,
    MondayToSaturday,
    Weekly,
    Monthly,
    MonthlyWeekday,
    Lunar,
    Once,
}

/// <summary>What the fields of <see cref="ScheduleFields"/> say.</summary>
public sealed record ScheduleInput
{
    public string? Bulletin { get; init; }

    public string? Class { get; init; }

    public IReadOnlyList<string> Areas { get; init; } = [];

    public IReadOnlyList<string> Nodes { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public string? Rhythm { get; init; }

    public IReadOnlyList<string> Weekdays { get; init; } = [];

    public string? From { get; init; }

    public IReadOnlyList<string> Times { get; init; } = [];

    public string? Holidays { get; init; }

    public string? Until { get; init; }

    public string? Count { get; init; }

    public string? Repeats { get; init; }

    public string? Distance { get; init; }

    /// <summary>"first" or "after" what starts at the same time; asked once that is seen, so it is no part of the mark.</summary>
    public string? Order { get; init; }

    /// <summary>Set when what is aired then already is to be aired twice; asked like <see cref="Order"/>.</summary>
    public string? Twice { get; init; }

    /// <summary>First days of pauses, in the order of <see cref="PauseTo"/>.</summary>
    public IReadOnlyList<string> PauseFrom { get; init; } = [];

    public IReadOnlyList<string> PauseTo { get; init; } = [];

    /// <summary>Two forms that say the same have the same mark: what was looked at is what is saved.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        [
            Bulletin, Class, Rhythm, From, Until, Count, Repeats, Distance, Holidays, string.Join(' ', Areas),
            string.Join(' ', Nodes),
            string.Join(' ', Groups), string.Join(' ', Weekdays), string.Join(' ', Times), string.Join(' ', PauseFrom),
            string.Join(' ', PauseTo),
        ]))))[..16];

    /// <summary>The fields of a schedule that is to be changed or copied.</summary>
    /// <param name="schedule">Which.</param>
    /// <param name="today">It begins then or later, on a day that keeps its rule.</param>
    /// <param name="count">After how many air times it ends; null = without such an end.</param>
    public static ScheduleInput Of(Schedule schedule, DateOnly today, int? count) => new()
    {
        Bulletin = Text(schedule.BulletinId),
        Class = ClassChoice.Code(schedule.Class),
        Areas = [.. schedule.Audience.Areas.Select(area => Text(area))],
        Nodes = schedule.Audience.Nodes,
        Groups = [.. schedule.Audience.Groups.Select(group => Text(group))],
        Rhythm = RhythmOf(schedule).ToString().ToLowerInvariant(),
        Weekdays = [.. DayChoice.Week.Where(day => IsOn(schedule.Weekdays, day)).Select(day => Text((int)day))],
        From = Day(AirTimes.SameRuleFrom(schedule, today)),
        Times = [.. schedule.Times.Select(at => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture))],
        // One that ended may begin again; its end is then to be said anew.
        Until = schedule.Until is { } until && until >= today ? Day(until) : null,
        Count = count is { } times ? Text(times) : null,
        Holidays = schedule.Holidays.ToString().ToLowerInvariant(),
        Repeats = Text(schedule.Repeats),
        Distance = Text((int)schedule.Distance.TotalMinutes),
        PauseFrom = [.. schedule.Pauses.Select(pause => Day(pause.From))],
        PauseTo = [.. schedule.Pauses.Select(pause => Day(pause.To))],
    };

    public static Rhythm RhythmOf(Schedule schedule) => schedule.Recurrence switch
    {
        Recurrence.Once => Schedules.Rhythm.Once,
        Recurrence.Daily => Schedules.Rhythm.Daily,
        Recurrence.Monthly => Schedules.Rhythm.Monthly,
        Recurrence.MonthlyWeekday => Schedules.Rhythm.MonthlyWeekday,
        Recurrence.Lunar => Schedules.Rhythm.Lunar,
        _ when schedule.Weekdays == Bits(WorkWeek(5)) => Schedules.Rhythm.MondayToFriday,
        _ when schedule.Weekdays == Bits(WorkWeek(6)) => Schedules.Rhythm.MondayToSaturday,
        _ => Schedules.Rhythm.Weekly,
    };

    public static bool IsOn(int weekdays, DayOfWeek day) => ((weekdays >> (int)day) & 1) != 0;

    /// <exception cref="RefusedException">A field cannot be read.</exception>
    public ScheduleRequest ToRequest()
    {
        var rhythm = FormValues.Choice<Rhythm>(Rhythm) ?? throw new RefusedException(Refusal.Malformed, "recurrence");
        // Fields that the choice hides must not count.
        var comesAgain = rhythm != Schedules.Rhythm.Once;
        return new ScheduleRequest(
            BulletinChoice.Parse(Bulletin),
            ClassChoice.Parse(Class),
            AudiencePicker.Parse(Areas, Nodes, Groups),
            new RecurrenceRule(
                RecurrenceOf(rhythm), FormValues.Day(From, "from"), [.. Times.Select(text => FormValues.Clock(text, "times"))])
            {
                Until = comesAgain && !string.IsNullOrEmpty(Until) ? FormValues.Day(Until, "until") : null,
                Count = comesAgain && !string.IsNullOrEmpty(Count) ? FormValues.Number(Count, "count") : null,
                Holidays = comesAgain && !string.IsNullOrEmpty(Holidays)
                    ? FormValues.Choice<HolidayRule>(Holidays) ?? throw new RefusedException(Refusal.Malformed, "holidays")
                    : HolidayRule.Ignored,
                Weekdays = rhythm switch
                {
                    Schedules.Rhythm.MondayToFriday => WorkWeek(5),
                    Schedules.Rhythm.MondayToSaturday => WorkWeek(6),
                    Schedules.Rhythm.Weekly => [.. Weekdays.Select(DayChoice.Parse)],
                    _ => [],
                },
                Repeats = FormValues.Number(Repeats, "repeats"),
                Distance = TimeSpan.FromMinutes(FormValues.Number(Distance, "distance")),
                Pauses = comesAgain ? Pauses() : [],
            },
            Tolerance: null)
        {
            AllowsDouble = !string.IsNullOrEmpty(Twice),
            GoesFirst = string.IsNullOrEmpty(Order) ? null : Order == "first",
        };
    }

    private static Recurrence RecurrenceOf(Rhythm rhythm) => rhythm switch
    {
        Schedules.Rhythm.Once => Recurrence.Once,
        Schedules.Rhythm.Daily => Recurrence.Daily,
        Schedules.Rhythm.Monthly => Recurrence.Monthly,
        Schedules.Rhythm.MonthlyWeekday => Recurrence.MonthlyWeekday,
        Schedules.Rhythm.Lunar => Recurrence.Lunar,
        _ => Recurrence.Weekly,
    };

    private static DayOfWeek[] WorkWeek(int days) => DayChoice.Week[..days];

    private static int Bits(IEnumerable<DayOfWeek> days) => days.Sum(day => 1 << (int)day);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private List<SchedulePause> Pauses()
    {
        var pauses = new List<SchedulePause>();
        for (var index = 0; index < Math.Max(PauseFrom.Count, PauseTo.Count); index++)
        {
            var (from, to) = (PauseFrom.ElementAtOrDefault(index), PauseTo.ElementAtOrDefault(index));
            if (!string.IsNullOrEmpty(from) || !string.IsNullOrEmpty(to))
            {
                pauses.Add(new SchedulePause(FormValues.Day(from, "pause-from"), FormValues.Day(to, "pause-to")));
            }
        }

        return pauses;
    }
}
