namespace SmartRadio.Controller;

/// <summary>Finds the public holidays.</summary>
public static class HolidayCalendar
{
    /// <summary>The holiday of a day, or null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the <see cref="LunarCalendar"/>.</exception>
    public static VietnamHoliday? Of(DateOnly day)
    {
        var lunar = LunarCalendar.Of(day);
        return (day.Month, day.Day) switch
        {
            (1, 1) => VietnamHoliday.NewYear,
            (4, 30) => VietnamHoliday.Reunification,
            (5, 1) => VietnamHoliday.Labour,
            (9, 2) => VietnamHoliday.National,
            // The last day of the old year is one of the five.
            _ when lunar is { Month: 1, IsLeap: false, Day: <= 4 } || IsEve(day) => VietnamHoliday.Tet,
            _ when lunar is { Month: 3, IsLeap: false, Day: 10 } => VietnamHoliday.HungKings,
            _ => null,
        };
    }

    private static bool IsEve(DateOnly day) =>
        day < LunarCalendar.LastDay && LunarCalendar.Of(day.AddDays(1)) is { Month: 1, IsLeap: false, Day: 1 };
}
