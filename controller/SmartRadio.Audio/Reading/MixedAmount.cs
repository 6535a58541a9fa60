namespace SmartRadio.Audio.Reading;

/// <summary>Amounts whose unit stands in the place of the comma: 1m65, 1m2, 3tr5, 1tỷ2, 1kg5.</summary>
internal static class MixedAmount
{
    private const int WordsBefore = 3;

    private static readonly (string Written, string Spoken, int MostDigits)[] Kinds =
        [("km", "ki lô mét", 1), ("kg", "ki lô gam", 1), ("m", "mét", 2), ("tr", "triệu", 3), ("tỷ", "tỷ", 3), ("tỉ", "tỷ", 3)];

    // After these "1m2" is a length and "12m2" too.
    private static readonly string[] Lengths =
        ["cao", "sâu", "dài", "rộng", "dày", "ngập", "dâng", "cách", "mức", "hơn", "lún", "sạt", "khổ"];

    // After these it is square or cubic metres.
    private static readonly string[] Areas =
        ["tích", "đất", "sàn", "vườn", "ruộng", "thửa", "ao", "chuồng", "lượng", "khối", "cát", "đá", "gỗ", "nhà", "mặt", "dùng"];

    /// <summary>The amount of a number that ends at its unit, or null.</summary>
    /// <param name="passage">The text.</param>
    /// <param name="at">Where the number, or the range that it ends, begins.</param>
    /// <param name="number">The number before the unit.</param>
    public static Match? At(Passage passage, int at, NumberToken number)
    {
        if (number.Whole < 0)
        {
            return null; // "1,5m2"
        }

        foreach (var (written, spoken, most) in Kinds)
        {
            var digits = number.End + written.Length;
            if (passage.HasExactly(number.End, written) && passage.Digits(digits) is var end && end > digits
                && end - digits <= most && passage.EndsWord(end)
                && !(passage[end] is '.' or ',' && Passage.IsDigit(passage[end + 1])))
            {
                var rest = passage.Text.AsSpan(digits, end - digits);
                var words = $"{number.Words} {spoken} {(rest.Length > 2 ? NumberWords.Of(rest) : NumberWords.Fraction(rest))}";
                return Power(passage, at, number, (digits, end)) switch
                {
                    Reading.Unit => null,
                    Reading.Unsure => new Match(end, words, ReadingDoubt.Unit),
                    _ => new Match(end, words),
                };
            }
        }

        return null;
    }

    // "m2" and "m3" are units too; which of them is meant, the words before tell.
    private static Reading Power(Passage passage, int at, NumberToken number, (int Start, int End) digits)
    {
        var digit = passage[digits.Start];
        var isMetre = passage[digits.Start - 1] == 'm';
        if (!isMetre || digits.End - digits.Start > 1 || digit is not ('2' or '3'))
        {
            return Reading.Mixed;
        }

        if (passage[digits.Start - 2] == 'k' || passage[digits.End] is '/' or '²' or '³')
        {
            return Reading.Unit; // "1km2", "8m2/người"
        }

        for (var nth = 1; nth <= WordsBefore; nth++)
        {
            var word = passage.WordBefore(at, nth);
            if (Array.IndexOf(Areas, word) >= 0)
            {
                return Reading.Unit;
            }

            // "từ 1m2 đến 1m3"
            if (Array.IndexOf(Lengths, word) >= 0 || (word is [>= '0' and <= '9', 'm', ..] && nth <= 2))
            {
                return Reading.Mixed;
            }
        }

        return digit == '2' && number.Whole is > 0 and < 10 ? Reading.Unsure : Reading.Unit;
    }

    private enum Reading
    {
        Mixed,
        Unsure,
        Unit,
    }
}
