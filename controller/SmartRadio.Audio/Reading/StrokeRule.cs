namespace SmartRadio.Audio.Reading;

/// <summary>The stroke between words: đồng/kg, lần/ngày, nam/nữ.</summary>
internal sealed class StrokeRule : IReadingRule
{
    // What something is counted by.
    private static readonly string[] Bases =
        ["ngày", "tháng", "năm", "tuần", "giờ", "phút", "người", "hộ", "lần", "vụ", "sào", "ca", "bao", "con", "cây", "chiếc",
            "suất", "lượt", "mâm", "khẩu", "công", "mẫu", "bình", "thùng", "hộp", "cái", "quả", "xe", "chuyến", "đêm", "học",
            "lít", "tấn", "tạ", "yến", "đợt", "quý", "kỳ", "giường", "phòng", "thửa", "nhà", "gia", "buổi", "tiết", "héc",
            "đồng"];

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

        return Array.IndexOf(Bases, passage.WordAt(at + 1)) >= 0 ? new Match(at + 1, " một ")
            : Passage.IsDigit(passage[at + 1]) ? new Match(at + 1, " trên ", ReadingDoubt.Stroke)
            : new Match(at + 1, " ", ReadingDoubt.Stroke);
    }

    private static bool IsEnd(char letter) => Passage.IsWord(letter) || letter is '²' or '³' or '%' or '.' or ')';
}
