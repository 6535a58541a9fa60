using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Schedules;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>In an exercise people see all that they would see, and no node is told of it.</summary>
public sealed class ExerciseTests
{
    private static readonly (string, string) TwoDays = ("PlanAhead", "2.00:00:00");

    [Fact]
    public async Task Broadcast_goes_through_its_states_and_stands_in_no_plan()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await SetAsync(controller, daily, on: true);

        var made = await AirAsync(controller, daily, BroadcastClass.Priority);

        Assert.True(made.IsExercise);
        Assert.Empty((await PlanAsync(controller)).Entries);
        Assert.Equal(0, await PlayAsync(controller));
        controller.Time.Advance(made.Start - controller.Time.GetUtcNow());
        Assert.Equal((1, TargetState.Playing), (await PlayAsync(controller), (await TargetAsync(controller)).State));
        Assert.Equal(0, await PlayAsync(controller));
        controller.Time.Advance(made.Length);
        Assert.Equal(1, await PlayAsync(controller));
        var target = await TargetAsync(controller);
        Assert.Equal(
            (TargetState.Played, made.Start, made.Start + made.Length, 16_000L),
            (target.State, target.StartedAt, target.EndedAt, target.Samples));
    }

    [Fact]
    public async Task Emergency_sounds_and_so_does_what_was_there_before()
    {
        await using var controller = await TestController.StartAsync(now: null, TwoDays);
        var daily = await controller.DailyAsync();
        var before = await controller.AddAsync(daily);
        await SetAsync(controller, daily, on: true);

        await AirAsync(controller, daily, BroadcastClass.Emergency);
        var changed = await controller.Get<ChangeSchedule>().HandleAsync(
            before.Id, ScheduleBench.Friday.AddDays(1),
            daily.When(rule => rule with { From = ScheduleBench.Friday.AddDays(1), Times = [new(18, 0)] }),
            TestController.Officer, CancellationToken.None);

        Assert.False(changed.IsExercise);
        Assert.Equal(
            [BroadcastClass.Emergency, BroadcastClass.Normal, BroadcastClass.Normal],
            (await PlanAsync(controller)).Entries.Select(entry => entry.Class));
    }

    [Fact]
    public async Task What_was_scheduled_in_it_ends_with_it()
    {
        await using var controller = await TestController.StartAsync(now: null, TwoDays);
        var daily = await controller.DailyAsync();
        var before = await controller.AddAsync(daily);
        await SetAsync(controller, daily, on: true);
        var schedule = await controller.AddAsync(daily.When(rule => rule with { Times = [new(18, 0)] }));
        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-20 18:00:00 Planned", "11-21 17:00:00 Planned", "11-21 18:00:00 Planned"],
            await controller.BroadcastsAsync());
        var end = controller.Get<ExerciseEnd>();
        Assert.Equal(0, await end.EndAsync(CancellationToken.None));

        controller.Time.Advance(SetExercise.Longest);
        Assert.Equal(1, await end.EndAsync(CancellationToken.None));

        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-20 18:00:00 Stopped", "11-21 17:00:00 Planned", "11-21 18:00:00 Stopped"],
            await controller.BroadcastsAsync());
        await using var db = await controller.OpenAsync();
        Assert.Equal(
            [(before.Id, true), (schedule.Id, false)],
            (await db.Schedules.OrderBy(row => row.Id).ToListAsync()).ConvertAll(row => (row.Id, row.CancelledAt is null)));
        Assert.False((await AirAsync(controller, daily, BroadcastClass.Normal)).IsExercise);
    }

    [Fact]
    public async Task Stop_ends_it_as_it_ends_any_other()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await SetAsync(controller, daily, on: true);
        var made = await AirAsync(controller, daily, BroadcastClass.Normal);
        controller.Time.Advance(made.Start - controller.Time.GetUtcNow());
        await PlayAsync(controller);
        controller.Time.Advance(TimeSpan.FromSeconds(1));

        await controller.Get<StopBroadcast>().HandleAsync(made.Id, TestController.Officer, CancellationToken.None);
        await PlayAsync(controller);

        var target = await TargetAsync(controller);
        Assert.Equal(
            (TargetState.Interrupted, ReceiptReason.Stopped, 8_000L), (target.State, target.Reason, target.Samples));
    }

    [Fact]
    public async Task Audience_that_reaches_beyond_it_hears_all()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await SetAsync(controller, daily, on: true);
        var other = await controller.AddAreaAsync("2");
        await controller.AddNodeAsync(other, "Loa 2");

        var made = await AirAsync(
            controller, daily with { Audience = new Audience([.. daily.Audience.Areas, other.Id], []) }, BroadcastClass.Normal);

        Assert.False(made.IsExercise);
    }

    private static Task SetAsync(TestController controller, ScheduleRequest daily, bool on) => controller.Get<SetExercise>()
        .HandleAsync(daily.Audience.Areas[0], on, TestController.Officer, CancellationToken.None);

    private static Task<int> PlayAsync(TestController controller) =>
        controller.Get<ExercisePlayer>().PlayAsync(CancellationToken.None);

    private static Task<Broadcast> AirAsync(TestController controller, ScheduleRequest like, BroadcastClass broadcastClass) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(like.BulletinId, broadcastClass, like.Audience, Start: null, Tolerance: null),
            TestController.Officer, CancellationToken.None);

    private static async Task<Target> TargetAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return await db.Targets.SingleAsync();
    }

    private static async Task<Plan> PlanAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        var node = await db.Nodes.Select(row => row.Id).SingleAsync();
        return (await controller.Get<PlanComposer>()
            .ComposeAsync(db, new HashSet<string> { node }, CancellationToken.None))[node];
    }
}
