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
            "đồng", "gcn"];

    // What is counted so, also without its number.
    private static readonly string[] Amounts =
        ["đồng", "đ", "vnđ", "vnd", "triệu", "nghìn", "ngàn", "tỷ", "lần", "buổi", "tiết", "ca", "suất", "lượt", "chuyến", "viên",
            "bữa", "giờ", "phút", "lít", "tấn", "tạ", "yến", "bao", "kg", "số", "điểm", "diện"];

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

        // "350 hộ/1.245 khẩu", "02 vụ/03 đối tượng": one beside the other, not one of the other.
        if (IsBeside(passage, at))
        {
            return new Match(at + 1, ", ");
        }

        // "đồng/kg"
        if (Units.At(passage, at + 1) is { } unit)
        {
            return new Match(unit.End, $" một {unit.Spoken}");
        }

        return IsBase(passage, at + 1) && IsAmount(passage, at) ? new Match(at + 1, " một ")
            : One(passage, at + 1) is { } one && IsAmount(passage, at) ? one
            : Passage.IsDigit(passage[at + 1]) ? new Match(at + 1, " trên ", ReadingDoubt.Stroke)
            : new Match(at + 1, " ", ReadingDoubt.Stroke);
    }

    private static bool IsBeside(Passage passage, int at)
    {
        if (!(passage.WordBefore(at) is "hộ" or "vụ" or "nhà" or "người" or "khẩu")
            || !(passage.WordBefore(at, 2) is [>= '0' and <= '9', ..])
            || NumberToken.At(passage, at + 1) is not { } number)
        {
            return false;
        }

        return passage.WordAt(passage.Spaces(number.End)) is "khẩu" or "nhân" or "người" or "đối" or "con" or "cháu" or "lao"
            || (passage.WordAt(passage.Spaces(number.End)) is "hộ" && number.Whole != 1);
    }

    private static bool IsBase(Passage passage, int at) => Array.IndexOf(Bases, passage.WordAt(at)) >= 0;

    // "đồng/01 hộ", "đ/1kg"
    private static Match? One(Passage passage, int at)
    {
        var end = passage.Digits(at);
        return end - at > 2 || passage.Value(at, end) != 1 ? null
            : Units.At(passage, end) is { } unit ? new Match(unit.End, $" một {unit.Spoken}")
            : passage[end] == ' ' && IsBase(passage, end + 1) ? new Match(end, " một ")
            : null;
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
