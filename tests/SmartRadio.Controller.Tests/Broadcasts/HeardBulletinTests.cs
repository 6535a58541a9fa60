using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>Bulletins are aired by those who may see them, after as many eyes as there are where they are heard.</summary>
public sealed class HeardBulletinTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bulletin_of_another_commune_is_unknown(bool approved)
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("A"), await controller.AddAreaAsync("B"));
        await controller.AddNodeAsync(mine);
        var approver = await AddAsync(controller, (Role.Approver, mine.Id));
        var bulletin = await AddBulletinAsync(controller, other, approver: approved ? TestController.Officer : null);

        Assert.Equal(BulletinRefusal.UnknownBulletin, await RefusalAsync(controller, bulletin, mine, approver));
    }

    [Fact]
    public async Task Own_approval_does_not_count_where_others_approve()
    {
        await using var controller = await TestController.StartAsync();
        var (home, other) = (await controller.AddAreaAsync("C"), await controller.AddAreaAsync("A"));
        await controller.AddNodeAsync(home);
        await controller.AddNodeAsync(other);
        await using (var db = await controller.OpenAsync())
        {
            // Else the officer approves everywhere.
            await db.Roles.Where(grant => grant.Role == Role.Approver).ExecuteDeleteAsync();
        }

        var author = await AddAsync(controller, (Role.Approver, home.Id), (Role.Approver, other.Id));
        await AddAsync(controller, (Role.Approver, other.Id));
        var bulletin = await AddBulletinAsync(controller, home, author, author);

        Assert.Equal(BulletinRefusal.AuthorIsApprover, await RefusalAsync(controller, bulletin, other, author));
        Assert.Null(await RefusalAsync(controller, bulletin, home, author));
    }

    private static async Task<Actor> AddAsync(TestController controller, params (Role Role, long Area)[] roles)
    {
        var id = Guid.NewGuid().ToString();
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = id, UserName = id, DisplayName = "Lan" });
        db.Roles.AddRange(roles.Select(each => new RoleGrant { PersonId = id, Role = each.Role, AreaId = each.Area }));
        await db.SaveChangesAsync();
        return new Actor(id, "Lan");
    }

    private static async Task<Bulletin> AddBulletinAsync(
        TestController controller, Area area, Actor? author = null, Actor? approver = null)
    {
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(5), approved: approver is not null);
        await using var db = await controller.OpenAsync();
        await db.Bulletins.Where(row => row.Id == bulletin.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.AreaId, area.Id)
            .SetProperty(row => row.CreatedById, (author ?? TestController.Officer).PersonId)
            .SetProperty(row => row.ApprovedById, approver == null ? null : approver.PersonId));
        return bulletin;
    }

    private static async Task<string?> RefusalAsync(TestController controller, Bulletin bulletin, Area area, Actor actor)
    {
        try
        {
            await controller.Get<AirBulletin>().HandleAsync(
                new AirRequest(bulletin.Id, BroadcastClass.Normal, new Audience([area.Id], []), Start: null, Tolerance: null),
                actor, CancellationToken.None);
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
