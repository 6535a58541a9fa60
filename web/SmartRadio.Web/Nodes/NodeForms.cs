using SmartRadio.Controller.Nodes;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Nodes;

/// <summary>The buttons of nodes that need no fields.</summary>
internal static class NodeForms
{
    public static void MapNodeForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/nodes/{id}/chime", (string id, HttpContext context, Words words, SendChime chime) =>
            FormPosts.DoAsync(
                context, words["Node.Chime.Done"], () => chime.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/nodes/{id}/rotate", (string id, HttpContext context, Words words, RotateSecret rotate) =>
            FormPosts.DoAsync(
                context, words["Node.Rotate.Done"], () => rotate.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/nodes/{id}/revoke", (string id, HttpContext context, Words words, RevokeNode revoke) =>
            FormPosts.DoAsync(
                context, words["Node.Revoke.Done"], () => revoke.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
    }
}
