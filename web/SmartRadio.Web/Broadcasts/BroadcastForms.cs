using SmartRadio.Controller.Broadcasts;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Repeats;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Broadcasts;

/// <summary>The buttons of broadcasts that need no fields.</summary>
internal static class BroadcastForms
{
    public static void MapBroadcastForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/stop-all", (HttpContext context, Words words, StopEverything stop) =>
            FormPosts.DoAsync(context, words["StopAll.Done"], () => stop.HandleAsync(area: null, context.User.Actor(), CancellationToken.None)))
            .WithMetadata(new PressAgain("/stop"), new AlwaysCarriedOut());
        forms.MapPost("/broadcasts/{id:long}/stop", (long id, HttpContext context, Words words, StopBroadcast stop) =>
            FormPosts.DoAsync(context, words["Broadcast.Stop.Done"], () => stop.HandleAsync(id, context.User.Actor(), CancellationToken.None)))
            .WithMetadata(new AlwaysCarriedOut());
    }
}
