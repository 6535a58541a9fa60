using Microsoft.EntityFrameworkCore;
using SmartRadio.Audio.Reading;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Lexicon;

/// <summary>The words that hold in an area: its own, those of the areas above it, and those of all together.</summary>
public sealed class LexiconQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>Each word once, as the nearest area upwards says it, in the order of its key.</summary>
    /// <param name="area">The area; null, or one that is not there, has the words of all together.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<LexiconWord>> WordsAsync(long? area, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var path = area is { } id ? (await AreaQuery.LoadAsync(db, cancellationToken)).PathOf(id) : [];
        var depths = path.Select((each, depth) => (each.Id, depth)).ToDictionary(each => each.Id, each => each.depth);
        var ids = depths.Keys.ToList();
        var words = await db.LexiconWords.AsNoTracking()
            .Where(word => word.AreaId == null || ids.Contains(word.AreaId.Value))
            .ToListAsync(cancellationToken);
        return
        [
            .. words.GroupBy(word => word.Key, StringComparer.Ordinal)
                .Select(same => same.MaxBy(word => word.AreaId is { } own ? depths[own] : -1)!)
                .OrderBy(word => word.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads a text as it is said in an area.</summary>
    public async Task<ReadText> ReadAsync(string text, long? area, CancellationToken cancellationToken)
    {
        var words = await WordsAsync(area, cancellationToken);
        return ReadAloud.Read(
            text, ReadingDictionary.Of(words.Select(word => KeyValuePair.Create(word.Written, word.Spoken))));
    }
}
