using Microsoft.Extensions.Localization;
using SmartRadio.Controller.Groups;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Groups;

/// <summary>The buttons of groups.</summary>
internal static class GroupForms
{
    public static void MapGroupForms(this IEndpointRouteBuilder forms) => forms.MapPost(
        "/groups/{id:long}/remove",
        (long id, HttpContext context, IStringLocalizer<ScreenText> words, RemoveGroup remove) => FormPosts.DoAsync(
            context, words["Group.Removed"],
            () => remove.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
}
