namespace SmartRadio.Audio.Reading;

/// <summary>Days and months, and ranges of them: 20/11, 20/11/2026, 20-22/11, 11/2026.</summary>
internal sealed class DateRule : IReadingRule
{
    // Words before a day. "từ" and "đến" stand before fractions too, but rarely.
    private static readonly string[] Clues =
        ["ngày", "mùng", "mồng", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "từ", "đến", "tới", "trước", "sau", "hạn", "qua",
            "nay", "mai", "lễ", "tết", "dịp", "vào", "nhật", "hai", "ba", "tư", "năm", "sáu", "bảy", "rằm", "giờ", "h", "và"];

    // Words that name the day themselves.
    private static readonly string[] DayWords = ["ngày", "mùng", "mồng", "rằm"];

    // After these comes a day, whatever follows: "sáng 20/11 xã tổ chức", "ngày 20/11 đồng chí".
    private static readonly string[] SureClues =
        ["ngày", "mùng", "mồng", "rằm", "sáng", "trưa", "chiều", "tối", "đêm", "hôm"];

    // Before "12/12" they mean classes of school.
    private static readonly string[] Learning = ["hóa", "hoá", "vấn", "độ", "lớp"];

    // Holidays are known as days.
    private static readonly HashSet<(int Day, int Month)> Holidays =
    [
        (1, 1), (3, 2), (27, 2), (8, 3), (10, 3), (26, 3), (30, 4), (1, 5), (7, 5), (15, 5), (19, 5), (1, 6), (5, 6), (21, 6),
        (28, 6), (27, 7), (15, 8), (19, 8), (2, 9), (5, 9), (10, 10), (13, 10), (14, 10), (20, 10), (9, 11), (18, 11), (20, 11),
        (22, 12),
    ];

    // Between a telephone number and "24/7".
    private const int MostMarks = 4;

    // Before "24/7" they mean day and night.
    private static readonly string[] Services = ["trực", "trợ", "vụ", "tục", "động", "bán", "mở", "nóng", "cửa"];

    // Words after a part of a whole.
    private static readonly string[] Wholes =
        ["diện", "số", "dân", "quân", "tổng", "thời", "chặng", "quãng", "lượng", "khối", "chiều", "giá", "sản", "kinh", "vốn",
            "nhu", "công", "đường", "quả", "cốc", "thìa", "muỗng", "viên", "bát", "chén", "lít", "kg", "mức", "phần"];

    // Words before an amount.
    private static readonly string[] Amounts =
        ["khoảng", "hơn", "gần", "chiếm", "đạt", "giảm", "tăng", "hết", "được", "còn", "bằng", "mất", "tới", "lệ", "quá", "ít",
            "đã", "có", "cho"];

    // Words after a count: "5/5 thôn".
    private static readonly string[] Counted =
        ["thôn", "hộ", "xã", "đại", "phiếu", "chỉ", "em", "cháu", "đồng", "trường", "tiêu", "người", "tổ", "ấp", "bản", "khu",
            "công", "ca", "điểm", "lớp", "tuyến", "sản", "tiêuchí", "nhà", "xóm", "buôn", "phường", "huyện", "nội"];

    public Match? Match(Passage passage, int at)
    {
        if (!Passage.IsDigit(passage[at]) || !passage.StartsWord(at) || passage[at - 1] == '/')
        {
            return null;
        }

        return Days(passage, at) ?? Day(passage, at) ?? Month(passage, at);
    }

    /// <summary>Whether the words around show a share or a count, not a day.</summary>
    public static bool IsShare(Passage passage, int at, int end, (int Part, int Whole) share)
    {
        var after = passage.WordAt(passage.Spaces(end));
        return Array.IndexOf(Wholes, after) >= 0 || (share.Part <= share.Whole && IsCount(passage, end))
            || Units.At(passage, end) is not null
            || (Array.IndexOf(Amounts, passage.WordBefore(at)) >= 0 && Array.IndexOf(Clues, passage.WordBefore(at)) < 0);
    }

    /// <summary>Whether things that are counted follow.</summary>
    public static bool IsCount(Passage passage, int end)
    {
        var noun = passage.Spaces(end);
        return Array.IndexOf(Counted, passage.WordAt(noun)) >= 0 && !passage.Has(noun, "tổ chức") && !passage.Has(noun, "đồng chí")
            && !passage.Has(noun, "công an") && !passage.Has(noun, "công ty");
    }

    // "20-22/11", "20/11 - 22/11/2026".
    private static Match? Days(Passage passage, int at)
    {
        var prefix = Prefix(passage, at);
        if (CalendarDay.At(passage, at) is { Separator: '/' } first)
        {
            var next = passage.AfterDash(first.End);
            return next > 0 && CalendarDay.At(passage, next) is { Separator: '/' } last
                ? new Match(last.End, $"{prefix}{first} đến {(prefix.Length > 0 || IsNamed(passage, at) ? "ngày " : "")}{last}")
                : null;
        }

        var end = passage.Digits(at);
        var second = passage.AfterDash(end);
        return end - at <= 2 && second > 0 && passage.Value(at, end) is >= 1 and <= 31
            && CalendarDay.At(passage, second) is { Separator: '/' } until && until.Day != passage.Value(at, end)
            ? new Match(until.End, $"{prefix}{NumberWords.Of(passage.Value(at, end))} đến {until}")
            : null;
    }

    private static Match? Day(Passage passage, int at)
    {
        if (CalendarDay.At(passage, at) is not { } day)
        {
            return null;
        }

        var isNamed = Array.IndexOf(Clues, passage.WordBefore(at)) >= 0;
        if (day.Year > 0)
        {
            // "lớp 9-10-11"
            return day is { IsShort: true, Separator: '-' } && NumberToken.IsListed(passage, at) && !IsNamed(passage, at)
                ? null
                : new Match(day.End, Prefix(passage, at) + day, day.IsShort ? ReadingDoubt.DateOrRange : ReadingDoubt.None);
        }

        return day.Separator == '/' ? DayOrShare(passage, at, day, isNamed) : DayOrRange(passage, at, day, isNamed);
    }

    private static Match? DayOrShare(Passage passage, int at, CalendarDay day, bool isNamed)
    {
        if (!IsSurely(passage, at) && !IsStreet(passage, at, day)
            && (IsShare(passage, at, day.End, (day.Day, day.Month)) || FractionRule.IsNumberOfHouse(passage, at)
                || ((day.Day, day.Month) is (24, 7) or (7, 7) && IsService(passage, at))
                || (day.Month is 10 or 12 && Array.IndexOf(Learning, passage.WordBefore(at)) >= 0)))
        {
            return null;
        }

        var isSure = isNamed || day.IsPadded || (day.Day > 12 && (day.Day, day.Month) is not (24, 7))
            || Holidays.Contains((day.Day, day.Month));
        if (!isSure && FractionRule.IsUsual(day.Day, day.Month))
        {
            return null;
        }

        return new Match(day.End, Prefix(passage, at) + day, isSure ? ReadingDoubt.None : ReadingDoubt.DateOrFraction);
    }

    // "đến hết 30/11" too.
    private static bool IsSurely(Passage passage, int at)
    {
        var before = passage.WordBefore(at);
        return Array.IndexOf(SureClues, before) >= 0
            || (before is "hết" && passage.WordBefore(at, 2) is "đến" or "tới" or "từ" or "tính");
    }

    // "trực 24/7", "0912 345 678 (24/7)", "24/24, 7/7"
    private static bool IsService(Passage passage, int at)
    {
        var before = at - 1;
        while (at - before <= MostMarks && passage[before] is ' ' or '(' or ',' or '-' or '–' or ':')
        {
            before--;
        }

        return Array.IndexOf(Services, passage.WordBefore(at)) >= 0
            || passage.Has(before - 4, "24/24") || passage.Has(before - 5, "24/24h")
            || (Passage.IsDigit(passage[before]) && Passage.IsDigit(passage[before - 1]) && Passage.IsDigit(passage[before - 2]));
    }

    // "đường 30/4"
    private static bool IsStreet(Passage passage, int at, CalendarDay day) =>
        passage.WordBefore(at) is "đường" or "phố" && Holidays.Contains((day.Day, day.Month));

    // "20-11" can be no range; "ngày 8-3" is a day unless more follows.
    private static Match? DayOrRange(Passage passage, int at, CalendarDay day, bool isNamed)
    {
        if (Passage.IsDash(passage[day.End]) || passage[day.End] is ',' or '.' && Passage.IsDigit(passage[day.End + 1])
            || Units.At(passage, day.End) is not null || day.Separator != '-')
        {
            return null;
        }

        if (Score.IsAt(passage, at))
        {
            return null;
        }

        var isDay = Array.IndexOf(DayWords, passage.WordBefore(at)) >= 0;
        var rises = day.Day < day.Month;
        // "ngày 8-9 tháng 11", "mùng 2-3 Tết", "mỗi ngày 2-3 lần".
        if (rises && char.IsLetter(passage[passage.Spaces(day.End)]) && isDay
            && (passage.WordAt(passage.Spaces(day.End)) is "tháng" or "tết" or "âm" or "lần" or "giờ" or "buổi"
                || IsCount(passage, day.End)))
        {
            return null;
        }

        var isHoliday = Holidays.Contains((day.Day, day.Month));
        return isDay || (isNamed && !rises) || (isHoliday && !rises) || (day.Day > 12 && isNamed)
            ? new Match(day.End, Prefix(passage, at) + day, isDay && !rises ? ReadingDoubt.None : ReadingDoubt.DateOrRange)
            : day.Day > 12
                ? new Match(day.End, Prefix(passage, at) + day, ReadingDoubt.DateOrRange)
                : null;
    }

    private static Match? Month(Passage passage, int at)
    {
        if (CalendarDay.MonthAt(passage, at) is not { } month)
        {
            return null;
        }

        var before = passage.WordBefore(at);
        return before is "tháng" ? new Match(month.End, month.ToString()["tháng ".Length..])
            : before is "quý" or "số" or "khóa" or "khoá" or "vụ" or "kỳ" or "đợt" or "lần" or "phiên"
                ? new Match(month.End, $"{NumberWords.Of(month.Month)} năm {NumberWords.Of(month.Year)}")
            : new Match(month.End, month.ToString());
    }

    private static bool IsNamed(Passage passage, int at) => passage.WordBefore(at) is "ngày";

    private static string Prefix(Passage passage, int at) =>
        Array.IndexOf(DayWords, passage.WordBefore(at)) >= 0 || passage.WordBefore(at) is "đường" or "phố" ? string.Empty : "ngày ";
}
