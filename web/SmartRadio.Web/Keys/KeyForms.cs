using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Keys;

/// <summary>The buttons of API keys that need no fields.</summary>
internal static class KeyForms
{
    public static void MapKeyForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/keys/{id:long}/revoke", (long id, HttpContext context, Words words, RevokeApiKey revoke) =>
            FormPosts.DoAsync(
                context, words["Key.Revoke.Done"], () => revoke.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
    }
}
