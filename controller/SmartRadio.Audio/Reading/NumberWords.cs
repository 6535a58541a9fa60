using System.Globalization;
using System.Text;

namespace SmartRadio.Audio.Reading;

/// <summary>Numbers in Vietnamese words, northern: linh, nghìn; mốt, tư and lăm after mươi.</summary>
public static class NumberWords
{
    /// <summary>Most digits of a number that is read as a whole; a longer one is read digit by digit.</summary>
    public const int MostDigits = 15;

    private const long Billion = 1_000_000_000;
    private static readonly string[] Ones = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

    /// <summary>A number of 0 and more, below 10^18.</summary>
    public static string Of(long number)
    {
        var words = new StringBuilder();
        AddWhole(words, number, full: false);
        return words.Length == 0 ? Ones[0] : words.ToString();
    }

    /// <summary>The number of these digits as a whole; its digits when it begins with 0 or is too long.</summary>
    public static string Of(ReadOnlySpan<char> digits) => digits.Length > MostDigits || (digits.Length > 1 && digits[0] == '0')
        ? Digits(digits)
        : Of(long.Parse(digits, CultureInfo.InvariantCulture));

    /// <summary>Each digit by itself.</summary>
    public static string Digits(ReadOnlySpan<char> digits)
    {
        var words = new StringBuilder(digits.Length * 5);
        foreach (var digit in digits)
        {
            Add(words, Ones[digit - '0']);
        }

        return words.ToString();
    }

    /// <summary>Digits in groups with a pause between them: ten as 4-3-3, others by threes, a last group of four.</summary>
    public static string Grouped(ReadOnlySpan<char> digits)
    {
        var words = new StringBuilder(digits.Length * 5);
        var first = digits.Length switch { 8 or 10 or 11 => 4, _ => 3 };
        for (var at = 0; at < digits.Length;)
        {
            var rest = digits.Length - at;
            var length = Math.Min(rest, at == 0 ? first : rest == 4 ? 4 : 3);
            words.Append(at == 0 ? string.Empty : ", ").Append(Digits(digits.Slice(at, length)));
            at += length;
        }

        return words.ToString();
    }

    /// <summary>What stands after a decimal comma: up to two digits as a number, others one by one.</summary>
    public static string Fraction(ReadOnlySpan<char> digits) =>
        digits.Length <= 2 && digits[0] != '0' ? Of(digits) : Digits(digits);

    /// <summary>A number from a Roman one, or 0 for what is none below 50.</summary>
    public static int Roman(ReadOnlySpan<char> roman)
    {
        if (roman.Length is 0 or > 7)
        {
            return 0;
        }

        for (var number = 1; number < 50; number++)
        {
            if (roman.SequenceEqual(RomanOf(number)))
            {
                return number;
            }
        }

        return 0;
    }

    private static string RomanOf(int number)
    {
        string[] ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
        string[] tens = ["", "X", "XX", "XXX", "XL"];
        return tens[number / 10] + ones[number % 10];
    }

    private static void AddWhole(StringBuilder words, long number, bool full)
    {
        if (number >= Billion)
        {
            AddWhole(words, number / Billion, full);
            Add(words, "tỷ");
            full = true;
        }

        (int Group, string Name)[] groups =
        [
            ((int)(number % Billion / 1_000_000), "triệu"),
            ((int)(number % 1_000_000 / 1000), "nghìn"),
            ((int)(number % 1000), string.Empty),
        ];
        foreach (var (group, name) in groups)
        {
            if (group > 0)
            {
                AddThree(words, group, full);
                Add(words, name);
            }

            full |= group > 0;
        }
    }

    private static void AddThree(StringBuilder words, int number, bool full)
    {
        var (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
        if (full || hundreds > 0)
        {
            Add(words, Ones[hundreds]);
            Add(words, "trăm");
        }

        if (tens > 0)
        {
            Add(words, tens == 1 ? "mười" : Ones[tens] + " mươi");
        }
        else if (ones > 0 && (full || hundreds > 0))
        {
            Add(words, "linh");
        }

        if (ones > 0)
        {
            Add(words, (tens, ones) switch
            {
                ( > 1, 1) => "mốt",
                ( > 1, 4) => "tư",
                ( > 0, 5) => "lăm",
                _ => Ones[ones],
            });
        }
    }

    private static void Add(StringBuilder words, string word)
    {
        if (word.Length > 0)
        {
            words.Append(words.Length > 0 ? " " : string.Empty).Append(word);
        }
    }
}
