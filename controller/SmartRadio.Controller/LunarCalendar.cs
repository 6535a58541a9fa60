using System.Collections.Concurrent;

namespace SmartRadio.Controller;

/// <summary>A day of the lunar calendar of Viet Nam.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="IsLeap">The second of two months of that number.</param>
/// <param name="Day">1 to 30.</param>
public readonly record struct LunarDay(int Year, int Month, bool IsLeap, int Day);

/// <summary>
/// The lunar calendar as Viet Nam reckons it: a month begins on the day of the new moon, month 11 holds the winter solstice, and
/// of thirteen months between two solstices the first in which the sun enters no new sign is a leap month. Days are those of
/// UTC+7 since 1968 (decision 121-CP of 1967), before that those of China's calendar.
/// </summary>
public static class LunarCalendar
{
    public static readonly DateOnly FirstDay = new(1900, 1, 31);
    public static readonly DateOnly LastDay = new(2100, 12, 31);

    /// <summary>The sign of the zodiac that begins with the winter solstice, counted from the March equinox.</summary>
    private const int Solstice = 9;
    private const int MonthsOfLeapYear = 13;

    private static readonly ConcurrentDictionary<int, Month[]> Years = new();

    /// <exception cref="ArgumentOutOfRangeException">Before 1900 or after 2100.</exception>
    public static LunarDay Of(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, FirstDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, LastDay);
        var months = Years.GetOrAdd(day.Year, Reckon);
        if (day.DayNumber >= months[^1].First + months[^1].Length)
        {
            months = Years.GetOrAdd(day.Year + 1, Reckon);
        }

        var month = months.Last(each => each.First <= day.DayNumber);
        // The list begins with month 11 of the year before.
        var year = month.Number >= 11 && day.Month < 6 ? day.Year - 1 : day.Year;
        return new LunarDay(year, month.Number, month.IsLeap, day.DayNumber - month.First + 1);
    }

    /// <summary>The months from that of the winter solstice before a year to the one before its own.</summary>
    private static Month[] Reckon(int year)
    {
        var first = SolsticeMonth(year - 1);
        var count = SolsticeMonth(year) - first;
        var starts = Enumerable.Range(0, count + 1).Select(index => Astronomy.DayOfNewMoon(first + index)).ToArray();
        var leap = count == MonthsOfLeapYear
            ? Enumerable.Range(1, count - 1).First(index => Sign(starts[index]) == Sign(starts[index + 1]))
            : count;
        return
        [
            .. Enumerable.Range(0, count).Select(index => new Month(
                ((10 + index - (index >= leap ? 1 : 0)) % 12) + 1, index == leap, starts[index],
                starts[index + 1] - starts[index])),
        ];
    }

    /// <summary>The number, since the first new moon of 2000, of the month that holds the winter solstice of a year.</summary>
    private static int SolsticeMonth(int year)
    {
        var moon = Astronomy.NewMoonNear(new DateOnly(year, 12, 31));
        while (Sign(Astronomy.DayOfNewMoon(moon)) is >= Solstice or < 3)
        {
            moon--;
        }

        return moon;
    }

    private static int Sign(int day) => (int)(Astronomy.SunAtMidnight(day) / 30);

    private readonly record struct Month(int Number, bool IsLeap, int First, int Length);
}
