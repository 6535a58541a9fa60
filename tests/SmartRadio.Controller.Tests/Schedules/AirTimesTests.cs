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

    [Fact]
    public async Task Lunar_is_the_first_and_the_fifteenth_of_the_lunar_month() =>
        Assert.Equal(
            // The 15th of month 10, the 1st and 15th of month 11.
            ["2026-11-23 05:00", "2026-12-09 05:00", "2026-12-23 05:00"],
            await AirAsync(Recurrence.Lunar, Friday, new TimeOnly(5, 0), count: 3));

    private static async Task<List<string>> AirAsync(
        Recurrence recurrence,
        DateOnly from,
        TimeOnly at,
        int count,
        DateOnly? until = null,
        DayOfWeek[]? days = null,
        string zone = "Asia/Ho_Chi_Minh",
        TimeOnly[]? more = null,
        SchedulePause[]? pauses = null)
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
