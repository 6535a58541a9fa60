namespace SmartRadio.Audio.Reading;

/// <summary>
/// Numbers of bank accounts, identity cards and taxes after their names, in groups too: "STK 0123 456 789". Every digit is said.
/// </summary>
internal sealed class AccountRule : IReadingRule
{
    private const int LeastDigits = 6;
    private const int MostDigits = 24;
    private const int LongestGroup = 6;
    private const int WordsBetween = 4;

    private static readonly string[] Names = ["stk", "tk", "cccd", "cmnd", "mst"];

    // The last two words of a name.
    private static readonly string[] LongNames = ["tài khoản", "số thuế", "công dân", "định danh", "bảo hiểm"];

    // May stand between the name and the number.
    private static readonly string[] Fillers = ["số", "là", "ngân", "hàng", "nhận", "của"];

    public Match? Match(Passage passage, int at)
    {
        if (!Passage.IsDigit(passage[at]) || !passage.StartsWord(at) || !IsNamed(passage, at))
        {
            return null;
        }

        var groups = Groups(passage, at);
        var end = EndOf(passage, at, groups.Count);
        var pause = passage[end] == ' ' && Passage.IsDigit(passage[end + 1]) ? "," : string.Empty;
        return groups.Sum(group => group.Length) < LeastDigits
            ? null
            : new Match(end, string.Join(", ", groups.Select(Spoken)) + pause);
    }

    // Of those that no unit or noun claims: "tài khoản 500.000 đồng" is money.
    private static List<string> Groups(Passage passage, int at)
    {
        var groups = new List<string>();
        var digits = 0;
        for (var next = at; Passage.IsDigit(passage[next]) && digits < MostDigits;)
        {
            var end = passage.Digits(next);
            if (!passage.EndsWord(end) || (passage[end] is '/' or ',' or ':' && Passage.IsDigit(passage[end + 1])))
            {
                break;
            }

            digits += end - next;
            if (NumberToken.IsMeasured(passage, end))
            {
                // Points join the groups of one amount.
                return passage[at + groups.Sum(group => group.Length + 1) - 1] == ' ' ? groups : [];
            }

            groups.Add(passage.Text[next..end]);
            next = passage[end] is ' ' or '.' or '-' ? end + 1 : passage.Length;
        }

        return groups;
    }

    private static int EndOf(Passage passage, int at, int groups)
    {
        var end = passage.Digits(at);
        for (var group = 1; group < groups; group++)
        {
            end = passage.Digits(end + 1);
        }

        return end;
    }

    private static string Spoken(string group) =>
        group.Length > LongestGroup ? NumberWords.Grouped(group) : NumberWords.Digits(group);

    private static bool IsNamed(Passage passage, int at)
    {
        var nth = 1;
        while (nth <= WordsBetween && Array.IndexOf(Fillers, passage.WordBefore(at, nth)) >= 0)
        {
            nth++;
        }

        var last = passage.WordBefore(at, nth);
        return Array.IndexOf(Names, last) >= 0
            || Array.IndexOf(LongNames, $"{passage.WordBefore(at, nth + 1)} {last}") >= 0;
    }
}
