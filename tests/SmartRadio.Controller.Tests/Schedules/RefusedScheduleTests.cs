using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Bulletins;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Schedules;

public sealed class RefusedScheduleTests
{
    public static TheoryData<string, Func<ScheduleRequest, ScheduleRequest>> Wrong => new()
    {
        { BroadcastRefusal.StartInPast, daily => daily.When(rule => rule with { From = ScheduleBench.Friday.AddDays(-1) }) },
        {
            BroadcastRefusal.StartInPast,
            daily => daily.When(rule => rule with { Recurrence = Recurrence.Once, Times = [new TimeOnly(7, 59)] })
        },
        { BroadcastRefusal.StartTooFar, daily => daily.When(rule => rule with { From = ScheduleBench.Friday.AddYears(2) }) },
        { ScheduleRefusal.EndBeforeStart, daily => daily.When(rule => rule with { Until = ScheduleBench.Friday.AddDays(-1) }) },
        {
            ScheduleRefusal.NoOccurrence,
            daily => daily.When(rule => rule with { Times = [new TimeOnly(7, 0)], Until = ScheduleBench.Friday })
        },
        {
            ScheduleRefusal.NoOccurrence,
            daily => daily.When(rule => rule with
            {
                Recurrence = Recurrence.Weekly,
                Weekdays = [DayOfWeek.Sunday],
                Until = ScheduleBench.Friday.AddDays(1),
            })
        },
        { ScheduleRefusal.NoWeekday, daily => daily.When(rule => rule with { Recurrence = Recurrence.Weekly }) },
        { Refusal.Malformed, daily => daily.When(rule => rule with { Recurrence = (Recurrence)9 }) },
        { Refusal.Malformed, daily => daily.When(rule => rule with { Holidays = (HolidayRule)9 }) },
        { Refusal.Malformed, daily => daily.When(rule => rule with { Weekdays = [(DayOfWeek)7] }) },
        { ScheduleRefusal.RepeatsOutOfRange, daily => daily.When(rule => rule with { Repeats = 0 }) },
        { ScheduleRefusal.RepeatsOutOfRange, daily => daily.When(rule => rule with { Repeats = 25 }) },
        {
            ScheduleRefusal.RepeatsOutOfRange,
            daily => daily.When(rule => rule with { Repeats = 3, Distance = TimeSpan.FromHours(12) })
        },
        { ScheduleRefusal.DistanceOutOfRange, daily => daily.When(rule => rule with { Distance = TimeSpan.FromSeconds(-1) }) },
        { ScheduleRefusal.DistanceOutOfRange, daily => daily.When(rule => rule with { Distance = TimeSpan.FromHours(13) }) },
        {
            ScheduleRefusal.DistanceTooShort,
            daily => daily.When(rule => rule with { Repeats = 2, Distance = TimeSpan.FromSeconds(1) })
        },
        { BroadcastRefusal.ToleranceOutOfRange, daily => daily with { Tolerance = TimeSpan.FromDays(2) } },
        { BroadcastRefusal.ToleranceOutOfRange, daily => daily with { Tolerance = TimeSpan.FromSeconds(-1) } },
        { BroadcastRefusal.UnknownClass, daily => daily with { Class = BroadcastClass.Live } },
        { BroadcastRefusal.UnknownClass, daily => daily with { Class = (BroadcastClass)99 } },
        { BroadcastRefusal.AudienceEmpty, daily => daily with { Audience = new Audience([], []) } },
        { AreaRefusal.UnknownArea, daily => daily with { Audience = new Audience([999], []) } },
        { NodeRefusal.UnknownNode, daily => daily with { Audience = new Audience([], ["0123456789abcdef"]) } },
        { BulletinRefusal.UnknownBulletin, daily => daily with { BulletinId = 999 } },
        { BroadcastRefusal.InQuietHours, daily => daily.When(rule => rule with { Times = [new TimeOnly(22, 0)] }) },
        { BroadcastRefusal.InQuietHours, daily => daily.When(rule => rule with { Times = [new TimeOnly(21, 59, 59)] }) },
        {
            BroadcastRefusal.InQuietHours,
            daily => daily.When(
                rule => rule with { Times = [new TimeOnly(21, 0)], Repeats = 2, Distance = TimeSpan.FromHours(2) })
        },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task Senseless_schedule_is_refused_and_changes_nothing(
        string expected, Func<ScheduleRequest, ScheduleRequest> spoil)
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.AddAsync(spoil(daily)));

        Assert.Equal(expected, refused.Refusal);
        await using var db = await controller.OpenAsync();
        Assert.Equal(0, await db.Schedules.CountAsync());
        Assert.Equal(0, await db.Broadcasts.CountAsync());
        Assert.DoesNotContain(
            await db.Audit.Select(row => row.Action).ToListAsync(),
            action => action.StartsWith("schedule", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bulletin_that_was_withdrawn_is_not_scheduled()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.WithdrawAsync(daily.BulletinId);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.AddAsync(daily));

        Assert.Equal((BulletinRefusal.NotApproved, "Bản tin"), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task An_area_without_nodes_hears_nothing_and_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var empty = await controller.AddAreaAsync("2");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.AddAsync(daily with { Audience = new Audience([empty.Id], []) }));

        Assert.Equal(BroadcastRefusal.AudienceHasNoNodes, refused.Refusal);
    }

    [Fact]
    public async Task Quiet_hours_are_those_of_the_area_that_hears_it_and_are_named()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var school = await controller.AddAreaAsync("2", quiet: QuietHours.Parse("12:00-14:00"));
        await controller.AddNodeAsync(school);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.AddAsync(daily.When(rule => rule with { Times = [new TimeOnly(13, 0)] }) with
            {
                Audience = new Audience([.. daily.Audience.Areas, school.Id], []),
            }));

        Assert.Equal([(object)"Xã 2", "12:00-14:00"], refused.Values);
    }

    [Fact]
    public async Task Emergency_is_never_scheduled()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.AddAsync(daily with { Class = BroadcastClass.Emergency }));

        Assert.Equal(ScheduleRefusal.EmergencyBySchedule, refused.Refusal);
        Assert.Empty(await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Recurring_schedule_past_for_today_begins_with_its_next_time()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();

        await controller.AddAsync(daily.When(rule => rule with { Times = [new TimeOnly(7, 0)] }));

        Assert.Equal(["11-21 07:00:00 Planned"], await controller.BroadcastsAsync());
    }
}
