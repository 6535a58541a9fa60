using System.Globalization;
using SmartRadio.Controller;
using SmartRadio.Controller.Schedules;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Schedules;

/// <summary>The buttons of schedules that need no fields.</summary>
internal static class ScheduleForms
{
    /// <summary>How an address names a day: as a number.</summary>
    public const string DayNumber = "yyyyMMdd";

    public static void MapScheduleForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/schedules/{id:long}/cancel", (long id, HttpContext context, Words words, CancelSchedule cancel) =>
            FormPosts.DoAsync(
                context, words["Schedule.Cancel.Done"],
                () => cancel.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/schedules/{id:long}/at/{start:long}/make", (
            long id, long start, HttpContext context, Words words, MakeOccurrence make) =>
            FormPosts.DoAsync(
                context, words["Occurrence.Made"],
                () => make.HandleAsync(id, OccurrencePage.InstantOf(start), context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/bulletins/{id:long}/schedules", (long id, HttpContext context, Words words, UseNewVersion use) =>
            FormPosts.DoAsync(context, async () => words[
                "Bulletin.Behind.Done", await use.HandleAsync(id, context.User.Actor(), context.RequestAborted)]));
        forms.MapPost("/calendar/{monday}/copy", (string monday, HttpContext context, Words words, CopyWeek copy) =>
            FormPosts.DoAsync(context, async () => words[
                "Calendar.Copy.Done",
                await copy.HandleAsync(DayOf(monday, "monday"), context.User.Actor(), context.RequestAborted)]));
        forms.MapPost("/schedules/{id:long}/restore", (long id, HttpContext context, Words words, RestoreSchedule restore) =>
            FormPosts.DoAsync(
                context, words["Schedule.Restore.Done"],
                () => restore.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/schedules/{id:long}/pauses/{from}/end", (
            long id, string from, HttpContext context, Words words, PauseSchedule pause) =>
            FormPosts.DoAsync(
                context, words["Schedule.Pause.End.Done"],
                () => pause.ResumeAsync(id, DayOf(from, "from"), context.User.Actor(), context.RequestAborted)));
    }

    private static DateOnly DayOf(string text, string field) =>
        DateOnly.TryParseExact(text, DayNumber, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new RefusedException(Refusal.Malformed, field);
}
