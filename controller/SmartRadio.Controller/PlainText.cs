using System.Globalization;
using System.Text;
using SmartRadio.Audio.Reading;

namespace SmartRadio.Controller;

/// <summary>
/// Text that people write and others read: composed (NFC), without the characters that hide or reorder what is seen
/// (controls, bidirectional overrides, broken surrogates) and within a length in UTF-16 units.
/// </summary>
public static class PlainText
{
    /// <summary>Most characters of a title or a name.</summary>
    public const int NameLength = 200;

    private const int FileNameRunes = 100;
    private const char ZeroWidthNonJoiner = '\u200c';
    private const char ZeroWidthJoiner = '\u200d';

    /// <summary>A bulletin's title: one line.</summary>
    public static string Title(string? text) =>
        Checked(text, NameLength, lines: false, Refusal.TitleMissing, Refusal.TitleTooLong);

    /// <summary>The name of an area, a node, a person or a key: one line.</summary>
    public static string Name(string? text) =>
        Checked(text, NameLength, lines: false, Refusal.NameMissing, Refusal.NameTooLong);

    /// <summary>
    /// The name of a file somebody sent, for a sentence about it: without folders and hidden characters, at most 100 characters.
    /// </summary>
    /// <returns>Null when nothing is left of it.</returns>
    public static string? FileName(string? sent)
    {
        var name = sent is null ? string.Empty : sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        var shown = string.Concat(name.EnumerateRunes()
            .Where(rune => !IsHidden(rune) && !Rune.IsControl(rune))
            .Take(FileNameRunes)
            .Select(rune => rune.ToString())).Trim().Normalize(NormalizationForm.FormC);
        return shown.Length == 0 ? null : shown;
    }

    /// <summary>
    /// The beginning of a text, cut between letters as people see them, never within an emoji or between a letter and its mark;
    /// all of a text that is short enough.
    /// </summary>
    /// <param name="text">As written.</param>
    /// <param name="most">Most letters, with the "…" that stands for the rest.</param>
    public static string Shortened(string text, int most)
    {
        var (cut, at) = (0, 0);
        for (var letter = 1; at < text.Length; letter++)
        {
            if (letter > most)
            {
                return text[..cut] + "…";
            }

            cut = letter == most ? at : cut;
            at += StringInfo.GetNextTextElementLength(text, at);
        }

        return text;
    }

    /// <summary>
    /// What is to be spoken. Text pasted from Word, a phone or a web page brings characters that nobody sees: they are dropped,
    /// and never a reason to refuse. Line separators of any kind become line ends.
    /// </summary>
    /// <param name="text">As written.</param>
    /// <param name="most">Most UTF-16 units.</param>
    public static string Speech(string? text, int most) => Checked(
        text?.Length > 3L * most ? text : Seen(text), most, lines: true, Refusal.TextMissing, Refusal.TextTooLong);

    /// <summary>
    /// Some words in one line, with single spaces, and without the characters that nobody sees; empty for none, null for more
    /// than <paramref name="most"/> UTF-16 units.
    /// </summary>
    public static string? Words(string? text, int most)
    {
        if (text?.Length > 3L * most)
        {
            return null;
        }

        var parts = Seen(text)?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        var words = string.Join(' ', parts).Normalize(NormalizationForm.FormC);
        return words.Length <= most ? words : null;
    }

    /// <summary>
    /// What is still being written: as it is, without the characters that nobody sees; null for more than
    /// <paramref name="most"/> UTF-16 units.
    /// </summary>
    public static string? Draft(string? text, int most)
    {
        var seen = text?.Length > 3L * most ? null : Seen(text) ?? string.Empty;
        return seen?.Length <= most ? seen : null;
    }

    // Broken surrogates come as U+FFFD.
    private static string? Seen(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            seen.Append(rune.Value is '\n' or '\r' or '\t' ? rune.ToString()
                : WrittenText.IsLineEnd(rune) ? "\n"
                : IsHidden(rune) ? string.Empty
                : Rune.IsControl(rune) || rune == Rune.ReplacementChar ? " "
                : rune.ToString());
        }

        return seen.ToString();
    }

    private static string Checked(string? text, int most, bool lines, string missing, string tooLong)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RefusedException(missing);
        }

        // Composing shortens Vietnamese by up to two marks a letter. Anything longer is refused before it costs work.
        if (text.Length > 3L * most)
        {
            throw new RefusedException(tooLong, most);
        }

        var composed = Composed(text, lines);
        if (composed.Length > most)
        {
            throw new RefusedException(tooLong, most);
        }

        return composed.EnumerateRunes().Any(IsVisible) ? composed : throw new RefusedException(missing);
    }

    private static string Composed(string text, bool lines)
    {
        // Not EnumerateRunes: it would turn a broken surrogate into U+FFFD.
        for (var at = 0; at < text.Length; at++)
        {
            if (Rune.TryGetRuneAt(text, at, out var rune))
            {
                at += rune.Utf16SequenceLength - 1;
                if (IsAllowed(rune, lines))
                {
                    continue;
                }
            }

            throw new RefusedException(Refusal.ControlCharacters);
        }

        return text.Trim().Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n");
    }

    private static bool IsAllowed(Rune rune, bool lines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => lines && rune.Value is '\n' or '\r' or '\t',
        UnicodeCategory.Format => IsJoiner(rune),
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => !IsBlank(rune),
    };

    /// <summary>
    /// Letters and marks that show nothing (Default_Ignorable_Code_Point of the Unicode Character Database, 4.2), and the empty
    /// Braille cell. Variation selectors belong to emoji.
    /// </summary>
    private static bool IsBlank(Rune rune) => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF) || WrittenText.IsNone(rune);

    /// <summary>What tells nothing to the eye, or reorders what is beside it: never in text that people write.</summary>
    public static bool IsHidden(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && !IsJoiner(rune)) || IsBlank(rune);

    // Scripts of Khmer and Cham minorities and emoji need the joiners.
    private static bool IsJoiner(Rune rune) => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner;

    private static bool IsVisible(Rune rune) => !Rune.IsWhiteSpace(rune) && !IsJoiner(rune);
}
