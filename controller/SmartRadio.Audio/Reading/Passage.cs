using System.Globalization;

namespace SmartRadio.Audio.Reading;

/// <summary>A clean text, and what rules ask of it. Every question takes bounded time.</summary>
internal sealed class Passage(string text)
{
    private const int LongestWord = 24;
    private const int LettersOfCapitals = 6;
    private const int LongestLine = 300;

    private int _lineStart = -1;
    private int _lineEnd = -1;
    private bool _capitals;

    public string Text => text;

    public int Length => text.Length;

    /// <summary>The character, or U+0000 outside of the text.</summary>
    public char this[int at] => (uint)at < (uint)text.Length ? text[at] : '\0';

    public static bool IsWord(char letter) =>
        char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;

    public static bool IsDash(char mark) => mark is '-' or '–' or '—' or '−' or '‐' or '‑' or '÷' or '→' or '~';

    public static bool IsDigit(char letter) => letter is >= '0' and <= '9';

    public bool StartsWord(int at) => !IsWord(this[at - 1]);

    public bool EndsWord(int end) => !IsWord(this[end]);

    public bool StartsLine(int at) => at == 0 || this[at - 1] == '\n';

    /// <summary>The index after at most two spaces.</summary>
    public int Spaces(int at) => this[at] != ' ' ? at : this[at + 1] != ' ' ? at + 1 : at + 2;

    /// <summary>The index after the digits that begin at a place.</summary>
    public int Digits(int at)
    {
        while (IsDigit(this[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The value of 1 to 9 digits, or -1 for anything else.</summary>
    public int Value(int from, int to) => to > from && to - from <= 9
        && int.TryParse(text.AsSpan(from, to - from), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : -1;

    /// <summary>Whether these characters stand here, regardless of case.</summary>
    public bool Has(int at, string part) =>
        at >= 0 && string.Compare(text, at, part, 0, part.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Whether exactly these characters stand here.</summary>
    public bool HasExactly(int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    /// <summary>The index after a sign of a range with spaces around it, or -1. It stays within its line.</summary>
    public int AfterDash(int at)
    {
        var dash = Spaces(at);
        return IsDash(this[dash]) && this[dash + 1] != '>' ? Spaces(dash + 1) : -1;
    }

    /// <summary>The letters that begin at a place, in small letters; at most 24.</summary>
    public string WordAt(int at)
    {
        var end = at;
        while (char.IsLetter(this[end]) && end - at < LongestWord)
        {
            end++;
        }

        return text[at..end].ToLowerInvariant();
    }

    /// <summary>The word before a place, in small letters; empty at the beginning, or after another sentence.</summary>
    /// <param name="at">The place.</param>
    /// <param name="nth">1 for the nearest word.</param>
    public string WordBefore(int at, int nth = 1)
    {
        var end = at;
        for (; ; nth--)
        {
            while (end > 0 && at - end < LongestWord && text[end - 1] is ' ' or ':' or '(' or '"' or '“')
            {
                end--;
            }

            var start = end;
            while (start > 0 && end - start < LongestWord && IsWord(text[start - 1]))
            {
                start--;
            }

            if (nth <= 1 || start == end)
            {
                return text[start..end].ToLowerInvariant();
            }

            end = start;
        }
    }

    /// <summary>Whether the line of a place is written in capitals throughout, as headings are.</summary>
    public bool IsInCapitals(int at)
    {
        if (at < _lineStart || at >= _lineEnd)
        {
            _lineStart = Math.Max(0, text.LastIndexOf('\n', at, Math.Min(at + 1, LongestLine)) + 1);
            var end = text.IndexOf('\n', at, Math.Min(text.Length - at, LongestLine));
            _lineEnd = end < 0 ? Math.Min(text.Length, at + LongestLine) : end + 1;
            var line = text.AsSpan(Math.Max(_lineStart, at - LongestLine).._lineEnd);
            var letters = 0;
            var words = 0;
            _capitals = true;
            foreach (var letter in line)
            {
                letters += char.IsUpper(letter) ? 1 : 0;
                words += letter == ' ' ? 1 : 0;
                _capitals &= !char.IsLower(letter);
            }

            _capitals &= letters >= LettersOfCapitals && words >= 1;
        }

        return _capitals;
    }
}
