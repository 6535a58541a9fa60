using System.Globalization;

namespace SmartRadio.Audio.Reading;

/// <summary>Telephone numbers: every digit, with a pause between groups. Several may be joined by dashes or strokes.</summary>
internal sealed class PhoneRule : IReadingRule
{
    private const int MostGroups = 6;
    private const int MostDigits = 12;
    private const int MostNumbers = 4;

    // A number within a town, without its code.
    private const int LeastLocal = 6;
    private const int MostLocal = 8;

    // Words before a number that is said digit by digit.
    private static readonly string[] Clues =
        ["thoại", "hotline", "zalo", "đt", "sđt", "tel", "fax", "viber", "stk", "cccd", "cmnd", "otp"];

    // These stand before amounts too: "huy động 500 người", "khoản 500 triệu", "gọi 150 thanh niên".
    private static readonly string[] WeakClues =
        ["gọi", "đài", "nóng", "máy", "động", "khoản", "mã", "ngay", "sát", "cứu", "hỏa", "hoả", "cháy", "gửi"];

    // After a group of digits they count it: "1900 1234 24 giờ".
    private static readonly string[] Counted = ["giờ", "phút", "ngày", "tháng", "lần"];

    // Digits after which a weak clue is enough, whatever follows.
    private const int SureDigits = 6;

    public Match? Match(Passage passage, int at)
    {
        if ((Whole(passage, at) ?? Clued(passage, at)) is not { } first)
        {
            return null;
        }

        var number = first;
        for (var numbers = 1; numbers < MostNumbers && Next(passage, number.End) is { } next; numbers++)
        {
            number = next with { Spoken = $"{number.Spoken}, {next.Spoken}" };
        }

        // A pause before another number: "1900 1234 24/7".
        return Passage.IsDash(passage[number.End]) && Passage.IsDigit(passage[number.End + 1]) ? null
            : passage[number.End] == ' ' && Passage.IsDigit(passage[number.End + 1]) ? number with { Spoken = number.Spoken + "," }
            : number;
    }

    // "0912 345 678 - 0987 654 321", "3851234/3851235", "113-114".
    private static Match? Next(Passage passage, int end)
    {
        var sign = passage.Spaces(end);
        if (!Passage.IsDash(passage[sign]) && passage[sign] != '/')
        {
            return null;
        }

        var at = passage.Spaces(sign + 1);
        return Whole(passage, at) ?? Local(passage, at)
            ?? (IsEmergency(passage.Value(at, passage.Digits(at))) && passage.EndsWord(at + 3)
                ? new Match(at + 3, NumberWords.Digits(passage.Text.AsSpan(at, 3)))
                : null);
    }

    // A number with its code, or of a service.
    private static Match? Whole(Passage passage, int at)
    {
        var start = passage[at] is '+' or '(' ? at + 1 : at;
        if (!Passage.IsDigit(passage[start]) || !passage.StartsWord(at) || CalendarDay.At(passage, start) is { Year: > 0 })
        {
            return null;
        }

        // The longest that is a number; a last group that something else claims is left out if it can be.
        var groups = Groups(passage, start, passage[at] == '(');
        Match? claimed = null;
        for (; groups.Count > 0; groups.RemoveAt(groups.Count - 1))
        {
            var end = groups[^1].End;
            if (!IsPhone(passage, at, start, string.Concat(groups.Select(group => group.Digits)))
                || !passage.EndsWord(end) || (passage[end] == '.' && Passage.IsDigit(passage[end + 1])))
            {
                continue;
            }

            if (!IsClaimed(passage, end))
            {
                return Said(passage, at, groups);
            }

            claimed ??= Said(passage, at, groups);
        }

        return claimed;
    }

    private static bool IsClaimed(Passage passage, int end) =>
        (passage[end] == '/' && Passage.IsDigit(passage[end + 1])) || NumberToken.IsMeasured(passage, end)
        || Array.IndexOf(Counted, passage.WordAt(passage.Spaces(end))) >= 0;

    private static bool IsPhone(Passage passage, int at, int start, string digits) => passage[at] == '+'
        ? digits.Length is >= 9 and <= 15
        : digits[0] == '0' ? digits.Length is >= 9 and <= 11 && digits[1] != '0'
        : digits.Length is >= 8 and <= 10 && (passage.Has(start, "1900") || passage.Has(start, "1800"));

    private static Match Said(Passage passage, int at, List<(string Digits, int End)> groups)
    {
        var spoken = groups.Count == 1 ? NumberWords.Grouped(groups[0].Digits)
            : string.Join(", ", groups.Select(group =>
                group.Digits[0] is 'x' or 'X' ? Letters.Of(group.Digits) : NumberWords.Digits(group.Digits)));
        return new Match(groups[^1].End, passage[at] == '+' ? "cộng " + spoken : spoken);
    }

    private static List<(string Digits, int End)> Groups(Passage passage, int at, bool inBrackets)
    {
        var groups = new List<(string Digits, int End)>();
        var digits = 0;
        for (var next = at; groups.Count < MostGroups && Passage.IsDigit(passage[next]);)
        {
            var last = passage.Digits(next);
            var length = last - next;
            // One digit alone stands after a point, or after the code of a town: "0235 3 851 234".
            var isShort = length < 2 && passage[next - 1] != '.' && !(groups.Count == 1 && groups[0].Digits.Length is 3 or 4);
            if (groups.Count > 0 && (length > MostLocal || isShort || digits + length > MostDigits))
            {
                break;
            }

            digits += length;
            var end = inBrackets && passage[last] == ')' ? last + 1 : last;
            groups.Add((passage.Text[next..last], end));
            next = passage[end] is ' ' or '.' or '-' ? end + 1 : end > last ? end : passage.Length;
            if (Masked(passage, next) is var masked && masked > next)
            {
                digits += masked - next;
                groups.Add((passage.Text[next..masked], masked));
                next = passage[masked] is ' ' or '.' or '-' ? masked + 1 : passage.Length;
            }
        }

        return groups;
    }

    // "0905.115.xxx", "0905.xxx.115": the index after digits that are not told.
    private static int Masked(Passage passage, int at)
    {
        var end = at;
        while (passage[end] is 'x' or 'X' && end - at < 4)
        {
            end++;
        }

        return end - at >= 2 && passage.EndsWord(end) ? end : at;
    }

    // "3851234", "3851 234"
    private static Match? Local(Passage passage, int at)
    {
        var first = passage.Digits(at);
        var end = first - at is 3 or 4 && passage[first] is ' ' or '.' && passage.Digits(first + 1) - first - 1 is 3 or 4
            ? passage.Digits(first + 1)
            : first;
        var digits = passage.Text[at..end].Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        var least = end > first ? LeastLocal + 1 : LeastLocal;
        return digits.Length >= least && digits.Length <= MostLocal && passage.EndsWord(end) && !IsClaimed(passage, end)
            && !(passage[end] is '.' or ',' && Passage.IsDigit(passage[end + 1]))
            ? new Match(end, NumberWords.Grouped(digits))
            : null;
    }

    // "gọi 113", "số tài khoản 1234567".
    private static Match? Clued(Passage passage, int at)
    {
        if (!Passage.IsDigit(passage[at]) || !passage.StartsWord(at) || CalendarDay.At(passage, at) is { Year: > 0 })
        {
            return null;
        }

        if (Array.IndexOf(Clues, Clue(passage, at)) >= 0 && Local(passage, at) is { } local)
        {
            return local;
        }

        var end = passage.Digits(at);
        return passage.EndsWord(end) && end - at is >= 3 and <= 20 && IsClued(passage, at, end)
            && !(passage[end] is '.' or ',' && Passage.IsDigit(passage[end + 1]))
            && Units.At(passage, end) is null
            && !(NumberToken.At(passage, at) is { } amount && amount.End > end && NumberToken.IsMeasured(passage, amount.End))
            ? new Match(end, end - at <= 5 ? NumberWords.Digits(passage.Text.AsSpan(at, end - at))
                : NumberWords.Grouped(passage.Text.AsSpan(at, end - at)))
            : null;
    }

    // The word before a number, or before "số".
    private static string Clue(Passage passage, int at) =>
        passage.WordBefore(at) is var before && before is "số" or "hoặc" or "và" ? passage.WordBefore(at, 2) : before;

    private static bool IsClued(Passage passage, int at, int end)
    {
        var further = Clue(passage, at);
        return Array.IndexOf(Clues, passage.WordBefore(at)) >= 0 || Array.IndexOf(Clues, further) >= 0
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
