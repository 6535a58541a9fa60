using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// Finds bulletins by words of their titles, as <see cref="FoldedText"/> compares them: all titles of the scope are read.
/// </summary>
internal static class TitleSearch
{
    /// <summary>Ids of bulletins of a scope whose titles hold all words of a query.</summary>
    public static async Task<List<long>> FindAsync(
        RadioDb db, AreaScope scope, string query, CancellationToken cancellationToken)
    {
        var words = FoldedText.WordsOf(query);
        var titles = await BulletinQuery.Seen(db, scope).Select(bulletin => new { bulletin.Id, bulletin.Title })
            .ToListAsync(cancellationToken);
        return titles.FindAll(each => FoldedText.Holds(each.Title, words)).ConvertAll(each => each.Id);
    }
}
