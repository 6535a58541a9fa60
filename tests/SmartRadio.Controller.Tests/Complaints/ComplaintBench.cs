using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Complaints;

/// <summary>A commune with a loudspeaker of which people complain.</summary>
internal static class ComplaintBench
{
    /// <summary>A person who holds one role at one area.</summary>
    public static async Task<Actor> PersonAsync(this TestController controller, Role role, Area area)
    {
        var id = Guid.NewGuid().ToString();
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = id, UserName = id, DisplayName = "Lan" });
        db.Roles.Add(new RoleGrant { PersonId = id, Role = role, AreaId = area.Id });
        await db.SaveChangesAsync();
        return new Actor(id, "Lan");
    }

    public static async Task<string> PoleAsync(this TestController controller, Area area, string name = "Cụm loa") =>
        (await controller.AddNodeAsync(area, name)).Node.Id;

    public static Task<Complaint> NoteAsync(
        this TestController controller, string node, string words = "Loa to quá", Actor? actor = null,
        ComplaintKind kind = ComplaintKind.TooLoud, TimeSpan ago = default, string? phone = null, string? caller = null) =>
        controller.Get<NoteComplaint>().HandleAsync(
            new NoteComplaintRequest(node, controller.Time.GetUtcNow() - ago, kind, words, caller, phone),
            actor ?? TestController.Officer, CancellationToken.None);

    public static Task AnswerAsync(
        this TestController controller, long id, string text, DateTimeOffset? seen = null, Actor? actor = null) =>
        controller.Get<AnswerComplaint>().HandleAsync(
            new AnswerComplaintRequest(id, text, seen), actor ?? TestController.Officer, CancellationToken.None);

    public static Task CloseAsync(this TestController controller, long id, Actor? actor = null) =>
        controller.Get<CloseComplaint>().HandleAsync(id, actor ?? TestController.Officer, CancellationToken.None);

    public static Task ReopenAsync(this TestController controller, long id, Actor? actor = null) =>
        controller.Get<ReopenComplaint>().HandleAsync(id, actor ?? TestController.Officer, CancellationToken.None);

    public static async Task<Complaint> ReadAsync(this TestController controller, long id) =>
        (await controller.Get<ComplaintQuery>().GetAsync(id, AreaScope.Everywhere, CancellationToken.None))!.Complaint;

    public static async Task RefusedAsync(string expected, Func<Task> work) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RefusedException>(work)).Refusal);
}
