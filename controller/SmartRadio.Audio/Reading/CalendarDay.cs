namespace SmartRadio.Audio.Reading;

/// <summary>A written day, of any year or of one.</summary>
/// <param name="End">Index after it.</param>
/// <param name="Day">1 to 31, or 0 for a month alone.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Year">The year, or 0.</param>
/// <param name="Separator">What stands between day and month.</param>
/// <param name="IsPadded">Whether day or month begins with 0, as in forms.</param>
internal readonly record struct CalendarDay(int End, int Day, int Month, int Year, char Separator, bool IsPadded)
{
    private const int ShortCentury = 2000;

    /// <summary>Whether the year was written with two digits.</summary>
    public bool IsShort { get; init; }

    /// <summary>Reads 20/11, 20/11/2026, 20-11-2026, 20.11.2026, 2026-11-20, or null.</summary>
    public static CalendarDay? At(Passage passage, int at)
    {
        var end = passage.Digits(at);
        var separator = passage[end];
        if (end == at || separator is not ('/' or '-' or '.' or '–'))
        {
            return null;
        }

        var middle = passage.Digits(end + 1);
        if (end - at == 4 && separator != '.' && passage[middle] == separator)
        {
            var day = passage.Digits(middle + 1);
            return Checked(
                passage, day, passage.Value(middle + 1, day), passage.Value(end + 1, middle), passage.Value(at, end), separator);
        }

        if (end - at > 2 || middle - end - 1 is < 1 or > 2)
        {
            return null;
        }

        var (first, month) = (passage.Value(at, end), passage.Value(end + 1, middle));
        var padded = passage[at] == '0' || passage[end + 1] == '0';
        if (passage[middle] == separator)
        {
            var last = passage.Digits(middle + 1);
            var length = last - middle - 1;
            var year = passage.Value(middle + 1, last);
            return length == 4 ? Checked(passage, last, first, month, year, separator)
                : length == 2 && separator != '.'
                    && Checked(passage, last, first, month, ShortCentury + year, separator) is { } day
                ? day with { IsShort = true }
                : null;
        }

        return separator == '.' ? null : Checked(passage, middle, first, month, 0, separator) is { } found
            ? found with { IsPadded = padded }
            : null;
    }

    /// <summary>Reads 11/2026, or null.</summary>
    public static CalendarDay? MonthAt(Passage passage, int at)
    {
        var end = passage.Digits(at);
        var last = passage.Digits(end + 1);
        return end - at is 1 or 2 && passage[end] is '/' or '-' && last - end == 5 && passage.Value(at, end) is >= 1 and <= 12
            && passage.Value(end + 1, last) is >= 1900 and < 2200 && passage.EndsWord(last) && passage[last] is not ('/' or '-')
            ? new CalendarDay(last, 0, passage.Value(at, end), passage.Value(end + 1, last), passage[end], passage[at] == '0')
            : null;
    }

    /// <summary>"hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu".</summary>
    public override string ToString()
    {
        var day = Day == 0 ? string.Empty : NumberWords.Of(Day) + " ";
        var month = $"{day}tháng {MonthOf(Month)}";
        return Year == 0 ? month : $"{month} năm {NumberWords.Of(Year)}";
    }

    /// <summary>The fourth month has a name of its own: tư.</summary>
    public static string MonthOf(int month) => month == 4 ? "tư" : NumberWords.Of(month);

    private static CalendarDay? Checked(Passage passage, int end, int day, int month, int year, char separator) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2024, month) && year is 0 or (>= 1000 and < 2200)
            && passage.EndsWord(end) && passage[end] is not '/'
            ? new CalendarDay(end, day, month, year, separator, IsPadded: false)
            : null;
}
