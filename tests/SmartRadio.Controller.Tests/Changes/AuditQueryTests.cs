using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Templates;
using SmartRadio.Controller.Tests.Bulletins;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Changes;

/// <summary>Whoever looks after some areas reads what was done there, and what its people did.</summary>
public sealed class AuditQueryTests
{
    [Fact]
    public async Task Entries_of_each_noun_are_known_by_where_it_lies()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("A"), await controller.AddAreaAsync("B"));
        var (near, far) = (await controller.AddNodeAsync(mine), await controller.AddNodeAsync(other));
        foreach (var area in new[] { mine, other })
        {
            await controller.Get<SetAreaRules>().HandleAsync(
                new SetAreaRulesRequest(area.Id, QuietHours.None, null), TestController.Officer, CancellationToken.None);
        }

        var both = await AirAsync(controller, mine, other);
        await AirAsync(controller, other);

        Assert.Equal(
            [$"broadcast {both.Id}", $"area {mine.Id}", $"node {near.Node.Id}"],
            (await ReadAsync(controller, Nobody, mine)).Select(entry => entry.Subject));
        Assert.DoesNotContain(
            await ReadAsync(controller, Nobody, mine), entry => entry.Subject.Contains(far.Node.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Acts_of_people_are_read_where_all_their_roles_lie()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("A"), await controller.AddAreaAsync("B"));
        var (local, both, far) = (await AddAsync(controller, mine), await AddAsync(controller, mine, other),
            await AddAsync(controller, other));
        foreach (var person in new[] { local, both, far })
        {
            await controller.Get<StopEverything>().HandleAsync(area: null, person, CancellationToken.None);
        }

        Assert.Equal([local.PersonId], (await ReadAsync(controller, Nobody, mine)).Select(entry => entry.PersonId));
        // One's own acts are always there.
        Assert.Equal([both.PersonId, local.PersonId], (await ReadAsync(controller, both, mine)).Select(entry => entry.PersonId));
    }

    [Fact]
    public async Task Changes_of_people_are_read_where_all_their_roles_lie()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("A"), await controller.AddAreaAsync("B"));
        var (local, both) = (await AddAsync(controller, mine), await AddAsync(controller, mine, other));
        foreach (var person in new[] { local, both })
        {
            await controller.Get<GiveRole>().HandleAsync(
                new GiveRoleRequest(person.PersonId!, Role.Editor, mine.Id), TestController.Officer, CancellationToken.None);
        }

        Assert.Equal($"person {local.Name}", Assert.Single(await ReadAsync(controller, Nobody, mine)).Subject);
    }

    [Fact]
    public async Task What_was_done_to_things_that_are_gone_is_still_read()
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("A"), await controller.AddAreaAsync("B"));
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        await using (var db = await controller.OpenAsync())
        {
            await db.Bulletins.ExecuteUpdateAsync(set => set.SetProperty(row => row.AreaId, mine.Id));
        }

        var request = new SaveTemplateRequest(null, mine.Id, "Họp", "Lúc [giờ].");
        var template = await controller.Get<SaveTemplate>().HandleAsync(request, TestController.Officer, CancellationToken.None);

        await controller.WithdrawAsync(bulletin.Id);
        await controller.DeleteAsync(bulletin.Id);
        await controller.Get<RemoveTemplate>().HandleAsync(
            long.Parse(template.Key, CultureInfo.InvariantCulture), TestController.Officer, CancellationToken.None);

        Assert.Equal(
            ["template.remove", "bulletin.delete", "bulletin.withdraw", "template.save"],
            (await ReadAsync(controller, Nobody, mine)).Select(entry => entry.Action));
        Assert.Empty(await ReadAsync(controller, Nobody, other));
    }

    private static Actor Nobody { get; } = new("nobody", "Nobody");

    private static Task<IReadOnlyList<AuditEntry>> ReadAsync(TestController controller, Actor reader, Area area) =>
        controller.Get<AuditQuery>().ListAsync(
        reader, AreaScope.Of(new HashSet<long> { area.Id }), before: null, take: 100, CancellationToken.None);

    private static async Task<Actor> AddAsync(TestController controller, params Area[] areas)
    {
        var person = new Person { UserName = "p" + string.Concat(areas.Select(area => area.Code)), DisplayName = "P" };
        await using var db = await controller.OpenAsync();
        db.Users.Add(person);
        db.Roles.AddRange(areas.Select(area => new RoleGrant { PersonId = person.Id, Role = Role.Monitor, AreaId = area.Id }));
        await db.SaveChangesAsync();
        return new Actor(person.Id, person.UserName);
    }

    private static async Task<Broadcast> AirAsync(TestController controller, params Area[] areas)
    {
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(5));
        var request = new AirRequest(
            bulletin.Id, BroadcastClass.Normal, new Audience([.. areas.Select(area => area.Id)], []),
            Start: null, Tolerance: null);
        return await controller.Get<AirBulletin>().HandleAsync(request, TestController.Officer, CancellationToken.None);
    }
}
