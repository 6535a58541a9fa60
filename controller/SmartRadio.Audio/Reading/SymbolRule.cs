using System.Globalization;
using System.Text;

namespace SmartRadio.Audio.Reading;

/// <summary>Signs between words: emoji and ornaments are silent, a dash is a pause, some signs have names.</summary>
internal sealed class SymbolRule : IReadingRule
{
    private const int Run = 3;
    private const int LongestYear = 7;
    private const int LongestService = 16;

    public Match? Match(Passage passage, int at)
    {
        var letter = passage[at];
        if (Passage.IsWord(letter) || letter is ' ' or '\n')
        {
            return null;
        }

        return Line(passage, at) ?? Service(passage, at) ?? Dash(passage, at) ?? Named(passage, at) ?? Silent(passage, at);
    }

    // "......", "-----", "=====".
    private static Match? Line(Passage passage, int at)
    {
        var letter = passage[at];
        if (letter is not ('.' or '-' or '_' or '=' or '*' or '~' or '#' or '–' or '—' or '…' or '+' or '─' or '!' or '?'))
        {
            return null;
        }

        var end = at;
        while (passage[end] == letter)
        {
            end++;
        }

        return end - at < Run ? null : new Match(end, letter is '.' or '!' or '?' or '…' ? letter.ToString() : ",");
    }

    // "*101#" is dialled.
    private static Match? Service(Passage passage, int at)
    {
        var end = at;
        while (end - at < LongestService && (passage[end] == '*' || Passage.IsDigit(passage[end])))
        {
            end++;
        }

        return passage[at] == '*' && passage[end] == '#' && Passage.IsDigit(passage[at + 1])
            ? new Match(
                end + 1,
                string.Join(' ', passage.Text[at..end].Select(key =>
                    key == '*' ? "sao" : NumberWords.Digits([key]))) + " thăng")
            : null;
    }

    private static Match? Dash(Passage passage, int at)
    {
        if (!(passage[at] is '-' or '–' or '—' or '→' or '‒' or '⇒' or '➔' or '|' or '>' or '<'))
        {
            return null;
        }

        // "-", "->", ">>" with a space on either side; a hyphen inside a word is no pause.
        var end = at;
        while (end - at < Run && passage[end] is '-' or '–' or '—' or '→' or '‒' or '⇒' or '➔' or '|' or '>' or '<')
        {
            end++;
        }

        if (IsWeek(passage, at, passage.Spaces(end)) || (passage[at - 1] == ' ' && IsSpan(passage, at, passage.Spaces(end))))
        {
            return new Match(end, " đến ");
        }

        var isInside = Passage.IsWord(passage[at - 1]) && Passage.IsWord(passage[end]);
        var pause = isInside ? passage[at] == '-' ? "-" : ", "
            : passage[at - 1] is ' ' or '\0' || passage[end] == ' ' ? "," : " ";
        return passage[at] is '<' or '>' && Passage.IsDigit(passage[passage.Spaces(end)])
            ? new Match(end, passage[at] == '<' ? " dưới " : " trên ")
            : new Match(end, pause);
    }

    // "T2-T6", "T2 – CN", "thứ Hai - thứ Sáu".
    private static bool IsWeek(Passage passage, int at, int next)
    {
        var last = passage[at - 1] == ' ' ? at - 1 : at;
        return passage.Has(next, "thứ ") ? passage.WordBefore(last, 2) is "thứ"
            : (passage.HasExactly(next, "CN") || (passage[next] == 'T' && passage[next + 1] is >= '2' and <= '7'))
                && passage[last - 2] == 'T' && passage[last - 1] is >= '2' and <= '7' && passage.StartsWord(last - 2);
    }

    // "22h ngày 30/11 - 4h ngày 01/12", "30/11 - ngày 2/12". "30/11 - 7h30: họp" is one moment.
    private static bool IsSpan(Passage passage, int at, int next)
    {
        var day = at - 2;
        while (Passage.IsDigit(passage[day]) && at - day < LongestYear)
        {
            day--;
        }

        var hour = passage.Digits(next);
        var ngay = hour == next ? next : passage[hour] is 'h' ? passage.Digits(hour + 1) + 1 : -1;
        return passage[day] == '/' && ngay > 0 && passage.Has(ngay, "ngày ");
    }

    private static Match? Named(Passage passage, int at)
    {
        var isBeforeNumber = Passage.IsDigit(passage[passage.Spaces(at + 1)]);
        var before = passage[at - 1] == ' ' ? passage[at - 2] : passage[at - 1];
        var isAfterNumber = Passage.IsDigit(before) || before == '%';
        var name = passage[at] switch
        {
            '&' => "và",
            '@' => "a còng",
            '≥' => "từ",
            '≤' => "không quá",
            '±' => "cộng trừ",
            '≈' => "khoảng",
            '~' when isBeforeNumber && passage.WordBefore(at) != "khoảng" => "khoảng",
            '=' when isBeforeNumber => "bằng",
            '+' when isBeforeNumber && (isAfterNumber || passage[at - 1] == '(') => "cộng",
            '+' when passage[at + 1] == ' ' && passage.WordBefore(at) is [>= '0' and <= '9', ..] => "cộng", // "5K + vắc xin"
            '+' when passage[at + 1] == ' ' && passage[at - 1] == ' ' && Passage.IsWord(passage[at - 2]) => "và", // "CCCD + sổ"
            '×' when isBeforeNumber => "nhân",
            '№' => "số",
            '%' => "phần trăm",
            _ => null,
        };
        return name is null ? null : new Match(at + 1, passage[at - 1] == '(' ? name + " " : $" {name} ");
    }

    private static Match? Silent(Passage passage, int at)
    {
        // Half a pair cannot come: the text is clean.
        Rune.TryGetRuneAt(passage.Text, at, out var rune);
        var end = at + Math.Max(1, rune.Utf16SequenceLength);
        if (passage[at] is '#' or '*' or '_' or '^' or '`' or '\\' or '~' or '=' or '+' or '[' or ']' or '{' or '}')
        {
            return new Match(end, " ");
        }

        if (passage[at] == '\u20e3')
        {
            return new Match(end, ","); // the frame of a number that begins an item
        }

        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
                or UnicodeCategory.MathSymbol or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.EnclosingMark or UnicodeCategory.CurrencySymbol
            ? new Match(end, " ")
            : null;
    }
}
