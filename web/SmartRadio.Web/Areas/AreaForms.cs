using SmartRadio.Controller.Areas;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Areas;

/// <summary>The buttons of areas that need no fields.</summary>
internal static class AreaForms
{
    public static void MapAreaForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/areas/{id:long}/exercise/begin", (long id, HttpContext context, Words words, SetExercise set) =>
            FormPosts.DoAsync(
                context, words["Exercise.Begun"],
                () => set.HandleAsync(id, on: true, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/areas/{id:long}/exercise/end", (long id, HttpContext context, Words words, SetExercise set) =>
            FormPosts.DoAsync(
                context, words["Exercise.Ended"],
                () => set.HandleAsync(id, on: false, context.User.Actor(), context.RequestAborted)));
    }
}
