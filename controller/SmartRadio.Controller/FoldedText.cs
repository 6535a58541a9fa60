using System.Globalization;
using System.Text;

namespace SmartRadio.Controller;

/// <summary>
/// Text as people search it on a phone: without marks and in any case. No database here folds Vietnamese letters, so what is
/// searched is compared by the program.
/// </summary>
public static class FoldedText
{
    /// <summary>The text in lower case without marks: "Tiêm CHỦNG đợt 2" becomes "tiem chung dot 2".</summary>
    public static string Of(string text)
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

    /// <summary>The words of a search as they are compared. More than <see cref="PlainText.NameLength"/> characters are none.</summary>
    public static string[] WordsOf(string query) =>
        Of(PlainText.Words(query, PlainText.NameLength) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a text holds all words of a search.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="words">As <see cref="WordsOf"/> gives them; none are held by all.</param>
    public static bool Holds(string text, string[] words) => words.Length == 0 || (Of(text) is var folded
        && Array.TrueForAll(words, word => folded.Contains(word, StringComparison.Ordinal)));
}
