using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Reading;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Lexicon;

/// <param name="AreaId">The area; null = all together.</param>
/// <param name="Written">One line, at most <see cref="SetWord.LongestWritten"/> characters, with a letter or digit.</param>
/// <param name="Spoken">One line, at most <see cref="SetWord.LongestSpoken"/> characters, with a letter or digit.</param>
public sealed record SetWordRequest(long? AreaId, string Written, string Spoken)
{
    /// <summary>The mark of the word as the person saw it; null = it is set whatever it is.</summary>
    public string? Seen { get; init; }
}

/// <summary>Says how an area says a word; the word as it was said there before is replaced.</summary>
public sealed class SetWord(AuditedChanges changes, IOptions<LimitOptions> limits)
{
    public const int LongestWritten = 60;
    public const int LongestSpoken = 200;

    /// <exception cref="RefusedException">
    /// <see cref="LexiconRefusal.WordMissing"/>, <see cref="LexiconRefusal.WordTooLong"/>,
    /// <see cref="LexiconRefusal.SpokenMissing"/>, <see cref="LexiconRefusal.SpokenTooLong"/>,
    /// <see cref="LexiconRefusal.TooManyWords"/>, <see cref="LexiconRefusal.TooManyWordsInAll"/>,
    /// <see cref="AreaRefusal.UnknownArea"/>, <see cref="Refusal.ChangedMeanwhile"/>.
    /// </exception>
    public Task<LexiconWord> HandleAsync(SetWordRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (written, spoken) = (Written(request.Written), Spoken(request.Spoken));
        var key = ReadingDictionary.KeyOf(written);
        return changes.ApplyAsync(actor, Right.Write, "lexicon.set", async (change, token) =>
        {
            change.At(request.AreaId);
            await change.Db.NeedAreaAsync(request.AreaId, token);
            var words = change.Db.LexiconWords.Where(word => word.AreaId == request.AreaId);
            var word = await words.SingleOrDefaultAsync(each => each.Key == key, token);
            if (word is not null && word.Spoken != spoken)
            {
                ShownMark.Check(request.Seen, LexiconWord.MarkOf(word));
            }

            var before = word?.Spoken;
            if (word is null)
            {
                await CheckCountAsync(change.Db, words, token);
                word = new LexiconWord { AreaId = request.AreaId, Written = written, Key = key, Spoken = spoken };
                change.Db.LexiconWords.Add(word);
            }

            (word.Written, word.Spoken) = (written, spoken);
            await change.Db.SaveChangesAsync(token);
            change.Happens(new LexiconChanged(request.AreaId));
            return change.Report(word, LexiconSubject.Of(request.AreaId), new { written, spoken, before });
        }, cancellationToken);
    }

    private static string Written(string? text)
    {
        var written = PlainText.Words(text, LongestWritten) ?? throw TooLong();
        var words = written.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return !written.Any(char.IsLetterOrDigit) ? throw new RefusedException(LexiconRefusal.WordMissing)
            : words > ReadingDictionary.MostWords ? throw TooLong()
            : written;
    }

    private static string Spoken(string? text)
    {
        var spoken = PlainText.Words(text, LongestSpoken)
            ?? throw new RefusedException(LexiconRefusal.SpokenTooLong, LongestSpoken);
        return spoken.Any(char.IsLetterOrDigit) ? spoken : throw new RefusedException(LexiconRefusal.SpokenMissing);
    }

    private static RefusedException TooLong() =>
        new(LexiconRefusal.WordTooLong, LongestWritten, ReadingDictionary.MostWords);

    private async Task CheckCountAsync(RadioDb db, IQueryable<LexiconWord> words, CancellationToken cancellationToken)
    {
        if (await words.CountAsync(cancellationToken) >= limits.Value.AreaWords)
        {
            throw new RefusedException(LexiconRefusal.TooManyWords, limits.Value.AreaWords);
        }

        if (await db.LexiconWords.CountAsync(cancellationToken) >= limits.Value.Words)
        {
            throw new RefusedException(LexiconRefusal.TooManyWordsInAll, limits.Value.Words);
        }
    }
}
