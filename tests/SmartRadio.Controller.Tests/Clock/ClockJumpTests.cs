using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Clock;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.Tests.Schedules;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Clock;

/// <summary>The clock of the controller's machine is a day ahead for a minute and set back.</summary>
public sealed class ClockJumpTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Broadcast_due_in_between_stays_planned_at_its_time()
    {
        await using var controller = await TestController.StartAsync();
        var (node, bulletin) = await FurnishAsync(controller);
        var start = controller.Time.GetUtcNow().AddSeconds(40);
        var made = await AirAsync(controller, bulletin, node, BroadcastClass.Normal, start);

        controller.Time.Jump(Day);
        controller.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None));
        await using var db = await controller.OpenAsync();
        var plan = (await controller.Get<PlanComposer>()
            .ComposeAsync(db, new HashSet<string> { node.Node.Id }, CancellationToken.None))[node.Node.Id];
        Assert.Equal((made.Id, start.ToUnixTimeMilliseconds()), (plan.Entries[0].Broadcast, plan.Entries[0].Start));

        controller.Time.Advance(TimeSpan.FromSeconds(30));
        controller.Time.Jump(-Day);

        Assert.Equal(0, await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None));
        Assert.Equal(BroadcastState.Planned, (await db.Broadcasts.AsNoTracking().SingleAsync()).State);
    }

    [Fact]
    public async Task Schedule_plans_nothing_as_missed()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "12:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        controller.Time.Jump(2 * Day);

        await controller.PlanAsync(schedule.Id);

        Assert.Equal(["11-20 17:00:00 Planned"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Nodes_are_told_the_time_without_the_jump()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await FurnishAsync(controller);
        await controller.RunAsync<UplinkRouter>();
        var before = controller.Time.GetUtcNow().ToUnixTimeMilliseconds();
        controller.Time.Jump(Day);

        controller.Bus.ArriveFrom(node, UpType.ClockRequest, new ClockRequest { NodeSent = 1 }.Write());
        var answer = await controller.Bus.NextCommandAsync(node, CommandType.ClockReply);

        var reply = ClockReply.Read(answer.Body);
        Assert.Equal((before, before, before), (reply.ControllerReceived, reply.ControllerSent, answer.Issued));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Emergency_during_the_jump_or_right_after_it_is_in_time(int seconds)
    {
        await using var controller = await TestController.StartAsync();
        var (node, bulletin) = await FurnishAsync(controller);
        var asked = controller.Time.GetUtcNow().AddSeconds(seconds);
        controller.Time.Jump(Day);
        controller.Get<TimeProvider>().GetUtcNow();
        controller.Time.Advance(TimeSpan.FromSeconds(seconds));
        controller.Time.Jump(seconds > 0 ? -Day : TimeSpan.Zero);

        var made = await AirAsync(controller, bulletin, node, BroadcastClass.Emergency, start: null);

        Assert.Equal(asked.AddSeconds(1.5), made.Start);
    }

    [Fact]
    public async Task Confirmation_is_an_act_of_an_administrator_and_audited()
    {
        await using var controller = await TestController.StartAsync();
        var confirm = controller.Get<ConfirmClock>();
        var before = controller.Time.GetUtcNow();
        Assert.Equal(ClockRefusal.ClockFollowed, await RefusedAsync(TestController.Officer));
        controller.Time.Jump(Day);

        Assert.Equal(Refusal.NotAllowed, await RefusedAsync(new Actor("stranger", "Khách")));
        Assert.Equal(before, controller.Get<TimeProvider>().GetUtcNow());
        await confirm.HandleAsync(TestController.Officer, CancellationToken.None);

        Assert.Equal(before + Day, controller.Get<TimeProvider>().GetUtcNow());
        await using var db = await controller.OpenAsync();
        var row = await db.Audit.SingleAsync();
        Assert.Equal(("clock.confirm", "clock", before), (row.Action, row.Subject, row.At));

        async Task<string> RefusedAsync(Actor actor) =>
            (await Assert.ThrowsAsync<RefusedException>(() => confirm.HandleAsync(actor, CancellationToken.None))).Refusal;
    }

    [Fact]
    public async Task Jump_is_noticed_within_a_second_though_nobody_asks_for_the_time()
    {
        await using var controller = await TestController.StartAsync();
        await controller.RunAsync<ClockWatch>();
        await using var changes = controller.Get<ChangeFeed>()
            .WatchAsync(new Subject("clock"), CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await changes.MoveNextAsync());
        await Poll.UntilAsync("the watch waits", () => controller.Time.NextAlarm is not null);

        controller.Time.Jump(Day);
        controller.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System));
    }

    [Fact]
    public async Task Start_with_a_clock_before_the_last_audit_entry_says_so()
    {
        await using var controller = await TestController.StartAsync();
        await FurnishAsync(controller);
        var last = controller.Time.GetUtcNow();

        await using var later = await controller.RestartAsync(-30 * Day);
        await ActivatorUtilities.CreateInstance<LinkStart>(later.Get<IServiceProvider>()).StartAsync(CancellationToken.None);

        Assert.Equal((ClockTrust.Behind, last), (later.Get<GuardedTime>().State.Trust, later.Get<GuardedTime>().State.Recorded));
    }

    private static async Task<(EnrolledNode Node, Bulletin Bulletin)> FurnishAsync(TestController controller) =>
        (await controller.AddNodeAsync(await controller.AddAreaAsync("1")),
            await controller.AddBulletinAsync(TimeSpan.FromSeconds(2)));

    private static Task<Broadcast> AirAsync(
        TestController controller, Bulletin bulletin, EnrolledNode node, BroadcastClass broadcastClass, DateTimeOffset? start) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin.Id, broadcastClass, new Audience([], [node.Node.Id]), start, null),
            TestController.Officer, CancellationToken.None);
}
