using System.Globalization;

namespace SmartRadio.Audio.Reading;

/// <summary>Ends of lines are pauses; bullets are silent; numbers and letters of a list have a pause behind them.</summary>
internal sealed class LineRule : IReadingRule
{
    private const string Bullets = "-–—−•●○◦▪■□►▶➤➢✓✔✅*+·‣⁃→⇒";
    private const string Marks = ",;:.!?…";
    private const int LongestIndent = 50;
    private const int LongestNumber = 4;

    public Match? Match(Passage passage, int at)
    {
        if (passage[at] == '\n')
        {
            return LineEnd(passage, at);
        }

        return passage.StartsLine(at) ? Bullet(passage, at) ?? Numbered(passage, at) : null;
    }

    // A line that goes on in small letters is one sentence with the next: text from a mail or a scanned page.
    private static Match LineEnd(Passage passage, int at)
    {
        var before = at - 1;
        while (before >= 0 && at - before < LongestIndent && passage[before] == ' ')
        {
            before--;
        }

        var next = Blanks(passage, at + 1);
        return before < 0 || passage[before] == '\n' || Marks.Contains(passage[before]) ? new Match(at + 1, "\n")
            : char.IsLower(passage[next]) && !IsItem(passage, next) ? new Match(at + 1, " ")
            : new Match(at + 1, ".\n");
    }

    private static Match? Bullet(Passage passage, int at)
    {
        var mark = Blanks(passage, at);
        var after = mark;
        while (after - mark < LongestNumber && Bullets.Contains(passage[after]) && passage[after] != '\0')
        {
            after++;
        }

        // "-5°C" is no item of a list.
        return after > mark && (passage[after] == ' ' || char.IsLetter(passage[after]))
            ? new Match(Blanks(passage, after), string.Empty)
            : null;
    }

    private static Match? Numbered(Passage passage, int at)
    {
        var start = Blanks(passage, at);
        var end = start;
        while (end - start <= LongestNumber && char.IsAsciiLetterOrDigit(passage[end]))
        {
            end++;
        }

        var text = passage.Text.AsSpan(start, end - start);
        if (end == start || passage[end] is not ('.' or ')' or '/' or '-') || passage[end + 1] != ' ' || IsRange(passage, end))
        {
            return null;
        }

        // "Q. Hải Châu" begins with a district.
        if (passage[end] == '.' && text is ['Q' or 'P' or 'X' or 'H' or 'T' or 'Ô' or 'Đ'])
        {
            return null;
        }

        var spoken = int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? NumberWords.Of(number)
            : NumberWords.Roman(text) is > 0 and var roman ? NumberWords.Of(roman)
            : text.Length == 1 ? Letters.Of(text)
            : null;
        return spoken is null ? null : new Match(end + 1, passage[end] == '.' ? spoken + "." : spoken + ",");
    }

    // "7 - 11" begins no list.
    private static bool IsRange(Passage passage, int end) =>
        passage[end] is '-' or '/' && Passage.IsDigit(passage[passage.Spaces(end + 1)]);

    private static bool IsItem(Passage passage, int at) => char.IsLetter(passage[at]) && passage[at + 1] is ')' or '.';

    private static int Blanks(Passage passage, int at)
    {
        var end = at;
        while (end - at < LongestIndent && passage[end] == ' ')
        {
            end++;
        }

        return end;
    }
}
