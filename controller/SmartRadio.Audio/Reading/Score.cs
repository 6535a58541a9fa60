namespace SmartRadio.Audio.Reading;

/// <summary>Scores of matches: "thắng 3-1 (25-20, 22-25, 25-18, 25-21)", "tỷ số 2-0". They are no ranges and no days.</summary>
internal static class Score
{
    private const int LongestList = 80;
    private const int MostSets = 7;

    private static readonly string[] Words =
        ["thắng", "thua", "hòa", "hoà", "dẫn", "hiệp", "ván", "séc", "set", "penalty", "pen"];

    /// <summary>Whether the pair of numbers that begins at a place is a score.</summary>
    public static bool IsAt(Passage passage, int at)
    {
        // "mua ván 3-4 m"
        if (Pair(passage, at) is { } pair && Units.At(passage, pair.End) is not null)
        {
            return false;
        }

        if (IsNamed(passage, at) || HasSets(passage, at))
        {
            return true;
        }

        // Of the numbers in brackets the one before the brackets tells.
        var start = ListStart(passage, at);
        if (start < at && IsNamed(passage, start))
        {
            return true;
        }

        var bracket = at;
        while (at - bracket < LongestList && bracket > 0 && passage[bracket - 1] is not ('(' or ')' or '\n'))
        {
            bracket--;
        }

        var head = bracket - 1;
        while (head > 0 && passage[head - 1] == ' ')
        {
            head--;
        }

        while (bracket - head < LongestList && head > 0
            && (Passage.IsDigit(passage[head - 1]) || Passage.IsDash(passage[head - 1])))
        {
            head--;
        }

        return bracket > 0 && passage[bracket - 1] == '(' && HasSets(passage, head);
    }

    // "tỷ số 1-2", "tỷ số các ván: 11-9", "hiệp một 1-0", "hiệp 1: 2-0".
    private static bool IsNamed(Passage passage, int at)
    {
        var before = passage.WordBefore(at);
        var second = passage.WordBefore(at, 2);
        return Array.IndexOf(Words, before) >= 0
            || (before is "số" && second is "tỷ" or "tỉ") || (before is "lưu" && second is "luân")
            || (second is "hiệp" or "ván" or "set" or "séc"
                && before is "một" or "hai" or "ba" or "phụ" or "1" or "2" or "3" or "4" or "5");
    }

    // "3-1 (25-20, 22-25, 25-18, 25-21)": as many sets as the two won together.
    private static bool HasSets(Passage passage, int at)
    {
        if (Pair(passage, at) is not { } score)
        {
            return false;
        }

        var next = passage.Spaces(score.End);
        var (sets, isPairs) = (0, passage[next] == '(');
        for (next++; isPairs && sets < MostSets; sets++)
        {
            if (Pair(passage, next) is not { } set)
            {
                return false;
            }

            next = passage[set.End] is ',' or ';' ? passage.Spaces(set.End + 1) : set.End;
            isPairs = passage[set.End] is ',' or ';';
        }

        return sets > 1 && passage[next] == ')' && sets == score.First + score.Second;
    }

    private static (int End, int First, int Second)? Pair(Passage passage, int at)
    {
        var dash = passage.Digits(at);
        var end = passage.Digits(dash + 1);
        return at >= 0 && dash - at is 1 or 2 && Passage.IsDash(passage[dash]) && end - dash is 2 or 3 && passage.EndsWord(end)
            && passage.StartsWord(at)
            ? (end, passage.Value(at, dash), passage.Value(dash + 1, end))
            : null;
    }

    // Where the numbers begin of which this is one, with what stands between them.
    private static int ListStart(Passage passage, int at)
    {
        var start = at;
        while (at - start < LongestList && start > 0
            && (Passage.IsDigit(passage[start - 1]) || passage[start - 1] is '-' or '–' or ',' or ';' or ' ' or '('))
        {
            start--;
        }

        while (start < at && !Passage.IsDigit(passage[start]))
        {
            start++;
        }

        return start;
    }
}
