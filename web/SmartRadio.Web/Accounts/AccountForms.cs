using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Web.Shared;
using SmartRadio.Web.SignIn;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Accounts;

/// <summary>The buttons of one's own sessions.</summary>
internal static class AccountForms
{
    public static void MapAccountForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/account/sessions/{id}/end", (string id, HttpContext context, Words words, EndSession end) =>
            FormPosts.DoAsync(
                context, words["Session.End.Done"], () => end.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/account/sessions/end-others", (HttpContext context, Words words, EndSession end) =>
            FormPosts.DoAsync(context, words["Session.EndOthers.Done"], async () =>
                await end.HandleOthersAsync(await context.SessionIdAsync(), context.User.Actor(), context.RequestAborted)));
    }
}
