namespace SmartRadio.Audio.Reading;

/// <summary>A written number: whole, with points between thousands, or with a decimal comma.</summary>
/// <param name="End">Index after it.</param>
/// <param name="Words">How it is said.</param>
/// <param name="Whole">Its value, or -1 when it is no whole number below 10^9.</param>
/// <param name="Doubt">Why the reading is unsure.</param>
internal readonly record struct NumberToken(int End, string Words, int Whole, ReadingDoubt Doubt)
{
    private const int MostGroups = 6;
    private const int MostDecimals = 12;

    // A longer one without a unit is a number of an account or a card.
    private const int LongestAmount = 7;

    private static readonly string[] Amounts =
        ["đồng", "người", "hộ", "triệu", "tỷ", "nghìn", "lượt", "dân", "cử", "con", "cây", "tấn", "usd", "vnđ", "vnd", "độ", "mét"];

    private static readonly string[] Listed =
        ["thôn", "tổ", "thứ", "ngày", "lớp", "điều", "khoản", "khu", "tháng", "ấp", "xóm", "bản", "khóm", "đội", "quý", "khối",
            "mũi", "nhóm", "trang", "câu", "bài", "cụm", "tuyến", "trạm", "buôn", "làng", "cột", "npk"];

    // After these each digit of "05" is said.
    private static readonly string[] Codes = ["số", "mã", "bàn", "phòng"];

    /// <summary>Whether it has a decimal comma and one or two digits behind it: marks of a school.</summary>
    public bool IsMark { get; init; }

    /// <summary>Whether it has a decimal comma.</summary>
    public bool IsDecimal { get; init; }

    /// <summary>Reads the number that begins at a place, or null.</summary>
    public static NumberToken? At(Passage passage, int at)
    {
        if (Vulgar(passage[at]) is { } vulgar)
        {
            return new(at + 1, vulgar, -1, ReadingDoubt.None);
        }

        var end = passage.Digits(at);
        if (end == at)
        {
            return null;
        }

        var first = end - at;
        if (first <= 3 && passage[at] != '0')
        {
            if (Thousands(passage, end, '.') is var points && points > end)
            {
                return WithDecimals(passage, at, points, ReadingDoubt.None);
            }

            if (Thousands(passage, end, ' ') is var spaces && spaces > end
                && (spaces - end > 4 || passage.HasExactly(end, " 000")))
            {
                return WithDecimals(passage, at, spaces, ReadingDoubt.None);
            }

            if (Thousands(passage, end, ',') is var commas && commas - end > 4)
            {
                return new(commas, WordsOf(passage, at, commas), -1, ReadingDoubt.PointOrComma);
            }
        }

        return WithDecimals(passage, at, end, ReadingDoubt.None);
    }

    /// <summary>Whether a unit or what is counted follows.</summary>
    public static bool IsMeasured(Passage passage, int end) =>
        Units.At(passage, end) is not null || Array.IndexOf(Amounts, passage.WordAt(passage.Spaces(end))) >= 0;

    /// <summary>Whether a list of numbers may follow the word before a place: "thôn 1,2", "lớp 9-10-11".</summary>
    public static bool IsListed(Passage passage, int at) => Array.IndexOf(Listed, passage.WordBefore(at)) >= 0;

    private static bool IsCode(Passage passage, int at) => passage.WordBefore(at) is var before
        && (Array.IndexOf(Codes, before) >= 0 || (before is "án" && passage.WordBefore(at, 2) is "đề"));

    private static string? Vulgar(char letter) => letter switch
    {
        '½' => "một phần hai",
        '¼' => "một phần tư",
        '¾' => "ba phần tư",
        '⅓' => "một phần ba",
        '⅔' => "hai phần ba",
        _ => null,
    };

    // The end of groups of three digits, or the place itself.
    private static int Thousands(Passage passage, int at, char separator)
    {
        var end = at;
        for (var groups = 0; groups < MostGroups && passage[end] == separator; groups++)
        {
            // "1.000." ends a sentence; "1.000.5" is no number.
            if (passage.Digits(end + 1) != end + 4)
            {
                return passage.Digits(end + 1) == end + 1 || separator == ' ' ? end : at;
            }

            end += 4;
        }

        return end;
    }

    private static NumberToken WithDecimals(Passage passage, int at, int end, ReadingDoubt doubt)
    {
        var words = WordsOf(passage, at, end);
        var decimals = passage.Digits(end + 1);
        var count = decimals - end - 1;
        if (passage[end] == ',' && count is > 0 and <= MostDecimals && !IsList(passage, at, decimals))
        {
            // Three decimals may be English thousands.
            var unsure = count == 3 && end - at <= 3 && passage[at] != '0' ? ReadingDoubt.PointOrComma : doubt;
            return new(decimals, $"{words} phẩy {FractionOf(passage, end, decimals)}", -1, unsure)
            {
                IsDecimal = true,
                IsMark = end - at <= 2 && count <= 2,
            };
        }

        if (passage[end] == '.' && count is > 0 and <= MostDecimals)
        {
            if (passage[decimals] == '.' && Passage.IsDigit(passage[decimals + 1]))
            {
                return Section(passage, at);
            }

            var word = IsMeasured(passage, decimals) ? "phẩy" : "chấm";
            return new(decimals, $"{words} {word} {FractionOf(passage, end, decimals)}", -1, ReadingDoubt.PointOrComma);
        }

        if (end - at > LongestAmount && passage.Digits(at) == end && !IsMeasured(passage, end))
        {
            return new(end, NumberWords.Grouped(passage.Text.AsSpan(at, end - at)), -1, ReadingDoubt.NumberOrDigits);
        }

        return new(end, words, passage.Value(at, end), doubt);
    }

    // "2.3.1" is a section of a paper.
    private static NumberToken Section(Passage passage, int at)
    {
        var end = passage.Digits(at);
        var words = WordsOf(passage, at, end);
        for (var groups = 0; groups < MostGroups && passage[end] == '.' && Passage.IsDigit(passage[end + 1]); groups++)
        {
            var next = passage.Digits(end + 1);
            words += " chấm " + WordsOf(passage, end + 1, next);
            end = next;
        }

        return new(end, words, -1, ReadingDoubt.PointOrComma);
    }

    // "1,2,3" are three numbers, and so are "ngày 20,21/11".
    private static bool IsList(Passage passage, int at, int decimals) =>
        (passage[decimals] == ',' && Passage.IsDigit(passage[decimals + 1]))
        || (passage[at - 1] == ',' && Passage.IsDigit(passage[at - 2]))
        || passage[decimals] == '/'
        || IsListed(passage, at);

    private static string FractionOf(Passage passage, int separator, int end) =>
        NumberWords.Fraction(passage.Text.AsSpan(separator + 1, end - separator - 1));

    private static string WordsOf(Passage passage, int at, int end)
    {
        // Papers pad with 0: "ngày 05 tháng 11", "08 giờ", "05 hộ".
        if (end - at == 2 && passage[at] == '0' && !IsCode(passage, at)
            && !(passage[at - 1] is '.' or ',' && Passage.IsDigit(passage[at - 2])))
        {
            return NumberWords.Of(passage.Value(at, end));
        }

        var written = passage.Text[at..end];
        return NumberWords.Of(written.All(Passage.IsDigit) ? written : string.Concat(written.Where(Passage.IsDigit)));
    }
}
