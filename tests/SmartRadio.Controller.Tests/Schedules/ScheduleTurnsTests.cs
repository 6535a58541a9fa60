using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Groups;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>Which of two schedules of one class is first at the same instant.</summary>
public sealed class ScheduleTurnsTests
{
    private static readonly (string, string) Ahead = ("PlanAhead", "12:00:00");

    [Theory]
    [InlineData(null, 0, 0)]
    [InlineData(false, 0, 2)]
    [InlineData(true, 2, 0)]
    public async Task Plan_lists_them_in_the_order_that_was_chosen(bool? goesFirst, int oldWaits, int newWaits)
    {
        await using var controller = await TestController.StartAsync(now: null, Ahead);
        var daily = await PriorityAsync(controller);
        var old = await controller.AddAsync(daily);
        controller.Time.Advance(TimeSpan.FromSeconds(1));
        var added = await controller.AddAsync(await OtherAsync(controller, daily, goesFirst));

        var plan = await PlanAsync(controller);

        Assert.Equal(goesFirst == true ? [added.Id, old.Id] : [old.Id, added.Id], plan.Select(each => each.Schedule));
        Assert.Equal(
            [(old.Id, 600 + oldWaits), (added.Id, 600 + newWaits)],
            plan.Select(each => (each.Schedule, (int)(each.Entry.LatestStart - each.Entry.Start) / 1000))
                .OrderBy(each => each.Schedule));
    }

    [Fact]
    public async Task Changed_schedule_keeps_its_turn_and_the_last_that_asks_is_first()
    {
        await using var controller = await TestController.StartAsync(now: null, Ahead);
        var daily = await PriorityAsync(controller);
        var one = await controller.AddAsync(daily);
        controller.Time.Advance(TimeSpan.FromSeconds(1));
        var two = await controller.AddAsync(await OtherAsync(controller, daily, goesFirst: true));
        controller.Time.Advance(TimeSpan.FromSeconds(1));
        var three = await controller.AddAsync(await OtherAsync(controller, daily, goesFirst: true));

        var changed = await controller.Get<ChangeSchedule>().HandleAsync(
            one.Id, ScheduleBench.Friday, daily, TestController.Officer, CancellationToken.None);

        Assert.Equal([three.Id, two.Id, changed.Id], (await PlanAsync(controller)).Select(each => each.Schedule));
    }

    [Fact]
    public async Task Order_of_another_area_is_not_for_a_commune_to_say()
    {
        await using var controller = await TestController.StartAsync(now: null, Ahead);
        var province = await controller.AddAreaAsync("P");
        var commune = await controller.AddAreaAsync("C", province);
        await controller.AddNodeAsync(commune);
        var daily = await PriorityAsync(controller);
        await controller.AddAsync(daily with { Audience = new Audience([province.Id], []) });
        await controller.AddEditorAsync(commune.Id);
        var asked = (await OtherAsync(controller, daily, goesFirst: true)) with { Audience = new Audience([commune.Id], []) };
        var add = controller.Get<AddSchedule>();

        Assert.Equal(ScheduleRefusal.OrderOfOthers, await GroupBench.RefusalAsync(
            () => add.HandleAsync(asked, GroupBench.Editor, CancellationToken.None)));
        await add.HandleAsync(asked with { GoesFirst = false }, GroupBench.Editor, CancellationToken.None);
    }

    private static async Task<ScheduleRequest> PriorityAsync(TestController controller) =>
        await controller.DailyAsync() with { Class = BroadcastClass.Priority };

    private static async Task<ScheduleRequest> OtherAsync(TestController controller, ScheduleRequest like, bool? goesFirst) =>
        like with { BulletinId = (await controller.AddBulletinAsync(TimeSpan.FromSeconds(2))).Id, GoesFirst = goesFirst };

    /// <summary>What the node is to play, in the order of its plan.</summary>
    private static async Task<List<(long Schedule, PlanEntry Entry)>> PlanAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        var node = await db.Nodes.Select(row => row.Id).SingleAsync();
        var plan = (await controller.Get<PlanComposer>()
            .ComposeAsync(db, new HashSet<string> { node }, CancellationToken.None))[node];
        var schedules = await db.Broadcasts.ToDictionaryAsync(row => row.Id, row => row.ScheduleId);
        return [.. plan.Entries.Select(entry => (schedules[entry.Broadcast]!.Value, entry))];
    }
}
