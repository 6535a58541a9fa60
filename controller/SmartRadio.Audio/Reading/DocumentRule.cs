using System.Collections.Frozen;
using System.Globalization;

namespace SmartRadio.Audio.Reading;

/// <summary>Numbers of documents: 15/2026/QĐ-UBND, 123/KH-UBND. The year is named, letters become words.</summary>
internal sealed class DocumentRule : IReadingRule
{
    private const int LongestCode = 40;

    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>
    {
        ["QĐ"] = "quyết định",
        ["NQ"] = "nghị quyết",
        ["NĐ"] = "nghị định",
        ["TT"] = "thông tư",
        ["TTLT"] = "thông tư liên tịch",
        ["CT"] = "chỉ thị",
        ["CTr"] = "chương trình",
        ["CV"] = "công văn",
        ["CĐ"] = "công điện",
        ["TB"] = "thông báo",
        ["KH"] = "kế hoạch",
        ["BC"] = "báo cáo",
        ["TTr"] = "tờ trình",
        ["HD"] = "hướng dẫn",
        ["GM"] = "giấy mời",
        ["ĐA"] = "đề án",
        ["PA"] = "phương án",
        ["QC"] = "quy chế",
        ["KL"] = "kết luận",
        ["BB"] = "biên bản",
        ["L"] = "luật",
        ["CP"] = "Chính phủ",
        ["TTg"] = "Thủ tướng",
        ["CTN"] = "Chủ tịch nước",
        ["TW"] = "trung ương",
        ["TU"] = "tỉnh ủy",
        ["HU"] = "huyện ủy",
        ["ĐU"] = "đảng ủy",
        ["BTC"] = "Bộ Tài chính",
        ["BCA"] = "Bộ Công an",
        ["BYT"] = "Bộ Y tế",
        ["BGDĐT"] = "Bộ Giáo dục và Đào tạo",
        ["BNV"] = "Bộ Nội vụ",
        ["BXD"] = "Bộ Xây dựng",
        ["BTNMT"] = "Bộ Tài nguyên và Môi trường",
        ["BNNPTNT"] = "Bộ Nông nghiệp và Phát triển nông thôn",
        ["VP"] = "văn phòng",
        ["HĐ"] = "hợp đồng",
        ["CN"] = "xê nờ", // no Sunday
    }.ToFrozenDictionary();

    public Match? Match(Passage passage, int at)
    {
        var slash = passage.Digits(at);
        if (slash == at || slash - at > 6 || passage[slash] is not ('/' or '-') || !passage.StartsWord(at))
        {
            return null;
        }

        if (passage[slash] == '-')
        {
            return Party(passage, at, slash);
        }

        var spoken = NumberOf(passage.Text.AsSpan(at, slash - at));
        var code = slash + 1;
        if (passage.Digits(code) == code + 4 && passage[code + 4] == '/')
        {
            spoken += $", năm {NumberWords.Of(passage.Value(code, code + 4))}";
            code += 5;
        }

        return Code(passage, code) is { } letters ? new Match(letters.End, $"{spoken}, {letters.Spoken}") : null;
    }

    // "19-NQ/TW": the Party's papers.
    private static Match? Party(Passage passage, int at, int dash)
    {
        var kind = dash + 1;
        while (char.IsLetter(passage[kind]) && kind - dash < 6)
        {
            kind++;
        }

        return passage[kind] == '/' && Codes.TryGetValue(passage.Text[(dash + 1)..kind], out var words)
            && Part(passage, kind + 1) is { } giver
            ? new Match(giver.End, $"{NumberOf(passage.Text.AsSpan(at, dash - at))}, {words} {giver.Spoken}")
            : null;
    }

    private static string NumberOf(ReadOnlySpan<char> digits) =>
        digits.Length > 1 && digits[0] == '0' ? NumberWords.Digits(digits) : NumberWords.Of(digits);

    // Two capitals at least, in parts with hyphens, or one part that is known.
    private static Match? Code(Passage passage, int at) => Part(passage, at) is { } part
        && (passage.Text.AsSpan(at, part.End - at).Contains('-') || passage.HasExactly(at, "QH")
            || Codes.ContainsKey(passage.Text[at..part.End])) ? part : null;

    private static Match? Part(Passage passage, int at)
    {
        var end = at;
        while (end - at < LongestCode && (char.IsLetterOrDigit(passage[end])
            || (passage[end] == '-' && char.IsLetter(passage[end + 1]))))
        {
            end++;
        }

        var code = passage.Text[at..end];
        return code.Length >= 2 && char.IsUpper(code[0]) && char.IsUpper(code[1])
            ? new Match(end, string.Join(' ', code.Split('-').Select(WordsOf)))
            : null;
    }

    private static string WordsOf(string part)
    {
        if (Codes.TryGetValue(part, out var words))
        {
            return words;
        }

        if (part.StartsWith("QH", StringComparison.Ordinal)
            && int.TryParse(part.AsSpan(2), CultureInfo.InvariantCulture, out var term)
            && term is > 0 and < 100)
        {
            return $"Quốc hội khóa {NumberWords.Of(term)}";
        }

        return AbbreviationRule.Find(part) ?? Letters.Of(part);
    }
}
