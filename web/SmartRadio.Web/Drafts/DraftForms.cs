using Microsoft.Extensions.Localization;
using SmartRadio.Controller;
using SmartRadio.Controller.Drafts;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Drafts;

/// <summary>What the page of a new bulletin sends while somebody writes, and the button that forgets it.</summary>
internal static class DraftForms
{
    public static void MapDraftForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/drafts/{key}", SaveAsync);
        forms.MapPost(
            "/drafts/{key}/discard",
            (string key, HttpContext context, IStringLocalizer<ScreenText> words, DiscardDraft discard) => FormPosts.DoAsync(
                context, words["Draft.Discarded"],
                () => discard.HandleAsync(key, context.User.Actor(), context.RequestAborted)));
    }

    // By a script: it shows no page, and says no more than whether the text is kept.
    private static async Task<IResult> SaveAsync(string key, HttpContext context, SaveDraft save)
    {
        if (await FormPosts.ReadAsync(context) is not { } form)
        {
            return Results.BadRequest();
        }

        try
        {
            var request = new SaveDraftRequest(
                key, form["spoken-title"], form["text"], FormValues.Id(form["spoken-area"]), form["voice"])
            {
                Template = form["template"],
            };
            await save.HandleAsync(request, context.User.Actor(), context.RequestAborted);
            KeptText.Drop(context, LocalPath.Referring(context.Request), "speech");
            return Results.NoContent();
        }
        catch (RefusedException refused)
        {
            return Results.StatusCode(Problems.StatusOf(refused.Kind, addressed: false));
        }
    }
}
