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
    public async Task Same_bulletin_at_the_same_time_is_a_double()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        var old = await controller.AddAsync(daily);

        Assert.Equal(ClashOutcome.Double, Assert.Single((await LookAsync(controller, daily)).Clashes).Outcome);
        Assert.Empty((await LookAsync(controller, daily, replaces: old.Id)).Clashes);
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
