using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Releases;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Repeats;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Releases;

/// <summary>The buttons of rollouts that need no fields.</summary>
internal static class ReleaseForms
{
    public static void MapReleaseForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/rollouts/{id:long}/stop", (long id, HttpContext context, Words words, ChangeRollout change) =>
            FormPosts.DoAsync(
                context, words["Rollout.Stop.Done"], () => change.StopAsync(id, context.User.Actor(), context.RequestAborted)))
            .NeedsEverywhere(Right.Administer).WithMetadata(new AlwaysCarriedOut());
        forms.MapPost("/rollouts/{id:long}/continue", (long id, HttpContext context, Words words, ChangeRollout change) =>
            FormPosts.DoAsync(
                context, words["Rollout.Continue.Done"],
                () => change.ContinueAsync(id, context.User.Actor(), context.RequestAborted)))
            .NeedsEverywhere(Right.Administer);
    }
}
