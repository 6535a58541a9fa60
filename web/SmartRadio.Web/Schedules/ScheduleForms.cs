using SmartRadio.Controller.Schedules;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Schedules;

/// <summary>The buttons of schedules that need no fields.</summary>
internal static class ScheduleForms
{
    public static void MapScheduleForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/schedules/{id:long}/cancel", (long id, HttpContext context, Words words, CancelSchedule cancel) =>
            FormPosts.DoAsync(
                context, words["Schedule.Cancel.Done"],
                () => cancel.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
    }
}
