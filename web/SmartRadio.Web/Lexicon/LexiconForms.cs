using Microsoft.Extensions.Localization;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Lexicon;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Lexicon;

/// <summary>The buttons of words, and what a page's player asks for.</summary>
internal static class LexiconForms
{
    public static void MapLexiconForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost(
            "/lexicon/words/{id:long}/remove",
            (long id, HttpContext context, IStringLocalizer<ScreenText> words, RemoveWord remove) => FormPosts.DoAsync(
                context, words["Lexicon.Removed"],
                () => remove.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
    }

    public static void MapLexiconSamples(this IEndpointRouteBuilder app) =>
        app.MapGet(
            "/lexicon/sample.mp3",
            async (string? text, string? voice, long? area, HearText hear, HttpContext context) => Results.File(
                await hear.HandleAsync(
                    new HearRequest(text ?? string.Empty, voice ?? string.Empty, area), context.User.Actor(),
                    context.RequestAborted),
                "audio/mpeg", enableRangeProcessing: true))
            .Needs(Right.Write).ExcludeFromDescription();
}
