using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.People;

/// <summary>The buttons of people that need no fields.</summary>
internal static class PersonForms
{
    public static void MapPersonForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost(
            "/people/{id}/roles/{grantId:long}/take",
            (string id, long grantId, HttpContext context, Words words, TakeRole take) =>
            FormPosts.DoAsync(
                context, words["Role.Taken"], () => take.HandleAsync(id, grantId, context.User.Actor(), context.RequestAborted)));
        forms.MapPost(
            "/people/{id}/keys/{key:long}/revoke",
            (string id, long key, HttpContext context, Words words, RevokeApiKey revoke) =>
            FormPosts.DoAsync(
                context, words["Key.Revoke.Done"],
                () => revoke.HandleAsync(id, key, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/people/{id}/disable", (string id, HttpContext context, Words words, DisablePerson disable) =>
            FormPosts.DoAsync(
                context, words["Person.Disable.Done"],
                () => disable.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
    }
}
