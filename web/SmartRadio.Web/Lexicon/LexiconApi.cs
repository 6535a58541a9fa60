using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Audio.Reading;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Lexicon;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Lexicon;

public sealed record WordBody(
    [property: Description("At most 60 characters in 6 words. All in capitals it is found in capitals only. Example: \"NVH\".")]
    string Written,
    [property: Description("What the voice is given, at most 200 characters. Example: \"nhà văn hóa\".")] string Spoken,
    [property: Description("The area that says it so, with all below it; without it the caller's own, or all together.")]
    long? AreaId = null)
{
    [Description("The mark of the word that was read; refused when it has changed since. Without it it is set anyway.")]
    public string? Seen { get; init; }
}

public sealed record WordAnswer(
    long Id, [property: Description("The area whose word it is; null = all together.")] long? AreaId, string Written,
    string Spoken)
{
    [Description("A mark of how the word is said, for `seen`.")]
    public string Mark { get; private init; } = string.Empty;

    internal static WordAnswer Of(LexiconWord word) =>
        new(word.Id, word.AreaId, word.Written, word.Spoken) { Mark = LexiconWord.MarkOf(word) };
}

public sealed record ReadingBody(
    [property: Description("At most 20,000 characters.")] string Text,
    [property: Description("The area whose words are used; without it the caller's own, or all together.")] long? AreaId = null);

public sealed record ReadingAnswer(
    [property: Description("The words that a voice is given.")] string Spoken,
    [property: Description("What is said otherwise than it is written, in order.")] IReadOnlyList<ReadPieceAnswer> Changed);

public sealed record ReadPieceAnswer(
    string Written, [property: Description("Empty where nothing is said.")] string Spoken,
    [property: Description("Why the author may mean something else; none = the rule is sure.")] ReadingDoubt Doubt);

internal static class LexiconApi
{
    public static void MapLexicon(this IEndpointRouteBuilder api)
    {
        var lexicon = api.MapGroup("/lexicon").WithTags("lexicon");
        lexicon.MapGet(string.Empty, ListAsync).Needs(Right.See)
            .Operation("listWords", "The words that hold in an area, its own and inherited.").Refuses(422);
        lexicon.MapPost(string.Empty, SetAsync).Needs(Right.Write)
            .Operation("setWord", "Says how an area says a word.").Refuses(400, 403, 409, 422);
        lexicon.MapDelete("/{id:long}", RemoveAsync).Needs(Right.Write)
            .Operation("removeWord", "Removes a word; it is said as in the area above, or by the rules.").Refuses(403, 404);
        api.MapPost("/reading", ReadAsync).WithTags("lexicon").Needs(Right.Write)
            .Operation("readText", "Shows the words that a voice would be given. Nothing is spoken or kept.")
            .Refuses(400, 403, 422);
    }

    private static async Task<IReadOnlyList<WordAnswer>> ListAsync(
        [AsParameters] ListPage page, [FromQuery, Description("Without it the caller's own, or all together.")] long? area,
        LexiconQuery lexicon, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var at = area ?? await mine.HomeAsync(Right.See, cancellationToken);
        if (!(await mine.SeenAsync(cancellationToken)).Holds(at))
        {
            throw new RefusedException(AreaRefusal.UnknownArea, at ?? 0);
        }

        return page.AnswerOf(context, await lexicon.WordsAsync(at, cancellationToken), word => word.Id, WordAnswer.Of);
    }

    private static async Task<WordAnswer> SetAsync(
        WordBody body, SetWord set, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var area = body.AreaId ?? await mine.HomeAsync(Right.Write, cancellationToken);
        return WordAnswer.Of(await set.HandleAsync(
            new SetWordRequest(area, body.Written, body.Spoken) { Seen = body.Seen }, context.User.Actor(), cancellationToken));
    }

    private static async Task<NoContent> RemoveAsync(
        long id, RemoveWord remove, HttpContext context, CancellationToken cancellationToken)
    {
        await remove.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ReadingAnswer> ReadAsync(
        ReadingBody body, LexiconQuery lexicon, MyGrants mine, IOptions<AudioOptions> audio,
        CancellationToken cancellationToken)
    {
        var area = body.AreaId ?? await mine.HomeAsync(Right.Write, cancellationToken);
        if (!(await mine.GetAsync(cancellationToken)).May(Right.Write, area))
        {
            throw new RefusedException(Refusal.NotAllowed);
        }

        var text = PlainText.Speech(body.Text, audio.Value.MaxTextLength);
        var reading = await lexicon.ReadAsync(text, area, cancellationToken);
        return new ReadingAnswer(
            reading.Spoken,
            [.. reading.Pieces.Where(piece => piece.IsChanged || piece.Doubt != ReadingDoubt.None)
                .Select(piece => new ReadPieceAnswer(piece.Written, piece.Spoken.Trim(), piece.Doubt))]);
    }
}
