namespace SmartRadio.Audio.Reading;

/// <summary>Plates of vehicles: 92A-123.45, 43B1-234.56, 92-H1 123.45. Every digit is said.</summary>
internal sealed class PlateRule : IReadingRule
{
    /// <summary>Whether a plate begins at a place.</summary>
    public static bool IsPlate(Passage passage, int at) => Read(passage, at) is not null;

    public Match? Match(Passage passage, int at) => Read(passage, at);

    private static Match? Read(Passage passage, int at)
    {
        // Two digits of the province, a series of one or two letters and perhaps a digit, four or five digits.
        var series = passage.Digits(at);
        if (series != at + 2 || !passage.StartsWord(at))
        {
            return null;
        }

        var letters = passage[series] == '-' ? series + 1 : series;
        var end = letters;
        while (end - letters < 2 && (passage[end] is >= 'A' and <= 'Z' or 'Đ'))
        {
            end++;
        }

        if (end == letters)
        {
            return null;
        }

        end = Passage.IsDigit(passage[end]) && !Passage.IsDigit(passage[end + 1]) ? end + 1 : end;
        var number = passage[end] == '-' ? end + 1 : passage[end] == ' ' ? end + 1 : end;
        var first = passage.Digits(number);
        var last = passage[first] == '.' && passage.Digits(first + 1) == first + 3 ? first + 3 : first;
        var digits = string.Concat(passage.Text[number..last].Where(Passage.IsDigit));
        return number == end || digits.Length is not (4 or 5) || !passage.EndsWord(last)
            ? null
            : new Match(last, $"{NumberWords.Digits(passage.Text.AsSpan(at, 2))} {SeriesOf(passage.Text[letters..end])}, "
                + NumberWords.Digits(digits));
    }

    private static string SeriesOf(string series) => Letters.Of(series);
}
