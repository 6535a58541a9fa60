using Microsoft.Extensions.Localization;
using SmartRadio.Controller.Schedules;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Schedules;

/// <summary>Says when a schedule is aired.</summary>
internal static class RuleText
{
    public static string Of(Schedule schedule, IStringLocalizer<ScreenText> words, Format format)
    {
        var rhythm = ScheduleInput.RhythmOf(schedule);
        var days = rhythm == Rhythm.Weekly
            ? string.Join(", ", DayChoice.Week.Where(day => ScheduleInput.IsOn(schedule.Weekdays, day)).Select(format.Of))
            : format.Of(rhythm);
        var times = string.Join(", ", schedule.Times.Select(Format.Clock));
        var parts = new List<string> { $"{times} · {days}", FirstDay(schedule, words) };
        if (schedule is { Until: { } until, Recurrence: not Recurrence.Once })
        {
            parts.Add(words["Schedule.UntilDay", Format.Day(until)]);
        }

        if (schedule.Last is { } last)
        {
            parts.Add(words["Schedule.UntilDay", format.Minute(last)]);
        }

        if (schedule.Repeats > 1)
        {
            parts.Add(words["Schedule.RepeatsOf", schedule.Repeats, (int)schedule.Distance.TotalMinutes]);
        }

        if (schedule.Holidays != HolidayRule.Ignored)
        {
            parts.Add(format.Of(schedule.Holidays));
        }

        parts.AddRange(schedule.Pauses.Select(
            pause => words["Schedule.PauseOf", Format.Day(pause.From), Format.Day(pause.To)].Value));
        return string.Join(" · ", parts);
    }

    private static string FirstDay(Schedule schedule, IStringLocalizer<ScreenText> words) =>
        schedule.Recurrence == Recurrence.Once
            ? Format.Day(schedule.From)
            : words["Schedule.FromDay", Format.Day(schedule.From)];
}
