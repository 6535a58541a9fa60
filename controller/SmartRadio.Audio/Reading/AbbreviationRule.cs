using System.Collections.Frozen;

namespace SmartRadio.Audio.Reading;

/// <summary>Abbreviations of <c>abbreviations.tsv</c>.</summary>
internal sealed class AbbreviationRule : IReadingRule
{
    private static readonly FrozenDictionary<char, Abbreviation[]> ByFirst = ReadingTable.Load(
        "abbreviations.tsv",
        fields => new Abbreviation(fields[0], fields[1], fields[2].Contains("unsure", StringComparison.Ordinal),
            fields[2].Contains("word", StringComparison.Ordinal)),
        abbreviation => abbreviation.Written);

    private static readonly string[] Banks =
        ["agribank", "vietinbank", "vietcombank", "bidv", "mbbank", "sacombank", "vpbank", "nhcsxh", "hàng", "nh"];

    // What the words around tell.
    private static readonly Special[] ByContext =
    [
        new("ĐB", "Đông Bắc", IsWind), new("ĐN", "Đông Nam", IsWind), new("TB", "Tây Bắc", IsWind), new("TN", "Tây Nam", IsWind),
        new("CN", "chi nhánh", IsBranch) { Doubt = ReadingDoubt.Abbreviation },
        new("BS", "biển số", IsBeforePlate), new("GĐ", "giai đoạn", IsBeforeYears),
        new("THT", "tụ huyết trùng", IsAmongDiseases), new("DT", "diện tích", IsBeforeArea),
        new("ĐT.", "điện thoại", IsBeforePhone), new("ĐT", "đê tê", IsSeed),
    ];

    /// <summary>How a whole abbreviation is said, or null.</summary>
    public static string? Find(string written) => written.Length > 0 && ByFirst.TryGetValue(written[0], out var list)
        ? Array.Find(list, each => each.Written == written)?.Spoken
        : null;

    public Match? Match(Passage passage, int at)
    {
        if ((Kilometre(passage, at) ?? Alley(passage, at)) is { } place)
        {
            return place;
        }

        if (!passage.StartsWord(at))
        {
            return null;
        }

        if (Array.Find(ByContext, each => passage.HasExactly(at, each.Written)
            && !char.IsLetter(passage[at + each.Written.Length]) && each.Fits(passage, at)) is { } special)
        {
            return new Match(at + special.Written.Length, special.Spoken, special.Doubt);
        }

        if (!ByFirst.TryGetValue(passage[at], out var list))
        {
            return null;
        }

        foreach (var each in list)
        {
            if (passage.HasExactly(at, each.Written) && Fits(passage, at, each))
            {
                var end = at + each.Written.Length;
                return Passage.IsDigit(passage[end]) && RoadOf(passage, at, each.Written) is { } road
                    ? new Match(end, road)
                    : new Match(end, each.Spoken, each.IsUnsure ? ReadingDoubt.Abbreviation : ReadingDoubt.None);
            }
        }

        return null;
    }

    // "gió ĐB cấp 3"
    private static bool IsWind(Passage passage, int at) => passage.WordBefore(at) is "gió" or "hướng" or "phía";

    // "Agribank CN Thăng Bình"
    private static bool IsBranch(Passage passage, int at) => passage[at + 2] == ' ' && char.IsUpper(passage[at + 3])
        && char.IsLower(passage[at + 4]) && passage[at - 1] == ' '
        && Array.IndexOf(Banks, passage.WordBefore(at)) >= 0;

    // "LMLM, THT trâu bò"
    private static bool IsAmongDiseases(Passage passage, int at) =>
        passage.WordAt(at + 4) is "trâu" or "bò" or "heo" or "lợn" or "gia"
        || passage.Has(at - 6, "LMLM") || passage.Has(at + 5, "LMLM");

    // "DT 250m2", "DT: 1,5 ha"
    private static bool IsBeforeArea(Passage passage, int at) =>
        NumberToken.At(passage, passage.Spaces(passage[at + 2] == ':' ? at + 3 : at + 2)) is { } number
        && Units.At(passage, number.End)?.Spoken is "mét vuông" or "héc ta";

    // "ĐT. 0905 123 456"; "ĐT.605" is a road.
    private static bool IsBeforePhone(Passage passage, int at)
    {
        var number = passage.Spaces(at + 3);
        return passage[number] is '0' or '(' or '+' || passage.Digits(number) - number > 4;
    }

    // "K12/5 Ông Ích Khiêm", "H20/3", as in Đà Nẵng
    private static Match? Alley(Passage passage, int at)
    {
        var slash = passage.Digits(at + 1);
        var end = passage.Digits(slash + 1);
        return passage[at] is 'K' or 'H' && passage.StartsWord(at) && slash > at + 1 && slash - at <= 4 && passage[slash] == '/'
            && end > slash + 1 && end - slash <= 4 && passage.EndsWord(end) && passage[end] != '/'
            ? new Match(
                end, $"{(passage[at] == 'K' ? "kiệt" : "hẻm")} {NumberWords.Of(passage.Value(at + 1, slash))} trên "
                    + NumberWords.Of(passage.Value(slash + 1, end)))
            : null;
    }

    // "BS 92K1-234.56"
    private static bool IsBeforePlate(Passage passage, int at) => PlateRule.IsPlate(passage, passage.Spaces(at + 2));

    // "GĐ 2026-2030"
    private static bool IsBeforeYears(Passage passage, int at) =>
        passage[at + 2] == ' ' && passage.Digits(at + 3) == at + 7 && Passage.IsDash(passage[at + 7]);

    // "giống ĐT100"
    private static bool IsSeed(Passage passage, int at) =>
        passage.WordBefore(at) is "giống" or "lúa" or "ngô" or "sắn" && Passage.IsDigit(passage[at + 2]);

    // "Km945+500" is a place on a road; "km2" is a unit.
    private static Match? Kilometre(Passage passage, int at)
    {
        var digits = at + 2;
        var end = passage.Digits(digits);
        return passage[at] is 'k' or 'K' && passage[at + 1] == 'm' && passage.StartsWord(at) && passage.EndsWord(end)
            && (end - digits > 1 || (end > digits && passage[end] == '+'))
            ? new Match(digits, "ki lô mét")
            : null;
    }

    // "ĐT609", "đường ĐH5"
    private static string? RoadOf(Passage passage, int at, string written)
    {
        var road = written switch { "ĐT" => "tỉnh", "ĐH" => "huyện", _ => null };
        return road is null || passage.WordBefore(at) is "đường" ? road : "đường " + road;
    }

    // "Nguyễn Văn T. Khi", "phương án B. Người dân"
    private static bool IsInitial(Passage passage, int at, int length)
    {
        var before = passage.WordBefore(at);
        var start = at - 1 - before.Length;
        return length == 2 && passage[at - 1] == ' ' && before.Length > 0
            && (before is "án" or "mục" or "hoạch" || (char.IsUpper(passage[start]) && char.IsLower(passage[start + 1])));
    }

    private static bool Fits(Passage passage, int at, Abbreviation each)
    {
        var end = at + each.Written.Length;
        if (each.Written[^1] == '.')
        {
            // A name or a number follows: "TP. Hồ Chí Minh", "Q.1"; initials have another point: "P.Q. Khải".
            var name = passage.Spaces(end);
            return each.Written.IndexOf('.', StringComparison.Ordinal) < each.Written.Length - 1
                || (Passage.IsDigit(passage[name]) && passage[at - 1] != '.')
                || (char.IsUpper(passage[name]) && passage[name + 1] != '.' && passage[at - 1] != '.'
                    && !IsInitial(passage, at, each.Written.Length));
        }

        // A digit may follow: "QL1A", "BĐ2".
        return !char.IsLetter(passage[end]) && (!Passage.IsDigit(passage[end]) || char.IsLetter(each.Written[^1]))
            && !(each.IsWord && passage.IsInCapitals(at));
    }

    private sealed record Special(string Written, string Spoken, Func<Passage, int, bool> Fits)
    {
        public ReadingDoubt Doubt { get; init; }
    }

    /// <param name="IsWord">Whether the capitals are a word too, in a heading.</param>
    private sealed record Abbreviation(string Written, string Spoken, bool IsUnsure, bool IsWord);
}
