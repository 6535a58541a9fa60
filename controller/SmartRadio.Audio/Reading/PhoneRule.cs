namespace SmartRadio.Audio.Reading;

/// <summary>Telephone numbers: every digit, with a pause between groups.</summary>
internal sealed class PhoneRule : IReadingRule
{
    private const int MostGroups = 6;

    // Words before a number that is said digit by digit.
    private static readonly string[] Clues =
        ["thoại", "gọi", "hotline", "zalo", "đài", "nóng", "máy", "đt", "sđt", "tel", "fax", "viber", "động", "khoản", "stk",
            "cccd", "cmnd", "mã", "otp"];

    public Match? Match(Passage passage, int at)
    {
        var start = passage[at] is '+' or '(' ? at + 1 : at;
        if (!Passage.IsDigit(passage[start]) || !passage.StartsWord(at))
        {
            return null;
        }

        var groups = Groups(passage, start, passage[at] == '(', out var end);
        var digits = string.Concat(groups);
        if (!passage.EndsWord(end) || (Passage.IsDash(passage[end]) && Passage.IsDigit(passage[end + 1])))
        {
            return null;
        }

        var isPhone = passage[at] == '+' ? digits.Length is >= 9 and <= 15
            : digits[0] == '0' ? digits.Length is >= 9 and <= 11 && digits[1] != '0'
            : digits.Length is >= 8 and <= 10 && (passage.Has(start, "1900") || passage.Has(start, "1800"));
        if (!isPhone)
        {
            return Clued(passage, at, start);
        }

        var spoken = groups.Count == 1 ? NumberWords.Grouped(digits)
            : string.Join(", ", groups.Select(group => NumberWords.Digits(group)));
        return new Match(end, passage[at] == '+' ? "cộng " + spoken : spoken);
    }

    private static List<string> Groups(Passage passage, int at, bool inBrackets, out int end)
    {
        var groups = new List<string>();
        end = at;
        for (var next = at; groups.Count < MostGroups && Passage.IsDigit(passage[next]);)
        {
            var last = passage.Digits(next);
            // A group of one digit without a point, or a long one after others, belongs to something else.
            var length = last - next;
            if (groups.Count > 0 && (length > 8 || (length < 2 && passage[next - 1] != '.')
                || groups.Sum(group => group.Length) + length > 12))
            {
                break;
            }

            groups.Add(passage.Text[next..last]);
            end = inBrackets && passage[last] == ')' ? last + 1 : last;
            next = passage[end] is ' ' or '.' or '-' ? end + 1 : end > last ? end : passage.Length;
        }

        return groups;
    }

    // "gọi 113", "số tài khoản 1234567".
    private static Match? Clued(Passage passage, int at, int start)
    {
        var end = passage.Digits(start);
        var before = passage.WordBefore(at);
        var isClue = Array.IndexOf(Clues, before) >= 0
            || (before is "số" && Array.IndexOf(Clues, passage.WordBefore(at, 2)) >= 0);
        return isClue && start == at && passage.EndsWord(end) && end - at is >= 3 and <= 20
            && !(passage[end] is '.' or ',' && Passage.IsDigit(passage[end + 1]))
            && Units.At(passage, end) is null
            ? new Match(end, end - at <= 5 ? NumberWords.Digits(passage.Text.AsSpan(at, end - at))
                : NumberWords.Grouped(passage.Text.AsSpan(at, end - at)))
            : null;
    }
}
