using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// Finds bulletins by words of their titles, as people type them on a phone: without marks and in any case. No database here
/// folds Vietnamese letters, so the titles, a few thousand at most, are compared by the program.
/// </summary>
internal static class TitleSearch
{
    /// <summary>Ids of bulletins of a scope whose titles hold all words of a query.</summary>
    public static async Task<List<long>> FindAsync(
        RadioDb db, AreaScope scope, string query, CancellationToken cancellationToken)
    {
        var words = Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var titles = await BulletinQuery.Seen(db, scope).Select(bulletin => new { bulletin.Id, bulletin.Title })
            .ToListAsync(cancellationToken);
        return titles.FindAll(each => Fold(each.Title) is var title
            && Array.TrueForAll(words, word => title.Contains(word, StringComparison.Ordinal))).ConvertAll(each => each.Id);
    }

    /// <summary>The text in lower case without marks: "Tiêm CHỦNG đợt 2" becomes "tiem chung dot 2".</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(letter == 'đ' ? 'd' : letter);
            }
        }

        return folded.ToString();
    }
}
