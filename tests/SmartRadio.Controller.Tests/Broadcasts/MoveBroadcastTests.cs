using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Tests.Schedules;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>One broadcast of a series is aired at another time.</summary>
public sealed class MoveBroadcastTests
{
    [Fact]
    public async Task Moved_broadcast_leaves_its_series_alone()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());

        var made = await MoveAsync(controller, new TimeOnly(18, 30));
        await controller.PlanAsync(schedule.Id);

        Assert.Equal(
            ["11-20 17:00:00 Stopped", "11-20 18:30:00 Planned", "11-21 17:00:00 Planned"], await controller.BroadcastsAsync());
        Assert.Equal((schedule.Id, TimeSpan.FromMinutes(10)), (made.ScheduleId, made.LatestStart - made.Start));
    }

    [Fact]
    public async Task Another_bulletin_takes_its_place_at_the_same_time()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        await controller.AddAsync(await controller.DailyAsync());
        var other = await controller.AddBulletinAsync(TimeSpan.FromSeconds(3));

        var made = await MoveAsync(controller, new TimeOnly(17, 0), other.Id);

        Assert.Equal((other.Id, TimeSpan.FromSeconds(3)), (made.BulletinId, made.Length));
        Assert.Equal(["11-20 17:00:00 Planned", "11-20 17:00:00 Stopped"], (await controller.BroadcastsAsync()).Order());
    }

    [Theory]
    [InlineData(23, BroadcastRefusal.InQuietHours)]
    [InlineData(0, BroadcastRefusal.StartInPast)]
    public async Task Time_that_cannot_be_is_refused_and_changes_nothing(int hour, string refusal)
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        await controller.AddAsync(await controller.DailyAsync());

        var refused = await Assert.ThrowsAsync<RefusedException>(() => MoveAsync(controller, new TimeOnly(hour, 0)));

        Assert.Equal(refusal, refused.Refusal);
        Assert.Equal(["11-20 17:00:00 Planned"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Broadcast_moves_there_and_back_and_never_onto_another_of_its_schedule()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        await controller.AddAsync(daily.When(rule => rule with { Times = [new(17, 0), new(18, 0)] }));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => MoveAsync(controller, new TimeOnly(18, 0)));
        Assert.Equal(BroadcastRefusal.AnotherThen, refused.Refusal);
        await MoveAsync(controller, new TimeOnly(16, 0));
        await MoveAsync(controller, new TimeOnly(17, 0));

        Assert.Equal(
            ["11-20 16:00:00 Stopped", "11-20 17:00:00 Planned", "11-20 17:00:00 Stopped", "11-20 18:00:00 Planned"],
            (await controller.BroadcastsAsync()).Order());
    }

    [Fact]
    public async Task Broadcast_that_has_begun_is_not_moved()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        await controller.AddAsync(await controller.DailyAsync());
        await using var db = await controller.OpenAsync();
        controller.Time.Advance((await db.Broadcasts.SingleAsync()).Start - controller.Time.GetUtcNow());

        var refused = await Assert.ThrowsAsync<RefusedException>(() => MoveAsync(controller, new TimeOnly(18, 30)));

        Assert.Equal(BroadcastRefusal.AlreadyOver, refused.Refusal);
    }

    [Fact]
    public async Task Cancelled_broadcast_comes_back_for_a_short_while()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        await controller.AddAsync(await controller.DailyAsync());
        await using var db = await controller.OpenAsync();
        var id = (await db.Broadcasts.SingleAsync()).Id;
        await controller.Get<StopBroadcast>().HandleAsync(id, TestController.Officer, CancellationToken.None);
        controller.Time.Advance(MoveBroadcast.Within - TimeSpan.FromSeconds(1));

        var made = await controller.Get<MoveBroadcast>().RestoreAsync(id, TestController.Officer, CancellationToken.None);

        Assert.NotEqual(id, made.Id);
        Assert.Equal(["11-20 17:00:00 Planned", "11-20 17:00:00 Stopped"], (await controller.BroadcastsAsync()).Order());
        controller.Time.Advance(TimeSpan.FromSeconds(1));
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<MoveBroadcast>().RestoreAsync(id, TestController.Officer, CancellationToken.None));
        Assert.Equal(BroadcastRefusal.TooLateToRestore, refused.Refusal);
    }

    [Theory]
    [InlineData(18, false)]
    [InlineData(18, true)]
    [InlineData(17, true)]
    public async Task Moved_broadcast_is_not_brought_back_beside_its_new_one(int hour, bool isOther)
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        await controller.AddAsync(await controller.DailyAsync());
        var other = isOther ? await controller.AddBulletinAsync(TimeSpan.FromSeconds(3)) : null;
        await using var db = await controller.OpenAsync();
        var id = (await db.Broadcasts.SingleAsync()).Id;
        await MoveAsync(controller, new TimeOnly(hour, 0), other?.Id);
        controller.Time.Advance(TimeSpan.FromSeconds(20));

        var may = await controller.Get<MoveBroadcast>().MayRestoreAsync(id, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<MoveBroadcast>().RestoreAsync(id, TestController.Officer, CancellationToken.None));

        Assert.False(may);
        Assert.Equal(BroadcastRefusal.AlreadyOver, refused.Refusal);
        Assert.Equal(1, await db.Broadcasts.CountAsync(row => row.State == BroadcastState.Planned));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_for_another_hamlet_is_no_second_press(bool isOfSchedule)
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var daily = await controller.DailyAsync();
        var start = controller.Get<LocalTime>().InstantOf(ScheduleBench.Friday, new TimeOnly(17, 0));
        var other = await controller.AddAreaAsync("2");
        await controller.AddNodeAsync(other, "Loa 2");
        Task<Broadcast> AirAsync(Audience audience) => controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(daily.BulletinId, daily.Class, audience, start, Tolerance: null), TestController.Officer,
            CancellationToken.None);
        if (isOfSchedule)
        {
            await controller.AddAsync(daily);
        }
        else
        {
            await AirAsync(daily.Audience);
        }

        await using var db = await controller.OpenAsync();
        var id = (await db.Broadcasts.SingleAsync()).Id;
        await controller.Get<StopBroadcast>().HandleAsync(id, TestController.Officer, CancellationToken.None);
        await AirAsync(new Audience([other.Id], []));
        var move = controller.Get<MoveBroadcast>();

        await move.RestoreAsync(id, TestController.Officer, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => move.RestoreAsync(id, TestController.Officer, CancellationToken.None));
        Assert.Equal(BroadcastRefusal.AlreadyOver, refused.Refusal);
        Assert.Equal(2, await db.Broadcasts.CountAsync(row => row.State == BroadcastState.Planned));
    }

    private static async Task<Broadcast> MoveAsync(TestController controller, TimeOnly at, long? bulletin = null)
    {
        await using var db = await controller.OpenAsync();
        var first = await db.Broadcasts.Where(row => row.State == BroadcastState.Planned).OrderBy(row => row.Start).FirstAsync();
        var start = controller.Get<LocalTime>().InstantOf(ScheduleBench.Friday, at);
        return await controller.Get<MoveBroadcast>().HandleAsync(
            first.Id, new MoveRequest(start, bulletin), TestController.Officer, CancellationToken.None);
    }
}
