using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Schedules;

namespace SmartRadio.Controller.Tests.Schedules;

public sealed class AirTimesTests
{
    private static readonly DateOnly Friday = new(2026, 11, 20);

    [Fact]
    public async Task Once_is_once() =>
        Assert.Equal(["2026-11-20 17:00"], await AirAsync(Recurrence.Once, Friday, new TimeOnly(17, 0), count: 3));

    [Fact]
    public async Task Daily_is_every_day_at_the_same_local_time() =>
        Assert.Equal(
            ["2026-11-20 05:00", "2026-11-21 05:00", "2026-11-22 05:00"],
            await AirAsync(Recurrence.Daily, Friday, new TimeOnly(5, 0), count: 3));

    [Fact]
    public async Task The_last_day_is_included() =>
        Assert.Equal(
            ["2026-11-20 23:59", "2026-11-21 23:59"],
            await AirAsync(Recurrence.Daily, Friday, new TimeOnly(23, 59), count: 5, until: Friday.AddDays(1)));

    [Fact]
    public async Task Chosen_weekdays_leave_out_the_first_day_when_it_is_not_one_of_them() =>
        Assert.Equal(
            ["2026-11-22 05:00", "2026-11-23 05:00", "2026-11-29 05:00"],
            await AirAsync(Recurrence.Weekly, Friday, new TimeOnly(5, 0), count: 3, days: [DayOfWeek.Sunday, DayOfWeek.Monday]));

    [Fact]
    public async Task Monthly_on_the_31st_takes_the_last_day_of_shorter_months() =>
        Assert.Equal(
            ["2026-12-31 05:00", "2027-01-31 05:00", "2027-02-28 05:00", "2027-03-31 05:00", "2027-04-30 05:00"],
            await AirAsync(Recurrence.Monthly, new DateOnly(2026, 12, 31), new TimeOnly(5, 0), count: 5));

    [Fact]
    public async Task Monthly_on_the_29th_is_the_28th_in_February_but_in_leap_years() =>
        Assert.Equal(
            ["2028-01-29 05:00", "2028-02-29 05:00", "2028-03-29 05:00"],
            await AirAsync(Recurrence.Monthly, new DateOnly(2028, 1, 29), new TimeOnly(5, 0), count: 3));

    [Fact]
    public async Task Monthly_on_an_ordinary_day_is_that_day() =>
        Assert.Equal(
            ["2026-12-15 05:00", "2027-01-15 05:00", "2027-02-15 05:00"],
            await AirAsync(Recurrence.Monthly, new DateOnly(2026, 12, 15), new TimeOnly(5, 0), count: 3));

    [Fact]
    public async Task A_zone_with_summer_time_keeps_the_local_time() =>
        Assert.Equal(
            ["2027-03-27 05:00", "2027-03-28 05:00", "2027-03-29 05:00"],
            await AirAsync(Recurrence.Daily, new DateOnly(2027, 3, 27), new TimeOnly(5, 0), count: 3, zone: "Europe/Berlin"));

    [Fact]
    public async Task A_time_that_the_clock_skips_is_aired_an_hour_later_by_the_clock() =>
        Assert.Equal(
            ["2027-03-27 02:30", "2027-03-28 03:30", "2027-03-29 02:30"],
            await AirAsync(Recurrence.Daily, new DateOnly(2027, 3, 27), new TimeOnly(2, 30), count: 3, zone: "Europe/Berlin"));

    [Fact]
    public async Task Several_times_a_day_come_in_their_order() =>
        Assert.Equal(
            ["2026-11-20 05:00", "2026-11-20 17:00", "2026-11-21 05:00"],
            await AirAsync(Recurrence.Daily, Friday, new TimeOnly(17, 0), count: 3, more: [new TimeOnly(5, 0)]));

    [Fact]
    public async Task Once_with_several_times_is_one_day() =>
        Assert.Equal(
            ["2026-11-20 05:00", "2026-11-20 17:00"],
            await AirAsync(Recurrence.Once, Friday, new TimeOnly(17, 0), count: 3, more: [new TimeOnly(5, 0)]));

    [Fact]
    public async Task Pause_leaves_out_its_first_and_its_last_day() =>
        Assert.Equal(
            ["2027-02-03 05:00", "2027-02-11 05:00"],
            await AirAsync(
                Recurrence.Daily, new DateOnly(2027, 2, 3), new TimeOnly(5, 0), count: 2,
                pauses: [new SchedulePause(new DateOnly(2027, 2, 4), new DateOnly(2027, 2, 10))]));

    [Theory]
    [InlineData(Recurrence.Daily)]
    [InlineData(Recurrence.Weekly)]
    [InlineData(Recurrence.Monthly)]
    public async Task Pause_may_last_to_the_end_of_the_calendar(Recurrence recurrence) =>
        Assert.Equal(
            ["2027-02-04 05:00"],
            await AirAsync(
                recurrence, new DateOnly(2027, 2, 4), new TimeOnly(5, 0), count: 3, days: [DayOfWeek.Thursday],
                pauses: [new SchedulePause(new DateOnly(2027, 2, 5), DateOnly.MaxValue)]));

    [Fact]
    public async Task Holidays_end_with_the_calendar_that_tells_them() =>
        Assert.Empty(await AirAsync(
            Recurrence.Daily, new DateOnly(2100, 12, 30), new TimeOnly(5, 0), count: 3, holidays: HolidayRule.Only));

    [Fact]
    public async Task Schedule_that_begins_within_a_pause_airs_after_it() =>
        Assert.Equal(
            ["2027-02-11 05:00"],
            await AirAsync(
                Recurrence.Daily, new DateOnly(2027, 2, 6), new TimeOnly(5, 0), count: 1,
                pauses: [new SchedulePause(new DateOnly(2027, 2, 4), new DateOnly(2027, 2, 10))]));

    [Fact]
    public async Task Monthly_on_the_third_Friday_is_the_third_Friday() =>
        Assert.Equal(
            ["2026-11-20 05:00", "2026-12-18 05:00", "2027-01-15 05:00"],
            await AirAsync(Recurrence.MonthlyWeekday, Friday, new TimeOnly(5, 0), count: 3));

    [Fact]
    public async Task Monthly_on_the_fifth_weekday_is_the_last() =>
        Assert.Equal(
            ["2026-11-30 05:00", "2026-12-28 05:00", "2027-01-25 05:00"],
            await AirAsync(Recurrence.MonthlyWeekday, new DateOnly(2026, 11, 30), new TimeOnly(5, 0), count: 3));

    [Theory]
    [InlineData(Recurrence.Monthly, "2026-10-15", "2026-11-30", "2026-12-15")]
    [InlineData(Recurrence.Monthly, "2026-10-31", "2026-11-30", "2026-12-31")]
    [InlineData(Recurrence.MonthlyWeekday, "2026-10-12", "2026-11-30", "2026-12-14")]
    [InlineData(Recurrence.MonthlyWeekday, "2026-08-31", "2026-11-30", "2026-11-30")]
    [InlineData(Recurrence.MonthlyWeekday, "2026-08-31", "2026-12-01", "2027-03-29")]
    [InlineData(Recurrence.Lunar, "2026-10-15", "2026-11-30", "2026-11-30")]
    [InlineData(Recurrence.Daily, "2026-12-15", "2026-11-30", "2026-12-15")]
    public void Rule_goes_on_as_it_is_from_a_day_that_keeps_it(Recurrence recurrence, string from, string day, string first)
    {
        var schedule = new Schedule
        {
            Audience = new Audience([], []),
            CreatedById = string.Empty,
            Recurrence = recurrence,
            From = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
            Times = [],
        };

        var kept = AirTimes.SameRuleFrom(schedule, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(DateOnly.Parse(first, System.Globalization.CultureInfo.InvariantCulture), kept);
    }

    [Fact]
    public async Task Lunar_is_the_first_and_the_fifteenth_of_the_lunar_month() =>
        Assert.Equal(
            // The 15th of month 10, the 1st and 15th of month 11.
            ["2026-11-23 05:00", "2026-12-09 05:00", "2026-12-23 05:00"],
            await AirAsync(Recurrence.Lunar, Friday, new TimeOnly(5, 0), count: 3));

    [Fact]
    public async Task Holidays_that_are_left_out_are_no_air_times() =>
        // Tết of 2027 begins with its eve, 5 February.
        Assert.Equal(
            ["2027-02-04 05:00", "2027-02-04 17:00", "2027-02-10 05:00"],
            await AirAsync(
                Recurrence.Daily, new DateOnly(2027, 2, 4), new TimeOnly(5, 0), count: 3, more: [new TimeOnly(17, 0)],
                holidays: HolidayRule.LeftOut));

    [Fact]
    public async Task Only_on_holidays_is_on_those_the_rhythm_gives() =>
        // The Mondays among them: 8 February is the third day of Tết.
        Assert.Equal(
            ["2027-02-08 05:00"],
            await AirAsync(
                Recurrence.Weekly, Friday, new TimeOnly(5, 0), count: 2, until: new DateOnly(2027, 4, 15),
                days: [DayOfWeek.Monday], holidays: HolidayRule.Only));

    [Fact]
    public async Task Rule_by_the_moon_ends_with_its_calendar() =>
        Assert.Empty(await AirAsync(
            Recurrence.Daily, new DateOnly(2101, 1, 2), new TimeOnly(5, 0), count: 1, until: new DateOnly(2101, 1, 9),
            holidays: HolidayRule.LeftOut));

    private static async Task<List<string>> AirAsync(
        Recurrence recurrence,
        DateOnly from,
        TimeOnly at,
        int count,
        DateOnly? until = null,
        DayOfWeek[]? days = null,
        string zone = "Asia/Ho_Chi_Minh",
        TimeOnly[]? more = null,
        SchedulePause[]? pauses = null,
        HolidayRule holidays = HolidayRule.Ignored)
    {
        await using var controller = await TestController.StartAsync(now: null, ("TimeZone", zone));
        var schedule = new Schedule
        {
            Id = 1,
            Audience = new Audience([], []),
            CreatedById = string.Empty,
            Recurrence = recurrence,
            From = from,
            Times = [.. (more ?? []).Append(at).Order()],
            Pauses = pauses ?? [],
            Holidays = holidays,
            Until = until,
            Weekdays = (days ?? []).Sum(day => 1 << (int)day),
        };
        var local = controller.Get<LocalTime>();
        var found = new List<string>();
        var last = DateTimeOffset.UnixEpoch;
        while (found.Count < count && controller.Get<AirTimes>().NextAfter(schedule, last) is { } next)
        {
            found.Add(local.Of(next).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
            last = next;
        }

        return found;
    }
}
