using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Releases;
using SmartRadio.Controller.Schedules;
using SmartRadio.Web.SignIn;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Shared;

/// <summary>The buttons that need no fields.</summary>
internal static class Buttons
{
    public static void MapButtons(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/stop-all", (HttpContext context, Words words, StopEverything stop) =>
            FormPosts.DoAsync(context, words["StopAll.Done"], () => stop.HandleAsync(context.User.Actor(), CancellationToken.None)))
            .WithMetadata(new PressAgain("/stop"));
        forms.MapPost("/broadcasts/{id:long}/stop", (long id, HttpContext context, Words words, StopBroadcast stop) =>
            FormPosts.DoAsync(context, words["Broadcast.Stop.Done"], () => stop.HandleAsync(id, context.User.Actor(), CancellationToken.None)));
        forms.MapPost("/schedules/{id:long}/cancel", (long id, HttpContext context, Words words, CancelSchedule cancel) =>
            FormPosts.DoAsync(context, words["Schedule.Cancel.Done"], () => cancel.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/nodes/{id}/chime", (string id, HttpContext context, Words words, SendChime chime) =>
            FormPosts.DoAsync(context, words["Node.Chime.Done"], () => chime.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/nodes/{id}/rotate", (string id, HttpContext context, Words words, RotateSecret rotate) =>
            FormPosts.DoAsync(context, words["Node.Rotate.Done"], () => rotate.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/nodes/{id}/revoke", (string id, HttpContext context, Words words, RevokeNode revoke) =>
            FormPosts.DoAsync(context, words["Node.Revoke.Done"], () => revoke.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/rollouts/{id:long}/stop", (long id, HttpContext context, Words words, ChangeRollout change) =>
            FormPosts.DoAsync(context, words["Rollout.Stop.Done"], () => change.StopAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/rollouts/{id:long}/continue", (long id, HttpContext context, Words words, ChangeRollout change) =>
            FormPosts.DoAsync(context, words["Rollout.Continue.Done"], () => change.ContinueAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/keys/{id:long}/revoke", (long id, HttpContext context, Words words, RevokeApiKey revoke) =>
            FormPosts.DoAsync(context, words["Key.Revoke.Done"], () => revoke.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
    }
}
