using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Delivery;
using SmartRadio.Controller.Fleet;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class DataSaving
{
    // It is 08:00.
    private static readonly TimeSpan Tomorrow = TimeSpan.FromHours(26);

    [Fact]
    public async Task What_is_due_tomorrow_is_in_the_plan_of_a_low_data_node_only_when_the_night_begins()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        await SetAsync(controller, node, lowData: true, megabytes: null);
        var broadcast = await AirAsync(controller, node, Tomorrow);
        var night = controller.Get<NightDelivery>();
        await night.LookAsync(CancellationToken.None);
        var byDay = await PlanAsync(controller, node);
        Assert.Empty(byDay.Entries);

        controller.Time.Advance(TimeSpan.FromHours(13.5));
        await night.LookAsync(CancellationToken.None);
        Assert.Equal(byDay.Number, (await PlanAsync(controller, node)).Number);
        controller.Time.Advance(TimeSpan.FromHours(0.5));
        await night.LookAsync(CancellationToken.None);

        var byNight = await PlanAsync(controller, node);
        Assert.Equal(broadcast.Id, Assert.Single(byNight.Entries).Broadcast);
        Assert.True(byNight.Number > byDay.Number);
        // Said once is enough.
        controller.Time.Advance(TimeSpan.FromHours(1));
        await night.LookAsync(CancellationToken.None);
        Assert.Equal(byNight.Number, (await PlanAsync(controller, node)).Number);
    }

    [Fact]
    public async Task What_a_node_has_begun_to_fetch_stays_in_its_plan_by_day_and_what_it_has_not_waits_for_the_next_night()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        await SetAsync(controller, node, lowData: true, megabytes: null);
        var begun = await AirAsync(controller, node, 2 * Tomorrow);
        await AirAsync(controller, node, 2 * Tomorrow);
        controller.Time.Advance(TimeSpan.FromHours(15));
        Assert.Equal(2, (await PlanAsync(controller, node)).Entries.Length);
        await using (var db = await controller.OpenAsync())
        {
            await db.Targets.Where(target => target.BroadcastId == begun.Id).ExecuteUpdateAsync(set => set.SetProperty(target => target.State, TargetState.Received));
        }

        controller.Time.Advance(TimeSpan.FromHours(10));

        Assert.Equal(begun.Id, Assert.Single((await PlanAsync(controller, node)).Entries).Broadcast);
    }

    [Fact]
    public async Task What_is_due_before_the_night_or_soon_after_it_begins_and_emergencies_are_sent_at_once()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        await SetAsync(controller, node, lowData: true, megabytes: null);
        var soon = await AirAsync(controller, node, TimeSpan.FromHours(9));
        var evening = await AirAsync(controller, node, TimeSpan.FromHours(13.9));
        var emergency = await AirAsync(controller, node, Tomorrow, BroadcastClass.Emergency);
        await AirAsync(controller, node, Tomorrow);

        Assert.Equal([soon.Id, evening.Id, emergency.Id], (await PlanAsync(controller, node)).Entries.Select(entry => entry.Broadcast));
    }

    [Fact]
    public async Task Other_nodes_get_all_at_once()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        await AirAsync(controller, node, Tomorrow);

        Assert.Equal(CodecId.ULaw8, Assert.Single((await PlanAsync(controller, node)).Entries).Codec);
    }

    [Theory]
    [InlineData("22:00:00", "05:00:00", 21.9, 30, false)]
    [InlineData("22:00:00", "05:00:00", 22, 30, true)]
    [InlineData("22:00:00", "05:00:00", 28.9, 40, true)]
    [InlineData("22:00:00", "05:00:00", 29.1, 48, false)]
    [InlineData("22:00:00", "05:00:00", 29.1, 46.9, true)]
    [InlineData("01:00:00", "05:00:00", 23, 30, false)]
    [InlineData("01:00:00", "05:00:00", 23, 25.9, true)]
    [InlineData("01:00:00", "05:00:00", 26, 60, true)]
    [InlineData("00:00:00", "00:00:00", 12, 60, true)]
    public async Task The_night_may_lie_on_either_side_of_midnight(string from, string to, double atHour, double startHour, bool may)
    {
        await using var controller = await TestController.StartAsync(null, ("NightFrom", from), ("NightTo", to));
        var midnight = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(7));

        Assert.Equal(may, controller.Get<NightHours>().MayFetch(midnight.AddHours(startHour), midnight.AddHours(atHour)));
    }

    [Fact]
    public async Task A_node_whose_budget_is_used_up_gets_what_it_has_not_begun_by_night_and_small_and_never_less_of_an_emergency()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        await SetAsync(controller, node, lowData: false, megabytes: 10);
        var night = controller.Get<NightDelivery>();
        await night.LookAsync(CancellationToken.None);
        await AirAsync(controller, node, Tomorrow);
        await AirAsync(controller, node, Tomorrow, BroadcastClass.Emergency);
        Assert.Equal([CodecId.ULaw8, CodecId.ULaw8], (await PlanAsync(controller, node)).Entries.Select(entry => entry.Codec));

        controller.Get<DataLedger>().Of(node.Node.Id).Add(10_000_000);
        await night.LookAsync(CancellationToken.None);

        var restrained = await PlanAsync(controller, node);
        Assert.Equal(BroadcastClass.Emergency, Assert.Single(restrained.Entries).Class);
        controller.Time.Advance(TimeSpan.FromHours(15));
        await night.LookAsync(CancellationToken.None);
        var byNight = await PlanAsync(controller, node);
        Assert.Equal([(BroadcastClass.Normal, CodecId.Ima8), (BroadcastClass.Emergency, CodecId.ULaw8)], byNight.Entries.Select(entry => (entry.Class, entry.Codec)).Order());
        Assert.Equal((BroadcastClass.Emergency, CodecId.ULaw8), await AiredAsync(BroadcastClass.Emergency));
        Assert.Equal((BroadcastClass.Normal, CodecId.Ima8), await AiredAsync(BroadcastClass.Normal));

        // With a larger budget all is as before.
        await SetAsync(controller, node, lowData: false, megabytes: 100);
        await night.LookAsync(CancellationToken.None);
        Assert.All((await PlanAsync(controller, node)).Entries, entry => Assert.Equal(CodecId.ULaw8, entry.Codec));

        async Task<(BroadcastClass, CodecId)> AiredAsync(BroadcastClass airClass)
        {
            var made = await AirAsync(controller, node, TimeSpan.FromHours(10), airClass);
            return (await PlanAsync(controller, node)).Entries.Where(entry => entry.Broadcast == made.Id).Select(entry => (entry.Class, entry.Codec)).Single();
        }
    }

    [Fact]
    public async Task Bytes_are_counted_by_month_here_and_kept_over_a_restart()
    {
        // 30 November, 23:59 in Viet Nam, which is still the 30th in UTC for seven hours after.
        await using var controller = await TestController.StartAsync(new DateTimeOffset(2026, 11, 30, 23, 59, 0, TimeSpan.FromHours(7)));
        var node = await NodeAsync(controller);
        await SetAsync(controller, node, lowData: false, megabytes: 25);
        await controller.RunAsync<FleetRecorder>();
        controller.Get<DataLedger>().Of(node.Node.Id).Add(1234);

        await using var again = await controller.RestartAsync(TimeSpan.FromSeconds(5));
        var data = again.Get<DataLedger>();
        await data.LoadAsync(CancellationToken.None);
        Assert.Equal((1234, 25_000_000L), (data.Of(node.Node.Id).Used, data.Of(node.Node.Id).Budget));
        data.Of(node.Node.Id).Add(1);
        await again.RunAsync<FleetRecorder>();

        // The recorder starts in its own time, and only from then on does it watch the clock.
        while (data.Of(node.Node.Id).Used > 0)
        {
            again.Time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await using var db = await again.OpenAsync();
        var use = await db.DataUses.SingleAsync();
        Assert.Equal((202611, 1235), (use.Month, use.Bytes));
    }

    [Fact]
    public async Task Commands_and_chunks_are_counted_for_those_who_listen_until_they_have_all()
    {
        await using var controller = await TestController.StartAsync();
        var (asks, hears, away) = (await NodeAsync(controller), await NodeAsync(controller), await NodeAsync(controller));
        var broadcast = await AirAsync(controller, asks, TimeSpan.FromHours(1), others: [hears, away]);
        var data = controller.Get<DataLedger>();
        foreach (var online in new[] { asks, hears })
        {
            controller.Get<FleetBoard>().Present(online.Node.Id, true, controller.Time.GetUtcNow());
        }

        await using var db = await controller.OpenAsync();
        var sound = await db.Objects.SingleAsync(each => each.BulletinId == broadcast.BulletinId && each.Codec == CodecId.ULaw8);
        var everything = new ChunkRequest { ObjectId = Convert.FromHexString(sound.Id), First = [0], Count = [ushort.MaxValue] };
        await controller.RunAsync<ObjectDistributor>();

        controller.Get<ObjectDistributor>().Want(asks.Node.Id, everything);
        var bytes = await SentAsync(controller, new ObjectLayout(sound.Bytes).Chunks);
        Assert.Equal(bytes, data.Of(asks.Node.Id).Used);
        Assert.Equal(bytes, data.Of(hears.Node.Id).Used);
        Assert.Equal(0, data.Of(away.Node.Id).Used);

        // One asks again for a chunk that was lost: the other has all and no longer listens.
        controller.Get<ObjectDistributor>().Want(asks.Node.Id, new ChunkRequest { ObjectId = everything.ObjectId, First = [1], Count = [1] });
        var again = await SentAsync(controller, 1);
        Assert.Equal(bytes + again, data.Of(asks.Node.Id).Used);
        Assert.Equal(bytes, data.Of(hears.Node.Id).Used);

        await controller.Get<CommandSender>().SendAsync(away.Node.Id, CommandType.Chime, new ChimeCommand { Volume = 1 }.Write(), TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(Assert.Single(controller.Bus.TakePublished(), sent => sent.Topic == Topics.Command(away.Node.Id)) is var (topic, command) ? topic.Length + command.Length : 0, data.Of(away.Node.Id).Used);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public async Task A_budget_out_of_bounds_is_refused(int megabytes)
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => SetAsync(controller, node, lowData: true, megabytes));

        Assert.Equal(Refusal.DataBudgetOutOfRange, refused.Refusal);
        Assert.Equal([megabytes, 10, 1_000_000], refused.Values);
        Assert.False((await controller.Get<FleetView>().GetAsync(node.Node.Id, CancellationToken.None))!.LowData);
    }

    [Fact]
    public async Task A_budget_is_set_changed_taken_away_and_audited()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        foreach (var megabytes in new int?[] { 10, 1_000_000, null, null })
        {
            await SetAsync(controller, node, lowData: true, megabytes);
            var row = await controller.Get<FleetView>().GetAsync(node.Node.Id, CancellationToken.None);
            Assert.Equal((true, megabytes * 1_000_000L), (row!.LowData, row.DataBudget));
        }

        await using var db = await controller.OpenAsync();
        Assert.Equal(4, await db.Audit.CountAsync(row => row.Action == "node.data"));
        var unknown = new SetDataUseRequest("0123456789abcdef", LowData: true, null);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<SetDataUse>().HandleAsync(unknown, TestController.Officer, CancellationToken.None));
        Assert.Equal(Refusal.UnknownNode, refused.Refusal);
    }

    private static async Task<EnrolledNode> NodeAsync(TestController controller)
    {
        var area = await controller.AddAreaAsync(Guid.NewGuid().ToString("N")[..8]);
        var node = await controller.AddNodeAsync(area);
        var codecs = (1 << (int)CodecId.ULaw8) | (1 << (int)CodecId.Ima8);
        controller.Get<FleetBoard>().Heard(node.Node.Id, new Hello { Firmware = "1", Hardware = "v", Codecs = codecs }, 1, controller.Time.GetUtcNow());
        controller.Get<FleetBoard>().Present(node.Node.Id, false, controller.Time.GetUtcNow());
        return node;
    }

    private static Task SetAsync(TestController controller, EnrolledNode node, bool lowData, int? megabytes) =>
        controller.Get<SetDataUse>().HandleAsync(new SetDataUseRequest(node.Node.Id, lowData, megabytes), TestController.Officer, CancellationToken.None);

    /// <summary>Airs a new bulletin that there is as µ-law and, half as large, as IMA ADPCM.</summary>
    private static async Task<Broadcast> AirAsync(
        TestController controller, EnrolledNode node, TimeSpan later, BroadcastClass airClass = BroadcastClass.Normal, EnrolledNode[]? others = null)
    {
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(20));
        await using (var db = await controller.OpenAsync())
        {
            var small = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
            db.Objects.Add(new SoundObject { Id = small, BulletinId = bulletin.Id, Codec = CodecId.Ima8, Bytes = 80_000, Samples = 160_000 });
            await db.SaveChangesAsync();
        }

        var audience = new Audience([], [node.Node.Id, .. (others ?? []).Select(other => other.Node.Id)]);
        return await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin.Id, airClass, audience, controller.Time.GetUtcNow() + later, null), TestController.Officer, CancellationToken.None);
    }

    private static async Task<Plan> PlanAsync(TestController controller, EnrolledNode node)
    {
        await using var db = await controller.OpenAsync();
        var plans = await controller.Get<PlanComposer>().ComposeAsync(db, new HashSet<string>([node.Node.Id], StringComparer.Ordinal), CancellationToken.None);
        return plans[node.Node.Id];
    }

    /// <summary>Moves the clock until so many chunks have been published.</summary>
    /// <returns>Bytes of their topics and payloads.</returns>
    private static async Task<long> SentAsync(TestController controller, int count)
    {
        long bytes = 0;
        while (count > 0)
        {
            controller.Time.Advance(TimeSpan.FromMilliseconds(20));
            foreach (var (topic, payload) in controller.Bus.TakePublished())
            {
                bytes += topic.Length + payload.Length;
                count--;
            }

            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        return bytes;
    }
}
