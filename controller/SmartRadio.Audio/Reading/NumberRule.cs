namespace SmartRadio.Audio.Reading;

/// <summary>Numbers with their units, and ranges of them: 1.500 m, 10-15 km, 5%, 500.000đ, $100.</summary>
internal sealed class NumberRule : IReadingRule
{
    private const string PureGold = "9999";

    // Before "35t" they mean years, not tonnes.
    private static readonly string[] Aged = ["nam", "nữ", "tuổi", "trẻ", "bé", "cháu", "em", "cụ", "tuyển"];

    // Terms are named by their two years.
    private static readonly string[] Terms = ["học", "khóa", "khoá", "kỳ", "vụ", "xuân"];

    public Match? Match(Passage passage, int at)
    {
        var letter = passage[at];
        if (letter is '$' or '€' && Passage.IsDigit(passage[at + 1]))
        {
            return NumberToken.At(passage, at + 1) is { } price
                ? new Match(price.End, $"{price.Words} {(letter == '$' ? "đô la" : "ơ rô")}", price.Doubt)
                : null;
        }

        if (letter is '-' or '−' && Passage.IsDigit(passage[at + 1]) && passage[at - 1] is '\0' or ' ' or '\n' or '(')
        {
            return Negative(passage, at);
        }

        if (passage.HasExactly(at, PureGold) && passage.WordBefore(at) is "vàng" && passage.EndsWord(at + PureGold.Length))
        {
            return new Match(at + PureGold.Length, "bốn số chín");
        }

        // "25.000 đồng x 22 ngày"
        if (letter is 'x' && passage[at - 1] == ' ' && passage[at + 1] == ' ' && Passage.IsDigit(passage[at + 2]))
        {
            return new Match(at + 1, "nhân");
        }

        return NumberToken.At(passage, at) is { } first
            ? Times(passage, Range(passage, at, first) ?? Amount(passage, at, first))
            : null;
    }

    private static Match? Negative(Passage passage, int at)
    {
        if (NumberToken.At(passage, at + 1) is not { } number)
        {
            return null;
        }

        var amount = Amount(passage, at + 1, number);
        var isDegree = Units.At(passage, number.End)?.Spoken.StartsWith("độ", StringComparison.Ordinal) == true;
        return passage.StartsLine(at) && !isDegree
            ? amount with { Doubt = ReadingDoubt.Minus }
            : amount with { Spoken = "âm " + amount.Spoken, Doubt = isDegree ? amount.Doubt : ReadingDoubt.Minus };
    }

    private static Match Amount(Passage passage, int at, NumberToken number) =>
        Measured(passage, at, number) ?? Ordinal(passage, at, number);

    // A number with its unit; the words before a place tell what "1m2" is.
    private static Match? Measured(Passage passage, int at, NumberToken number)
    {
        if (MixedAmount.At(passage, at, number) is { } mixed)
        {
            return mixed;
        }

        // "15,5N – 112,3E": nothing else of the weather has such letters.
        if (number.IsDecimal && passage[number.End] is 'N' or 'E' && passage.EndsWord(number.End + 1))
        {
            return new Match(
                number.End + 1, $"{number.Words} độ {(passage[number.End] == 'N' ? "vĩ Bắc" : "kinh Đông")}", ReadingDoubt.Unit);
        }

        if (Units.At(passage, number.End) is not { } unit)
        {
            return null;
        }

        // "điểm chuẩn 25,75đ": nobody pays so.
        if (number.IsMark && passage[unit.End - 1] is 'đ' or 'Đ' && passage[unit.End] != '/')
        {
            return new Match(unit.End, number.Words + " điểm");
        }

        if (unit.Doubt != ReadingDoubt.None && passage[unit.End - 1] == 't' && IsAge(passage, at))
        {
            return new Match(unit.End, number.Words + " tuổi", ReadingDoubt.Unit);
        }

        var doubt = number.Doubt is ReadingDoubt.None or ReadingDoubt.NumberOrDigits ? unit.Doubt : number.Doubt;
        return new Match(unit.End, $"{number.Words} {unit.Spoken}", doubt);
    }

    // "nam 20-35t", "trẻ dưới 6t"
    private static bool IsAge(Passage passage, int at)
    {
        for (var nth = 1; nth <= 3; nth++)
        {
            if (Array.IndexOf(Aged, passage.WordBefore(at, nth)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // "3x4 m", "2 m x 3 m"
    private static Match Times(Passage passage, Match amount)
    {
        var sign = passage.Spaces(amount.End);
        var next = passage.Spaces(sign + 1);
        return passage[sign] is 'x' or 'X' && sign > amount.End == next > sign + 1 && Passage.IsDigit(passage[next])
            ? amount with { End = next, Spoken = amount.Spoken + " nhân" }
            : amount;
    }

    private static Match Ordinal(Passage passage, int at, NumberToken number)
    {
        var words = number.Whole switch
        {
            1 or 4 when passage.WordBefore(at) == "thứ" => number.Whole == 1 ? "nhất" : "tư",
            4 when passage.WordBefore(at) == "tháng" => "tư",
            _ => number.Words,
        };
        return new Match(number.End, words, number.Doubt);
    }

    private static Match? Range(Passage passage, int at, NumberToken first)
    {
        var unit = Measured(passage, at, first);
        var second = passage.AfterDash(unit?.End ?? first.End);
        if (second < 0 || !Passage.IsDigit(passage[second]) || NumberToken.At(passage, second) is not { } last
            || (char.IsLetter(passage[last.End]) && Measured(passage, at, last) is null))
        {
            return null;
        }

        var end = Measured(passage, at, last) ?? Ordinal(passage, second, last);
        if (end.End == last.End && passage[end.End] == '/' && Passage.IsDigit(passage[end.End + 1]))
        {
            return null; // "250kVA-22/0,4kV"
        }

        var before = unit?.Spoken ?? first.Words;
        if (Passage.IsDash(passage[end.End]) && Passage.IsDigit(passage[end.End + 1]))
        {
            // "100.000-200.000-300.000" are three numbers.
            var isPlain = unit is null && passage.Digits(at) == first.End && passage.Digits(second) == end.End;
            return isPlain ? Chain(passage, at) : null;
        }

        if (IsPosition(before, end.Spoken) || IsTerm(passage, at, first, last))
        {
            return new Match(end.End, $"{before}, {end.Spoken}");
        }

        // "1m2-1m5" rises too.
        var rises = first.Whole < 0 || last.Whole < 0 || first.Whole < last.Whole
            || (first.Whole == last.Whole && unit is not null);
        var doubt = Worse(IsDay(passage, at, end.End), Worse(first.Doubt, end.Doubt));
        return Score.IsAt(passage, at) ? new Match(end.End, $"{before} {end.Spoken}")
            : rises ? new Match(end.End, $"{before} đến {end.Spoken}", doubt)
            : new Match(end.End, $"{before}, {end.Spoken}", ReadingDoubt.Range);
    }

    // "15,5N – 112,3E" is one place.
    private static bool IsPosition(string first, string last) =>
        first.EndsWith("vĩ Bắc", StringComparison.Ordinal) && last.EndsWith("kinh Đông", StringComparison.Ordinal);

    // "2025-2026" after "năm học", "nhiệm kỳ": two years and no time between them.
    private static bool IsTerm(Passage passage, int at, NumberToken first, NumberToken last) =>
        first.Whole is >= 1900 and < 2200 && last.Whole is >= 1900 and < 2200
        && Array.IndexOf(Terms, passage.WordBefore(at)) >= 0;

    // "12-34-56" is the number of something, "lớp 9-10-11" are three.
    private static Match Chain(Passage passage, int at)
    {
        const int most = 24;
        var end = at;
        while (end - at < most && (Passage.IsDigit(passage[end]) || (passage[end] == '-' && Passage.IsDigit(passage[end + 1]))))
        {
            end++;
        }

        var groups = passage.Text[at..end].Split('-', StringSplitOptions.RemoveEmptyEntries);
        if (NumberToken.IsListed(passage, at) && groups.All(group => group.Length <= 3))
        {
            return new Match(end, string.Join(", ", groups.Select(group => NumberWords.Of(group))));
        }

        return new Match(end, string.Join(", ", groups.Select(group => NumberWords.Digits(group))), ReadingDoubt.NumberOrDigits);
    }

    // "8-9" without a word after it may be a day.
    private static ReadingDoubt IsDay(Passage passage, int at, int end) =>
        CalendarDay.At(passage, at) is { Separator: '-' } day && day.End == end && !char.IsLetter(passage[passage.Spaces(end)])
            ? ReadingDoubt.DateOrRange
            : ReadingDoubt.None;

    private static ReadingDoubt Worse(ReadingDoubt first, ReadingDoubt last) => first == ReadingDoubt.None ? last : first;
}
