using System.Globalization;

namespace SmartRadio.Controller.Tests;

/// <summary>The lunar calendar beside the published table of lunar-years.csv.</summary>
public sealed class LunarCalendarTests
{
    /// <summary>
    /// Months that the table names otherwise. The first three lie before Viet Nam reckoned by a time of its own; the last begins
    /// 23 seconds after a midnight, nearer than anybody can foretell the earth's turning.
    /// </summary>
    private static readonly DateOnly[] Disputed = [new(1917, 3, 23), new(1922, 6, 25), new(1925, 1, 24), new(2054, 5, 7)];

    [Fact]
    public void Agrees_with_the_published_table_from_1900_to_2100()
    {
        var differing = new List<DateOnly>();
        var day = LunarCalendar.FirstDay;
        foreach (var (year, newYear, leap, months) in Published())
        {
            Assert.Equal(newYear, day);
            var number = 0;
            for (var index = 0; index < months.Length; index++)
            {
                var isLeap = leap > 0 && index == leap;
                number += isLeap ? 0 : 1;
                var length = months[index] == 'L' ? 30 : 29;
                for (var of = 1; of <= length && day <= LunarCalendar.LastDay; of++, day = day.AddDays(1))
                {
                    if (LunarCalendar.Of(day) != new LunarDay(year, number, isLeap, of))
                    {
                        differing.Add(day);
                    }
                }
            }
        }

        Assert.Equal(LunarCalendar.LastDay.AddDays(1), day);
        // A run of differing days is one disputed month.
        Assert.Equal(
            Disputed,
            differing.Where((each, index) => index == 0 || each.DayNumber - differing[index - 1].DayNumber > 31));
    }

    [Theory]
    [InlineData("1985-01-21", 1985)]
    [InlineData("2007-02-17", 2007)]
    [InlineData("2027-02-06", 2027)]
    [InlineData("2030-02-02", 2030)]
    public void New_year_is_that_of_Viet_Nam_and_not_that_of_China(string day, int year) =>
        Assert.Equal(new LunarDay(year, 1, false, 1), LunarCalendar.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("1900-01-30")]
    [InlineData("2101-01-01")]
    public void Knows_no_day_outside_its_table(string day) => Assert.Throws<ArgumentOutOfRangeException>(
        () => LunarCalendar.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    private static IEnumerable<(int Year, DateOnly NewYear, int Leap, string Months)> Published()
    {
        using var table = new StreamReader(typeof(LunarCalendarTests).Assembly.GetManifestResourceStream("lunar-years.csv")!);
        while (table.ReadLine() is { } line)
        {
            if (line.Split(',') is [var year, var newYear, var leap, var months] && !line.StartsWith('#'))
            {
                yield return (
                    int.Parse(year, CultureInfo.InvariantCulture), DateOnly.Parse(newYear, CultureInfo.InvariantCulture),
                    int.Parse(leap, CultureInfo.InvariantCulture), months);
            }
        }
    }
}
