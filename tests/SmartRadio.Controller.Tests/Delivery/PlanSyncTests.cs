using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Tests.Broadcasts;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class PlanSyncTests
{
    [Fact]
    public async Task Airing_sends_each_node_a_plan_with_the_broadcast()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();

        var plan = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);

        var entry = Assert.Single(plan.Entries);
        Assert.Equal(broadcast.Id, entry.Broadcast);
        Assert.Equal(broadcast.Start.ToUnixTimeMilliseconds(), entry.Start);
        Assert.Equal(broadcast.LatestStart.ToUnixTimeMilliseconds(), entry.LatestStart);
        Assert.Equal(16000, entry.Samples);
        Assert.Equal(420, plan.UtcOffset);
    }

    [Fact]
    public async Task Node_that_waits_for_its_plan_waits_once()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        // More than are composed at once lie between.
        controller.Get<PlanSync>().Send([.. Enumerable.Range(0, 500).Select(number => $"{number:x16}"), node.Node.Id]);
        await controller.RunAsync<PlanSync>();
        var first = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);

        await controller.Get<SetVolume>().HandleAsync(new(node.Node.Id, 10), TestController.Officer, CancellationToken.None);

        var next = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
        Assert.Equal(first.Number + 1, next.Number);
    }

    [Fact]
    public async Task A_node_that_says_hello_is_sent_its_plan_again()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();
        var first = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);

        controller.Bus.ArriveFrom(
            node, UpType.Hello, Hello(planNumber: 0));

        var again = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
        Assert.Equal(first.Number, again.Number);
    }

    [Fact]
    public async Task A_node_that_says_hello_and_holds_the_newest_plan_is_not_sent_it_again()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();
        var held = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);

        controller.Bus.ArriveFrom(
            node, UpType.Hello, Hello(planNumber: held.Number));
        // The answer says that the hello was read.
        controller.Bus.ArriveFrom(node, UpType.ClockRequest, new ClockRequest { NodeSent = 1 }.Write());
        await controller.Bus.NextCommandAsync(node, CommandType.ClockReply);
        await controller.Get<SetVolume>().HandleAsync(new(node.Node.Id, 10), TestController.Officer, CancellationToken.None);

        Assert.Equal(held.Number + 1, Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body).Number);
    }

    [Fact]
    public async Task A_heartbeat_with_an_old_plan_number_brings_the_plan_again()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();
        var plan = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);

        controller.Time.Advance(TimeSpan.FromSeconds(10));
        controller.Bus.ArriveFrom(node, UpType.Heartbeat, new Heartbeat { PlanNumber = plan.Number - 1, Volume = 80 }.Write());

        await controller.Bus.NextCommandAsync(node, CommandType.Plan);
    }

    [Fact]
    public async Task Node_ahead_of_a_restored_database_is_sent_a_still_later_plan()
    {
        await using var controller = await TestController.StartAsync();
        var (node, first) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();
        await controller.Bus.NextCommandAsync(node, CommandType.Plan);

        controller.Bus.ArriveFrom(
            node, UpType.Hello, Hello(planNumber: 5000));

        Assert.Equal(5001, Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body).Number);
        // What is made from now on bears no number that the node may know already.
        var request = new AirRequest(
            first.BulletinId, BroadcastClass.Normal, first.Audience, controller.Time.GetUtcNow().AddHours(1), null);
        var next = await controller.Get<AirBulletin>().HandleAsync(request, TestController.Officer, CancellationToken.None);
        Assert.True(next.Id > controller.Time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_new_volume_makes_a_newer_plan()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();
        var before = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);

        await controller.Get<SetVolume>().HandleAsync(new(node.Node.Id, 35), TestController.Officer, CancellationToken.None);

        var after = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
        Assert.Equal(35, after.Volume);
        Assert.True(after.Number > before.Number);
    }

    [Fact]
    public async Task Quiet_hours_are_those_of_the_nearest_area_that_sets_them()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("1", quiet: new QuietHours(new TimeOnly(21, 30), new TimeOnly(5, 0)));
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("2", province));
        await controller.RunAsync<PlanSync>();

        controller.Get<PlanSync>().Send([node.Node.Id]);

        var plan = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
        Assert.Equal((21 * 60 + 30, 5 * 60), (plan.QuietFrom, plan.QuietTo));
    }

    [Fact]
    public async Task New_quiet_hours_reach_every_node_below_in_a_newer_plan()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(await controller.AddAreaAsync("2", province));
        await controller.RunAsync<PlanSync>();
        var request = new SetAreaRulesRequest(province.Id, new QuietHours(new TimeOnly(20, 0), new TimeOnly(6, 0)), 45);

        await controller.Get<SetAreaRules>().HandleAsync(request, TestController.Officer, CancellationToken.None);

        var plan = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
        Assert.Equal((20 * 60, 6 * 60, 45), (plan.QuietFrom, plan.QuietTo, plan.MinutesPerDay));
        Assert.True(plan.Number > node.Node.PlanNumber);
    }

    [Fact]
    public async Task Plan_the_link_did_not_take_is_sent_at_the_next_old_number()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        await controller.RunAsync<PlanSync>();
        var held = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);
        controller.Bus.IsConnected = false;
        await controller.Get<SetVolume>().HandleAsync(new(node.Node.Id, 10), TestController.Officer, CancellationToken.None);
        await controller.Bus.RefusedAsync();
        controller.Bus.IsConnected = true;

        controller.Time.Advance(TimeSpan.FromSeconds(30));
        controller.Bus.ArriveFrom(node, UpType.Heartbeat, new Heartbeat { PlanNumber = held.Number, Volume = 80 }.Write());

        Assert.Equal(10, Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body).Volume);
    }

    [Fact]
    public async Task Entries_beyond_one_plan_follow_when_a_broadcast_is_over()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonBroadcasts", "100"));
        var (node, first) = await ReceiptStoreTests.AirAsync(controller);
        for (var more = 1; more <= Plan.MaxEntries; more++)
        {
            var request = new AirRequest(
                first.BulletinId, BroadcastClass.Normal, first.Audience, controller.Time.GetUtcNow().AddHours(more / 10.0), null);
            await controller.Get<AirBulletin>().HandleAsync(request, TestController.Officer, CancellationToken.None);
        }

        var last = await LastPlannedAsync(controller);
        await controller.RunAsync<PlanSync>();
        Assert.DoesNotContain(
            Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body).Entries,
            entry => entry.Broadcast == last);

        controller.Time.Advance(TimeSpan.FromMinutes(3));
        await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None);

        Assert.Contains(
            Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body).Entries,
            entry => entry.Broadcast == last);
    }

    [Fact]
    public async Task Emergency_and_what_is_on_air_are_in_a_plan_that_is_full()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonBroadcasts", "100"));
        var (node, waiting) = await ReceiptStoreTests.AirAsync(controller);
        var now = controller.Time.GetUtcNow();
        for (var more = 1; more < Plan.MaxEntries; more++)
        {
            await AirAsync(BroadcastClass.Priority, TimeSpan.FromSeconds(more));
        }

        var onAir = await AirAsync(BroadcastClass.Normal, TimeSpan.FromMinutes(2));
        var emergency = await AirAsync(BroadcastClass.Emergency, TimeSpan.FromMinutes(3));
        await using (var db = await controller.OpenAsync())
        {
            (await db.Targets.FindAsync(onAir, node.Node.Id))!.Apply(new Receipt { Step = ReceiptStep.Started }, resumes: false);
            await db.SaveChangesAsync();
        }

        await controller.RunAsync<PlanSync>();
        var plan = Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body);

        var planned = plan.Entries.Select(entry => entry.Broadcast).ToList();
        Assert.Equal([waiting.Id, onAir, emergency], planned.Intersect([waiting.Id, onAir, emergency]));
        Assert.Equal(plan.Entries.OrderBy(entry => entry.Start), plan.Entries);

        async Task<long> AirAsync(BroadcastClass broadcastClass, TimeSpan later) =>
            (await controller.Get<AirBulletin>().HandleAsync(
                new AirRequest(waiting.BulletinId, broadcastClass, waiting.Audience, now + later, TimeSpan.FromHours(12)),
                TestController.Officer, CancellationToken.None)).Id;
    }

    [Fact]
    public async Task Stop_reaches_the_node_at_once_and_leaves_its_plan()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await ReceiptStoreTests.AirAsync(controller);

        await controller.Get<StopBroadcast>().HandleAsync(broadcast.Id, TestController.Officer, CancellationToken.None);
        await controller.RunAsync<PlanSync>();

        Assert.Equal(
            broadcast.Id, StopCommand.Read((await controller.Bus.NextCommandAsync(node, CommandType.Stop)).Body).Broadcast);
        Assert.Empty(Plan.Read((await controller.Bus.NextCommandAsync(node, CommandType.Plan)).Body).Entries);
    }

    [Fact]
    public async Task Stop_all_reaches_every_node_even_one_that_nothing_was_planned_for()
    {
        await using var controller = await TestController.StartAsync();
        var (node, _) = await ReceiptStoreTests.AirAsync(controller);
        var idle = await controller.AddNodeAsync(await controller.AddAreaAsync("2"));

        var stopped = await controller.Get<StopEverything>()
            .HandleAsync(area: null, TestController.Officer, CancellationToken.None);

        Assert.Equal(1, stopped);
        var commands = controller.Bus.TakePublished().Select(message => message.Topic).ToList();
        Assert.Contains(Topics.Command(node.Node.Id), commands);
        Assert.Contains(Topics.Command(idle.Node.Id), commands);
    }

    [Fact]
    public async Task Counters_rise_over_a_restart_even_when_the_clock_went_back()
    {
        await using var controller = await TestController.StartAsync();
        var before = controller.Get<CommandCounter>().Next();

        await using var next = await controller.RestartAsync(TimeSpan.FromHours(-1));

        Assert.True(next.Get<CommandCounter>().Next() > before);
    }

    private static async Task<long> LastPlannedAsync(TestController controller) =>
        (await controller.Get<BroadcastQuery>().UpcomingAsync(AreaScope.Everywhere, int.MaxValue, CancellationToken.None))[^1].Id;

    private static byte[] Hello(long planNumber) => new Hello
    {
        Firmware = "1",
        Hardware = "v",
        Codecs = 2 | Protocol.Reports.Hello.TakesVolumes,
        PlanNumber = planNumber,
    }.Write();
}
