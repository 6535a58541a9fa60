using Microsoft.Extensions.Localization;
using SmartRadio.Controller.Templates;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Templates;

/// <summary>The buttons of templates.</summary>
internal static class TemplateForms
{
    public static void MapTemplateForms(this IEndpointRouteBuilder forms) => forms.MapPost(
        "/templates/{id:long}/remove",
        (long id, HttpContext context, IStringLocalizer<ScreenText> words, RemoveTemplate remove) => FormPosts.DoAsync(
            context, words["Template.Removed"],
            () => remove.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
}
