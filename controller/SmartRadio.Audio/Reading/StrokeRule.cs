namespace SmartRadio.Audio.Reading;

/// <summary>The stroke between words: đồng/kg, lần/ngày, nam/nữ.</summary>
internal sealed class StrokeRule : IReadingRule
{
    // What something is counted by.
    private static readonly string[] Bases =
        ["ngày", "tháng", "năm", "tuần", "giờ", "phút", "người", "hộ", "lần", "vụ", "sào", "ca", "bao", "con", "cây", "chiếc",
            "suất", "lượt", "mâm", "khẩu", "công", "mẫu", "bình", "thùng", "hộp", "cái", "quả", "xe", "chuyến", "đêm", "học",
            "lít", "tấn", "tạ", "yến", "đợt", "quý", "kỳ", "trẻ", "em", "cháu", "hs", "sv", "lượng", "chỉ", "gói", "chai", "lon",
            "vé", "ký", "kí", "cân", "chục", "mũi", "liều", "hội", "đoàn", "giường", "phòng", "thửa", "nhà", "gia", "buổi", "tiết", "héc",
            "đồng"];

    // What is counted so, also without its number.
    private static readonly string[] Amounts =
        ["đồng", "đ", "vnđ", "vnd", "triệu", "nghìn", "ngàn", "tỷ", "lần", "buổi", "tiết", "ca", "suất", "lượt", "chuyến", "viên",
            "bữa", "giờ", "phút", "lít", "tấn", "tạ", "yến", "bao", "kg", "số", "điểm"];

    public Match? Match(Passage passage, int at)
    {
        if (passage[at] != '/')
        {
            return null;
        }

        if (!IsEnd(passage[at - 1]) || !(char.IsLetter(passage[at + 1]) || Passage.IsDigit(passage[at + 1])))
        {
            return new Match(at + 1, " ");
        }

        // "đồng/kg"
        if (Units.At(passage, at + 1) is { } unit)
        {
            return new Match(unit.End, $" một {unit.Spoken}");
        }

        return IsBase(passage, at + 1) && IsAmount(passage, at) ? new Match(at + 1, " một ")
            : One(passage, at + 1) is var one && one > 0 && IsAmount(passage, at) ? new Match(one, " một ")
            : Passage.IsDigit(passage[at + 1]) ? new Match(at + 1, " trên ", ReadingDoubt.Stroke)
            : new Match(at + 1, " ", ReadingDoubt.Stroke);
    }

    private static bool IsBase(Passage passage, int at) => Array.IndexOf(Bases, passage.WordAt(at)) >= 0;

    // "đồng/01 hộ": the index after the 1, or 0.
    private static int One(Passage passage, int at)
    {
        var end = passage.Digits(at);
        return end - at <= 2 && passage.Value(at, end) == 1 && passage[end] == ' '
            && (IsBase(passage, end + 1) || Units.At(passage, end) is not null) ? end : 0;
    }

    // "2 ngày/tuần", "đồng/người/tháng"; "ngày/tháng/năm sinh" and "cá nhân/hộ" divide nothing.
    private static bool IsAmount(Passage passage, int at, bool isFirst = true)
    {
        var before = passage.WordBefore(at);
        var stroke = at - before.Length - 1;
        return !char.IsLetter(passage[at - 1]) || Array.IndexOf(Amounts, before) >= 0 || before is [>= '0' and <= '9', ..]
            || passage.WordBefore(at, 2) is [>= '0' and <= '9', ..]
            || (isFirst && passage[stroke] == '/' && IsAmount(passage, stroke, isFirst: false));
    }

    private static bool IsEnd(char letter) => Passage.IsWord(letter) || letter is '²' or '³' or '%' or '.' or ')';
}
