using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;
using static SmartRadio.Controller.Tests.Delivery.SparingNodes;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class DataSavingTests
{
    // It is 08:00.
    private static readonly TimeSpan Tomorrow = TimeSpan.FromHours(26);

    [Fact]
    public async Task Low_data_node_gets_tomorrows_broadcasts_when_the_night_begins()
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
    public async Task Begun_fetch_stays_in_the_plan_by_day_and_others_wait_for_the_night()
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
            await db.Targets.Where(target => target.BroadcastId == begun.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(target => target.State, TargetState.Received));
        }

        controller.Time.Advance(TimeSpan.FromHours(10));

        Assert.Equal(begun.Id, Assert.Single((await PlanAsync(controller, node)).Entries).Broadcast);
    }

    [Fact]
    public async Task Broadcasts_due_before_or_early_in_the_night_are_sent_at_once()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        await SetAsync(controller, node, lowData: true, megabytes: null);
        var soon = await AirAsync(controller, node, TimeSpan.FromHours(9));
        var evening = await AirAsync(controller, node, TimeSpan.FromHours(13.9));
        var emergency = await AirAsync(controller, node, Tomorrow, BroadcastClass.Emergency);
        await AirAsync(controller, node, Tomorrow);

        Assert.Equal(
            [soon.Id, evening.Id, emergency.Id], (await PlanAsync(controller, node)).Entries.Select(entry => entry.Broadcast));
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
    public async Task The_night_may_lie_on_either_side_of_midnight(
        string from, string to, double atHour, double startHour, bool may)
    {
        await using var controller = await TestController.StartAsync(null, ("NightFrom", from), ("NightTo", to));
        var midnight = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(7));

        Assert.Equal(may, controller.Get<NightHours>().MayFetch(midnight.AddHours(startHour), midnight.AddHours(atHour)));
    }

    [Fact]
    public async Task Node_without_budget_gets_small_sounds_by_night_and_emergencies_whole()
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
        Assert.Equal(
            [(BroadcastClass.Normal, CodecId.Ima8), (BroadcastClass.Emergency, CodecId.ULaw8)],
            byNight.Entries.Select(entry => (entry.Class, entry.Codec)).Order());
        Assert.Equal((BroadcastClass.Emergency, CodecId.ULaw8), await AiredAsync(BroadcastClass.Emergency));
        Assert.Equal((BroadcastClass.Normal, CodecId.Ima8), await AiredAsync(BroadcastClass.Normal));

        // With a larger budget all is as before.
        await SetAsync(controller, node, lowData: false, megabytes: 100);
        await night.LookAsync(CancellationToken.None);
        Assert.All((await PlanAsync(controller, node)).Entries, entry => Assert.Equal(CodecId.ULaw8, entry.Codec));

        async Task<(BroadcastClass, CodecId)> AiredAsync(BroadcastClass airClass)
        {
            var made = await AirAsync(controller, node, TimeSpan.FromHours(10), airClass);
            return (await PlanAsync(controller, node)).Entries.Where(entry => entry.Broadcast == made.Id)
                .Select(entry => (entry.Class, entry.Codec)).Single();
        }
    }

    private static async Task<Plan> PlanAsync(TestController controller, EnrolledNode node)
    {
        await using var db = await controller.OpenAsync();
        var plans = await controller.Get<PlanComposer>()
            .ComposeAsync(db, new HashSet<string>([node.Node.Id], StringComparer.Ordinal), CancellationToken.None);
        return plans[node.Node.Id];
    }
}
