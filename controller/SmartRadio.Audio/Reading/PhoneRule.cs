using System.Globalization;

namespace SmartRadio.Audio.Reading;

/// <summary>Telephone numbers: every digit, with a pause between groups.</summary>
internal sealed class PhoneRule : IReadingRule
{
    private const int MostGroups = 6;

    // Words before a number that is said digit by digit.
    private static readonly string[] Clues =
        ["thoại", "hotline", "zalo", "đt", "sđt", "tel", "fax", "viber", "stk", "cccd", "cmnd", "otp"];

    // These stand before amounts too: "huy động 500 người", "khoản 500 triệu", "gọi 150 thanh niên".
    private static readonly string[] WeakClues =
        ["gọi", "đài", "nóng", "máy", "động", "khoản", "mã", "ngay", "sát", "cứu", "hỏa", "hoả"];

    // Digits after which a weak clue is enough, whatever follows.
    private const int SureDigits = 6;

    public Match? Match(Passage passage, int at)
    {
        var start = passage[at] is '+' or '(' ? at + 1 : at;
        if (!Passage.IsDigit(passage[start]) || !passage.StartsWord(at))
        {
            return null;
        }

        var groups = Groups(passage, start, passage[at] == '(', out var end);
        var digits = string.Concat(groups);
        if (!passage.EndsWord(end) || (Passage.IsDash(passage[end]) && Passage.IsDigit(passage[end + 1]))
            || CalendarDay.At(passage, start) is { Year: > 0 })
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
        return start == at && passage.EndsWord(end) && end - at is >= 3 and <= 20 && IsClued(passage, at, end)
            && !(passage[end] is '.' or ',' && Passage.IsDigit(passage[end + 1]))
            && Units.At(passage, end) is null
            ? new Match(end, end - at <= 5 ? NumberWords.Digits(passage.Text.AsSpan(at, end - at))
                : NumberWords.Grouped(passage.Text.AsSpan(at, end - at)))
            : null;
    }

    private static bool IsClued(Passage passage, int at, int end)
    {
        var before = passage.WordBefore(at);
        var further = before is "số" or "hoặc" or "và" ? passage.WordBefore(at, 2) : before;
        return Array.IndexOf(Clues, before) >= 0 || Array.IndexOf(Clues, further) >= 0
            || (IsEmergency(passage.Value(at, end)) && IsListed(passage, at, further))
            || (Array.IndexOf(WeakClues, further) >= 0
                && (IsEmergency(passage.Value(at, end)) || end - at >= SureDigits
                    || !char.IsLetter(passage[passage.Spaces(end)])));
    }

    // Police, fire, ambulance, children, search and rescue.
    private static bool IsEmergency(int number) => number is >= 111 and <= 115;

    // "gọi 113, 114 hoặc 115"
    private static bool IsListed(Passage passage, int at, string before) =>
        (passage[at - 2] == ',' && IsEmergency(passage.Value(Math.Max(0, at - 5), at - 2)))
        || (int.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var other) && IsEmergency(other));
}
