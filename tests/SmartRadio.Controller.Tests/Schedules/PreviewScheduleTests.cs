using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>What a person sees of a schedule before it is saved.</summary>
public sealed class PreviewScheduleTests
{
    [Fact]
    public async Task First_times_and_loudspeakers_are_told_and_nothing_is_stored()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();

        var outlook = await LookAsync(controller, daily);

        Assert.Equal(PreviewSchedule.Shown, outlook.First.Count);
        Assert.Equal((1, 1), (outlook.Nodes, outlook.Offline));
        Assert.Empty(outlook.Clashes);
        Assert.Empty(await controller.BroadcastsAsync());
    }

    [Theory]
    [InlineData(BroadcastClass.Normal, ClashOutcome.LaterWaits)]
    [InlineData(BroadcastClass.Priority, ClashOutcome.OtherGivesWay)]
    public async Task Clash_says_who_gives_way(BroadcastClass asked, ClashOutcome outcome)
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        var second = daily.When(rule => rule with { Times = [new TimeOnly(17, 0, 1)] }) with { Class = asked };

        var clash = Assert.Single((await LookAsync(controller, second)).Clashes);

        Assert.Equal((outcome, 1, 7), (clash.Outcome, clash.Nodes, clash.Times));
    }

    [Fact]
    public async Task Thousands_of_meetings_are_all_found()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync(QuietHours.None);
        var dense = daily.When(rule => rule with
        {
            From = rule.From.AddDays(60),
            Times = [.. Enumerable.Range(0, 24).Select(hour => new TimeOnly(hour, 0))],
            Repeats = 24,
            Distance = TimeSpan.FromMinutes(2),
        });
        for (var i = 0; i < 20; i++)
        {
            await controller.AddAsync(dense with { AllowsDouble = true });
        }

        var clashes = (await LookAsync(controller, dense)).Clashes;

        Assert.Equal((20, 4032), (clashes.Count, clashes[0].Times));
    }

    [Fact]
    public async Task Same_bulletin_at_the_same_time_is_a_double()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);

        Assert.Equal(ClashOutcome.Double, Assert.Single((await LookAsync(controller, daily)).Clashes).Outcome);
        Assert.Empty((await LookAsync(controller, daily, replaces: old.Id)).Clashes);
    }

    [Fact]
    public async Task Double_is_found_behind_another_meeting()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily.When(rule => rule with { Times = [new(16, 0, 0), new(17, 0, 0)] }));

        var clash = Assert.Single((await LookAsync(
            controller, daily.When(rule => rule with { Times = [new(16, 0, 1), new(17, 0, 0)] }))).Clashes);

        Assert.Equal((ClashOutcome.Double, 17, 14), (clash.Outcome, controller.Get<LocalTime>().Of(clash.At).Hour, clash.Times));
    }

    [Theory]
    [InlineData(17, 1)]
    [InlineData(18, 0)]
    public async Task Moved_broadcast_clashes_where_it_is(int hour, int day)
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        await using (var db = await controller.OpenAsync())
        {
            var first = await db.Broadcasts.OrderBy(row => row.Start).FirstAsync();
            await controller.Get<MoveBroadcast>().HandleAsync(
                first.Id, new MoveRequest(first.Start.AddHours(1), null), TestController.Officer, CancellationToken.None);
        }

        var outlook = await LookAsync(
            controller,
            daily.When(rule => rule with { Times = [new TimeOnly(hour, 0, 1)] }) with { Class = BroadcastClass.Priority });

        var clash = Assert.Single(outlook.Clashes);
        Assert.Equal(ScheduleBench.Friday.AddDays(day), DateOnly.FromDateTime(controller.Get<LocalTime>().Of(clash.At)));
        Assert.Equal(day == 0 ? 1 : 6, clash.Times);
    }

    [Fact]
    public async Task What_nobody_hears_does_not_clash()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(
                daily.BulletinId, BroadcastClass.Normal, daily.Audience,
                controller.Get<LocalTime>().InstantOf(ScheduleBench.Friday, new TimeOnly(17, 0)), Tolerance: null),
            TestController.Officer, CancellationToken.None);
        await using (var db = await controller.OpenAsync())
        {
            await db.Schedules.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsExercise, true));
            await db.Broadcasts.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsExercise, true));
        }

        Assert.Empty((await LookAsync(controller, daily)).Clashes);
    }

    [Fact]
    public async Task Broadcast_of_a_person_clashes_too()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var at = controller.Get<LocalTime>().InstantOf(ScheduleBench.Friday, new TimeOnly(17, 0, 1));
        await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(daily.BulletinId, BroadcastClass.Priority, daily.Audience, at, Tolerance: null),
            TestController.Officer, CancellationToken.None);

        var clash = Assert.Single((await LookAsync(controller, daily)).Clashes);

        Assert.Equal((ClashOutcome.GivesWay, 1), (clash.Outcome, clash.Times));
    }

    [Fact]
    public async Task Other_loudspeakers_do_not_clash()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily);
        var other = await controller.AddAreaAsync("2");
        await controller.AddNodeAsync(other);

        var outlook = await LookAsync(controller, daily with { Audience = new Audience([other.Id], []) });

        Assert.Empty(outlook.Clashes);
    }

    [Fact]
    public async Task Nobody_looks_into_areas_where_he_may_not_write()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<PreviewSchedule>().HandleAsync(
            daily, replaces: null, new Actor("stranger", "Người lạ"), CancellationToken.None));

        Assert.Equal(Refusal.NotAllowed, refused.Refusal);
    }

    private static Task<ScheduleOutlook> LookAsync(TestController controller, ScheduleRequest request, long? replaces = null) =>
        controller.Get<PreviewSchedule>().HandleAsync(request, replaces, TestController.Officer, CancellationToken.None);
}
