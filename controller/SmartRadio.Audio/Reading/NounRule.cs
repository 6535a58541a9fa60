namespace SmartRadio.Audio.Reading;

/// <summary>
/// Numbers and Roman numbers after their noun: "khóa XIII", "quý IV/2026", "cấp 8-9", "thứ 2 - thứ 6", "tháng 4-5". The noun
/// decides how they are said.
/// </summary>
internal sealed class NounRule : IReadingRule
{
    // After these a Roman number may stand.
    private static readonly string[] Nouns =
        ["khóa", "khoá", "quý", "kỷ", "thứ", "hội", "kỳ", "cấp", "hạng", "loại", "chương", "phần", "mục", "điều",
            "tập", "đợt", "lần", "bậc", "động", "khu", "vùng", "độ", "nhóm", "khối", "đoàn", "vực", "tuyến", "bđ",
            "phiên", "học", "chiến", "triều", "nhất", "lục", "đoạn", "lớp", "ban", "kì", "dạng", "kỉ"];

    private const int MostWeekdays = 6;

    // After a list of weekdays.
    private static readonly string[] AfterWeekdays =
        ["và", "hằng", "hàng", "trong", "mỗi", "của", "tuần", "tại", "lúc", "từ", "sáng", "chiều", "tối", "vào", "cho", "thu", "hoặc"];

    private static readonly string[] Levels = ["cấp", "bậc", "độ", "tháng", "thứ", "quý"];

    public Match? Match(Passage passage, int at)
    {
        if (!char.IsLetter(passage[at]) || !passage.StartsWord(at))
        {
            return null;
        }

        var noun = passage.WordAt(at);
        var number = at + noun.Length;
        if (noun.Length < 2 || passage[number] != ' ' || passage[number + 1] == ' ')
        {
            return null;
        }

        number++;
        return noun is "thứ" && Weekdays(passage, at, number) is { } days ? days
            : Array.IndexOf(Levels, noun) >= 0 && Range(passage, at, noun, number) is { } range ? range
            : Array.IndexOf(Nouns, noun) >= 0 ? Single(passage, at, noun, number)
            : null;
    }

    // "thứ 2, 4, 6", "thứ 3-5-7"; "thứ 2-6" is a range, and "thứ 2, 4 người" no list.
    private static Match? Weekdays(Passage passage, int at, int number)
    {
        var words = passage.Text[at..number];
        var (days, end, isRange) = (0, number, false);
        for (var next = number; days < MostWeekdays && passage[next] is >= '2' and <= '7' && passage.EndsWord(next + 1); days++)
        {
            words += (days > 0 ? ", " : string.Empty) + WordOf("thứ", passage[next] - '0');
            end = next + 1;
            isRange |= passage[end] != ',' && days == 0;
            next = passage[end] == ',' ? passage.Spaces(end + 1) : passage.AfterDash(end);
        }

        var after = passage.WordAt(passage.Spaces(end));
        return days < 2 || (days == 2 && isRange) || passage[end] == '/'
            || (after.Length > 0 && Array.IndexOf(AfterWeekdays, after) < 0) ? null : new Match(end, words);
    }

    private static Match? Single(Passage passage, int at, string noun, int number)
    {
        if (Roman(passage, number) is not ({ } end, var value) || (end == number + 1 && IsLetter(passage, noun, number)))
        {
            return null;
        }

        var written = passage.Text[at..number];
        var second = passage.AfterDash(end);
        if (second > 0 && Roman(passage, second) is ({ } last, var until))
        {
            return WithYear(passage, last, $"{written}{WordOf(noun, value)} đến {WordOf(noun, until)}");
        }

        return WithYear(passage, end, written + WordOf(noun, value));
    }

    // "quý IV/2026"
    private static Match WithYear(Passage passage, int end, string words)
    {
        var year = passage[end] == '/' ? passage.Digits(end + 1) : end;
        return year == end + 5 && passage.EndsWord(year)
            ? new Match(year, $"{words} năm {NumberWords.Of(passage.Value(end + 1, year))}")
            : new Match(end, words);
    }

    // "lớp C", "khối C", "khu V" may be letters; "hạng C" is one.
    private static bool IsLetter(Passage passage, string noun, int number) =>
        passage[number] is 'C' or 'L'
        || (noun is "lớp" or "khối" or "nhóm" or "ban" or "độ" or "dạng" && passage[number] is not 'I');

    // "cấp 8-9" is said with the noun twice: "cấp tám, cấp chín".
    private static Match? Range(Passage passage, int at, string noun, int number)
    {
        var (first, value) = Value(passage, number);
        if (first < 0)
        {
            return null;
        }

        var next = passage.AfterDash(first);
        if (next < 0)
        {
            return null;
        }

        var repeats = passage.Has(next, noun) && passage[next + noun.Length] == ' ';
        var (last, until) = Value(passage, repeats ? next + noun.Length + 1 : next);
        if (last < 0 || until == value || (passage[last] == '/' && passage.Digits(last + 1) != last + 5)
            || Passage.IsDash(passage[last]) || Units.At(passage, last) is not null)
        {
            return null;
        }

        var written = passage.Text[at..number];
        var again = noun is "độ" ? string.Empty : noun + " "; // "cấp độ hai đến ba"
        var isNeighbour = noun is "cấp" or "bậc" && until == value + 1;
        return until < value && noun is not "tháng" ? null
            : WithYear(passage, last, $"{written}{WordOf(noun, value)}{(isNeighbour ? ", " : " đến ")}{again}{WordOf(noun, until)}");
    }

    private static (int End, int Value) Value(Passage passage, int at)
    {
        if (Roman(passage, at) is ({ } roman, var number))
        {
            return (roman, number);
        }

        var end = passage.Digits(at);
        return end > at && end - at <= 2 && passage.EndsWord(end)
            && !(passage[end] is ',' or '.' && Passage.IsDigit(passage[end + 1]))
            ? (end, passage.Value(at, end))
            : (-1, 0);
    }

    private static (int? End, int Value) Roman(Passage passage, int at)
    {
        var end = at;
        while (passage[end] is 'I' or 'V' or 'X' or 'L' && end - at < 8)
        {
            end++;
        }

        var value = passage.EndsWord(end) ? NumberWords.Roman(passage.Text.AsSpan(Math.Min(at, passage.Length), end - at)) : 0;
        return value > 0 ? (end, value) : (null, 0);
    }

    private static string WordOf(string noun, int value) => (noun, value) switch
    {
        ("thứ" or "hạng" or "nhất", 1) => "nhất",
        ("hạng", 2) => "nhì",
        ("thứ" or "tháng", 4) => "tư",
        _ => NumberWords.Of(value),
    };
}
