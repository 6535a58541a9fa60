using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Schedules;

namespace SmartRadio.Controller.Tests.Groups;

/// <summary>Groups of nodes: named, changed, removed, by whom and with what in them.</summary>
public sealed class SaveGroupTests
{
    [Fact]
    public async Task Group_is_changed_and_removed_where_one_writes()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("C"), await controller.AddAreaAsync("D"));
        var (node, far) = ((await controller.AddNodeAsync(mine)).Node.Id, (await controller.AddNodeAsync(other)).Node.Id);
        await controller.AddEditorAsync(mine.Id);
        var foreign = await controller.AddGroupAsync(other.Id, "Ven sông", far);
        var save = controller.Get<SaveGroup>();

        var made = await save.HandleAsync(
            new SaveGroupRequest(null, mine.Id, "Trường", [node, node]), GroupBench.Editor, CancellationToken.None);
        await save.HandleAsync(
            new SaveGroupRequest(made.Id, null, "Trường học", [node]), GroupBench.Editor, CancellationToken.None);

        var scope = AreaScope.Of(new HashSet<long> { mine.Id });
        var row = Assert.Single(await controller.Get<GroupQuery>().ListAsync(scope, CancellationToken.None));
        Assert.Equal((made.Id, mine.Id, "Trường học"), (row.Id, row.AreaId, row.Name));
        Assert.Equal([node], row.Nodes);
        Assert.Equal(Refusal.NotAllowed, await GroupBench.RefusalAsync(() => save.HandleAsync(
            new SaveGroupRequest(null, other.Id, "Của xã khác", [far]), GroupBench.Editor, CancellationToken.None)));
        Assert.Equal(Refusal.NotAllowed, await GroupBench.RefusalAsync(() => save.HandleAsync(
            new SaveGroupRequest(foreign.Id, null, "Của tôi", [far]), GroupBench.Editor, CancellationToken.None)));
        Assert.Equal(Refusal.NotAllowed, await GroupBench.RefusalAsync(() => RemoveAsync(controller, foreign)));
        await RemoveAsync(controller, made);
        Assert.Equal(GroupRefusal.UnknownGroup, await GroupBench.RefusalAsync(() => RemoveAsync(controller, made)));
        Assert.Empty(await controller.Get<GroupQuery>().ListAsync(scope, CancellationToken.None));
        var audit = await controller.Get<AuditQuery>().ListAsync(
            new Actor("reader", "Người xem"), scope, before: null, take: 3, CancellationToken.None);
        Assert.Equal(["group.remove", "group.save", "group.save"], audit.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Group_holds_nodes_of_its_area_alone_under_a_name_of_its_own()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("C"), await controller.AddAreaAsync("D"));
        var below = await controller.AddAreaAsync("E", mine);
        var (node, far) = ((await controller.AddNodeAsync(below)).Node.Id, (await controller.AddNodeAsync(other)).Node.Id);
        await controller.AddGroupAsync(mine.Id, "Trường", node);
        await controller.AddGroupAsync(other.Id, "Trường", far);

        Task<string> RefusedAsync(string name, params string[] nodes) =>
            GroupBench.RefusalAsync(() => controller.AddGroupAsync(mine.Id, name, nodes));

        Assert.Equal(GroupRefusal.GroupNameTaken, await RefusedAsync("Trường", node));
        Assert.Equal(GroupRefusal.GroupEmpty, await RefusedAsync("Chợ"));
        Assert.Equal(GroupRefusal.GroupNodeOutside, await RefusedAsync("Chợ", node, far));
        Assert.Equal(NodeRefusal.UnknownNode, await RefusedAsync("Chợ", "0123456789abcdef"));
        Assert.Equal(Refusal.NameMissing, await RefusedAsync(" ", node));
        Assert.Equal(AreaRefusal.UnknownArea, await GroupBench.RefusalAsync(() => controller.AddGroupAsync(999, "Chợ", node)));
    }

    [Fact]
    public async Task Number_of_groups_is_bounded_for_an_area_and_in_all()
    {
        await using var controller = await TestController.StartAsync(now: null, ("Limits:AreaGroups", "1"), ("Limits:Groups", "2"));
        var (one, two) = (await controller.AddAreaAsync("1"), await controller.AddAreaAsync("2"));
        var (near, far) = ((await controller.AddNodeAsync(one)).Node.Id, (await controller.AddNodeAsync(two)).Node.Id);
        await controller.AddGroupAsync(one.Id, "Một", near);
        var second = await controller.AddGroupAsync(two.Id, "Hai", far);

        Assert.Equal(
            GroupRefusal.TooManyGroups, await GroupBench.RefusalAsync(() => controller.AddGroupAsync(one.Id, "Nữa", near)));
        await controller.Get<RemoveGroup>().HandleAsync(second.Id, TestController.Officer, CancellationToken.None);
        Assert.Equal(
            GroupRefusal.TooManyGroupsInAll, await GroupBench.RefusalAsync(() => controller.AddGroupAsync(two.Id, "Nữa", far)));
    }

    [Fact]
    public async Task Group_of_a_schedule_is_removed_once_the_schedule_is_cancelled()
    {
        await using var controller = await TestController.StartAsync();
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        var node = db.Nodes.Single();
        var group = await controller.AddGroupAsync(node.AreaId, "Trường", node.Id);
        var schedule = await controller.AddAsync(daily with { Audience = new([], []) { Groups = [group.Id] } });
        var remove = controller.Get<RemoveGroup>();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => remove.HandleAsync(group.Id, TestController.Officer, CancellationToken.None));

        Assert.Equal(GroupRefusal.GroupInUse, refused.Refusal);
        Assert.Equal("Bản tin", Assert.Single(refused.Values));
        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        await remove.HandleAsync(group.Id, TestController.Officer, CancellationToken.None);
        Assert.Equal(
            GroupRefusal.UnknownGroup,
            await GroupBench.RefusalAsync(
                () => controller.AddAsync(daily with { Audience = new([], []) { Groups = [group.Id] } })));
    }

    private static Task RemoveAsync(TestController controller, NodeGroup group) =>
        controller.Get<RemoveGroup>().HandleAsync(group.Id, GroupBench.Editor, CancellationToken.None);
}
