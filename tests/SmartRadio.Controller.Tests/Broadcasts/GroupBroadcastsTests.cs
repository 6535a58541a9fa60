using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Groups;
using SmartRadio.Controller.Tests.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>What is planned for a group is in the plans of the nodes that are in it.</summary>
public sealed class GroupBroadcastsTests
{
    private static readonly (string, string) Ahead = ("PlanAhead", "2.00:00:00");

    [Fact]
    public async Task Schedule_for_a_group_follows_its_nodes()
    {
        await using var controller = await TestController.StartAsync(now: null, Ahead);
        var (daily, nodes, group) = await GroupAsync(controller);
        await controller.AddAsync(daily with { Audience = new([], []) { Groups = [group.Id] } });
        Assert.Equal([2, 2, 0], await PlannedAsync(controller, nodes));

        await controller.SetGroupAsync(group, nodes[1], nodes[2]);

        Assert.Equal([0, 2, 2], await PlannedAsync(controller, nodes));
        Assert.Equal(2, (await controller.BroadcastsAsync()).Count);
    }

    [Fact]
    public async Task Node_that_comes_back_to_a_group_hears_it_again()
    {
        await using var controller = await TestController.StartAsync(now: null, Ahead);
        var (daily, nodes, group) = await GroupAsync(controller);
        var schedule = await controller.AddAsync(daily with { Audience = new([], []) { Groups = [group.Id] } });

        await controller.SetGroupAsync(group, nodes[1]);
        Assert.Equal([0, 2, 0], await PlannedAsync(controller, nodes));
        await controller.SetGroupAsync(group, nodes[0], nodes[1]);

        Assert.Equal([2, 2, 0], await PlannedAsync(controller, nodes));
        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        Assert.Equal([0, 0, 0], await PlannedAsync(controller, nodes));
    }

    [Fact]
    public async Task Node_that_is_named_too_stays_when_it_leaves_the_group()
    {
        await using var controller = await TestController.StartAsync(now: null, Ahead);
        var (daily, nodes, group) = await GroupAsync(controller);
        await controller.AddAsync(daily with { Audience = new([], [nodes[0]]) { Groups = [group.Id] } });

        await controller.SetGroupAsync(group, nodes[2]);

        Assert.Equal([2, 0, 2], await PlannedAsync(controller, nodes));
    }

    [Fact]
    public async Task Broadcast_of_a_person_follows_too_and_keeps_its_group()
    {
        await using var controller = await TestController.StartAsync();
        var (daily, nodes, group) = await GroupAsync(controller);
        var at = controller.Time.GetUtcNow().AddHours(1);
        var aired = await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(daily.BulletinId, BroadcastClass.Normal, new([], []) { Groups = [group.Id, group.Id] }, at, null),
            TestController.Officer, CancellationToken.None);
        Assert.Equal([group.Id], aired.Audience.Groups);

        await controller.SetGroupAsync(group, nodes[2]);

        Assert.Equal([0, 0, 1], await PlannedAsync(controller, nodes));
        Assert.Equal(GroupRefusal.GroupInUse, await GroupBench.RefusalAsync(
            () => controller.Get<RemoveGroup>().HandleAsync(group.Id, TestController.Officer, CancellationToken.None)));
        controller.Time.Advance(TimeSpan.FromHours(2));
        await controller.SetGroupAsync(group, nodes[0], nodes[2]);
        Assert.Equal([0, 0, 0], await PlannedAsync(controller, nodes));
    }

    [Fact]
    public async Task Group_of_another_area_is_not_aired_for_and_its_schedule_is_not_seen()
    {
        await using var controller = await TestController.StartAsync();
        var (daily, _, group) = await GroupAsync(controller);
        var mine = await controller.AddAreaAsync("C");
        await controller.AddEditorAsync(mine.Id);
        var asked = daily with { Audience = new([mine.Id], []) { Groups = [group.Id] } };
        await controller.AddNodeAsync(mine);

        Assert.Equal(Refusal.NotAllowed, await GroupBench.RefusalAsync(
            () => controller.Get<AddSchedule>().HandleAsync(asked, GroupBench.Editor, CancellationToken.None)));

        var schedule = await controller.AddAsync(asked with { Audience = new([], []) { Groups = [group.Id] } });
        var schedules = controller.Get<ScheduleQuery>();
        Assert.Null(await schedules.GetAsync(schedule.Id, Of(mine.Id), CancellationToken.None));
        var seen = await schedules.GetAsync(schedule.Id, Of(group.AreaId), CancellationToken.None);
        Assert.Equal([group.Id], seen!.Seen.Groups);
        Assert.Equal([group.AreaId], seen.Areas);
        var last = await schedules.LastAudienceAsync(TestController.Officer.PersonId, Of(group.AreaId), CancellationToken.None);
        Assert.Equal([group.Id], last!.Groups);
    }

    [Fact]
    public async Task Clash_counts_the_nodes_of_a_group()
    {
        await using var controller = await TestController.StartAsync();
        var (daily, nodes, group) = await GroupAsync(controller);
        await controller.AddAsync(daily with { Audience = new([], []) { Groups = [group.Id] } });

        var outlook = await controller.Get<PreviewSchedule>().HandleAsync(
            daily with { Audience = new([], [nodes[1], nodes[2]]) }, null, TestController.Officer, CancellationToken.None);

        Assert.Equal(1, Assert.Single(outlook.Clashes).Nodes);
    }

    private static AreaScope Of(long area) => AreaScope.Of(new HashSet<long> { area });

    /// <summary>A commune with three nodes, the first two of which are a group.</summary>
    private static async Task<(ScheduleRequest Daily, string[] Nodes, NodeGroup Group)> GroupAsync(TestController controller)
    {
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        var area = db.Areas.Single();
        var nodes = new[]
        {
            db.Nodes.Single().Id, (await controller.AddNodeAsync(area)).Node.Id, (await controller.AddNodeAsync(area)).Node.Id,
        };
        return (daily, nodes, await controller.AddGroupAsync(area.Id, "Trường học", nodes[0], nodes[1]));
    }

    /// <summary>How many broadcasts each node has in its plan.</summary>
    private static async Task<IEnumerable<int>> PlannedAsync(TestController controller, string[] nodes)
    {
        await using var db = await controller.OpenAsync();
        var plans = await controller.Get<PlanComposer>()
            .ComposeAsync(db, nodes.ToHashSet(StringComparer.Ordinal), CancellationToken.None);
        return nodes.Select(node => plans[node].Entries.Length);
    }
}
