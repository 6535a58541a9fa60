namespace SmartRadio.Audio.Reading;

/// <summary>Numbers with their units, and ranges of them: 1.500 m, 10-15 km, 5%, 500.000đ, $100.</summary>
internal sealed class NumberRule : IReadingRule
{
    private static readonly string[] Scores = ["thắng", "thua", "hòa", "hoà", "dẫn"];

    // Terms are named by their two years.
    private static readonly string[] Terms = ["học", "khóa", "khoá", "kỳ", "vụ"];

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

        return NumberToken.At(passage, at) is { } first ? Range(passage, at, first) ?? Amount(passage, at, first) : null;
    }

    /// <summary>Whether a score of a match stands here: "thắng 3-2", "tỷ số 1-2".</summary>
    public static bool IsScore(Passage passage, int at)
    {
        var before = passage.WordBefore(at);
        return Array.IndexOf(Scores, before) >= 0 || (before is "số" && passage.WordBefore(at, 2) is "tỷ" or "tỉ");
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

    private static Match Amount(Passage passage, int at, NumberToken number)
    {
        if (Units.At(passage, number.End) is not { } unit)
        {
            return Length(passage, number) ?? Ordinal(passage, at, number);
        }

        var doubt = number.Doubt is ReadingDoubt.None or ReadingDoubt.NumberOrDigits ? unit.Doubt : number.Doubt;
        return new Match(unit.End, $"{number.Words} {unit.Spoken}", doubt);
    }

    // "1m65"
    private static Match? Length(Passage passage, NumberToken number)
    {
        var digits = number.End + 1;
        var end = passage.Digits(digits);
        return passage[number.End] == 'm' && end - digits is 1 or 2 && passage.EndsWord(end)
            && !(end - digits == 1 && passage[digits] is '2' or '3')
            ? new Match(end, $"{number.Words} mét {NumberWords.Fraction(passage.Text.AsSpan(digits, end - digits))}")
            : null;
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
        var unit = Units.At(passage, first.End);
        var second = passage.AfterDash(unit?.End ?? first.End);
        if (second < 0 || !Passage.IsDigit(passage[second]) || NumberToken.At(passage, second) is not { } last
            || (char.IsLetter(passage[last.End]) && Units.At(passage, last.End) is null))
        {
            return null;
        }

        var end = Amount(passage, second, last);
        var before = unit is { } own ? $"{first.Words} {own.Spoken}" : first.Words;
        if (Passage.IsDash(passage[end.End]) && Passage.IsDigit(passage[end.End + 1]))
        {
            // "100.000-200.000-300.000" are three numbers.
            var isPlain = unit is null && passage.Digits(at) == first.End && passage.Digits(second) == end.End;
            return isPlain ? Chain(passage, at) : null;
        }

        if (IsTerm(passage, at, first, last))
        {
            return new Match(end.End, $"{before}, {end.Spoken}");
        }

        var rises = first.Whole < 0 || last.Whole < 0 || first.Whole < last.Whole;
        var doubt = Worse(IsDay(passage, at, end.End), Worse(first.Doubt, end.Doubt));
        return IsScore(passage, at) ? new Match(end.End, $"{before} {end.Spoken}")
            : rises ? new Match(end.End, $"{before} đến {end.Spoken}", doubt)
            : new Match(end.End, $"{before}, {end.Spoken}", ReadingDoubt.Range);
    }

    // "2025-2026" after "năm học", "nhiệm kỳ": two years and no time between them.
    private static bool IsTerm(Passage passage, int at, NumberToken first, NumberToken last) =>
        first.Whole is >= 1900 and < 2200 && last.Whole is >= 1900 and < 2200
        && Array.IndexOf(Terms, passage.WordBefore(at)) >= 0;

    // "12-34-56" is the number of something.
    private static Match Chain(Passage passage, int at)
    {
        const int most = 24;
        var end = at;
        while (end - at < most && (Passage.IsDigit(passage[end]) || (passage[end] == '-' && Passage.IsDigit(passage[end + 1]))))
        {
            end++;
        }

        var groups = passage.Text[at..end].Split('-', StringSplitOptions.RemoveEmptyEntries);
        return new Match(end, string.Join(", ", groups.Select(group => NumberWords.Digits(group))), ReadingDoubt.NumberOrDigits);
    }

    // "8-9" without a word after it may be a day.
    private static ReadingDoubt IsDay(Passage passage, int at, int end) =>
        CalendarDay.At(passage, at) is { Separator: '-' } day && day.End == end && !char.IsLetter(passage[passage.Spaces(end)])
            ? ReadingDoubt.DateOrRange
            : ReadingDoubt.None;

    private static ReadingDoubt Worse(ReadingDoubt first, ReadingDoubt last) => first == ReadingDoubt.None ? last : first;
}
