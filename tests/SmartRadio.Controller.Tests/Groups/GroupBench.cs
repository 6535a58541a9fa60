using SmartRadio.Controller.Access;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Groups;

/// <summary>What tests of groups ask of a controller.</summary>
internal static class GroupBench
{
    public static Actor Editor { get; } = new("editor", "Biên tập");

    public static async Task AddEditorAsync(this TestController controller, long area)
    {
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = Editor.PersonId!, UserName = "editor", DisplayName = Editor.Name });
        db.Roles.Add(new RoleGrant { PersonId = Editor.PersonId!, Role = Role.Editor, AreaId = area });
        await db.SaveChangesAsync();
    }

    public static Task<NodeGroup> AddGroupAsync(this TestController controller, long area, string name, params string[] nodes) =>
        controller.Get<SaveGroup>().HandleAsync(
            new SaveGroupRequest(null, area, name, nodes), TestController.Officer, CancellationToken.None);

    public static Task<NodeGroup> SetGroupAsync(this TestController controller, NodeGroup group, params string[] nodes) =>
        controller.Get<SaveGroup>().HandleAsync(
            new SaveGroupRequest(group.Id, null, group.Name, nodes), TestController.Officer, CancellationToken.None);

    public static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
