using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

/// <summary>An invited person chooses a password by a link that works once, for 48 hours.</summary>
public sealed class InvitationTests
{
    private const string Password = "loa phường em";

    [Fact]
    public async Task Link_sets_the_password_once()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("A");
        var link = await InviteAsync(controller, "lan", area.Id);

        var lan = await AcceptAsync(controller, link);

        Assert.Equal((link.PersonId, "lan"), (lan.Id, lan.UserName));
        Assert.Equal(AccessRefusal.InvitationEnded, await RefusalAsync(() => AcceptAsync(controller, link)));
        await using var db = await controller.OpenAsync();
        var kept = await db.Users.SingleAsync(person => person.Id == lan.Id);
        Assert.Equal((lan.PasswordHash, lan.SecurityStamp), (kept.PasswordHash, kept.SecurityStamp));
        Assert.Equal(
            (Role.Editor, area.Id),
            await db.Roles.Where(role => role.PersonId == lan.Id)
                .Select(role => ValueTuple.Create(role.Role, role.AreaId)).SingleAsync());
        Assert.Equal(0, await db.Invitations.CountAsync());
    }

    [Fact]
    public async Task Link_ends_after_48_hours()
    {
        await using var controller = await TestController.StartAsync();
        var link = await InviteAsync(controller, "lan", area: null);

        controller.Time.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMinutes(1));
        Assert.NotNull(await controller.Get<AcceptInvitation>().FindAsync(link.Token, CancellationToken.None));
        controller.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await controller.Get<AcceptInvitation>().FindAsync(link.Token, CancellationToken.None));
        Assert.Equal(AccessRefusal.InvitationEnded, await RefusalAsync(() => AcceptAsync(controller, link)));
    }

    [Fact]
    public async Task Weak_password_leaves_the_link_as_it_was()
    {
        await using var controller = await TestController.StartAsync();
        var link = await InviteAsync(controller, "lan", area: null);

        Assert.Equal(PersonRefusal.PasswordTooWeak, await RefusalAsync(() => AcceptAsync(controller, link, "short")));
        Assert.Equal(PersonRefusal.PasswordTooWeak, await RefusalAsync(() => AcceptAsync(controller, link, "aaaaaaaaaaaa")));

        await AcceptAsync(controller, link);
    }

    [Theory]
    [InlineData("")]
    [InlineData("guessed")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Guessed_link_opens_nothing(string token)
    {
        await using var controller = await TestController.StartAsync();
        await InviteAsync(controller, "lan", area: null);

        Assert.Null(await controller.Get<AcceptInvitation>().FindAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Database_and_audit_hold_no_secret()
    {
        await using var controller = await TestController.StartAsync();
        var link = await InviteAsync(controller, "lan", area: null);
        await using var db = await controller.OpenAsync();
        var stored = (await db.Invitations.SingleAsync()).Hash;
        await AcceptAsync(controller, link);

        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(link.Token)), stored);
        Assert.DoesNotContain(link.Token, link.ToString(), StringComparison.Ordinal);
        var rows = await db.Audit.Where(row => row.Action.StartsWith("person.")).ToListAsync();
        Assert.Equal(["person.invite", "person.accept"], rows.Select(row => row.Action));
        Assert.All(rows, row =>
        {
            var text = row.Subject + row.Detail;
            Assert.DoesNotContain(link.Token, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(stored), text, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("", "Lan", Refusal.NameMissing)]
    [InlineData("lan", "", Refusal.NameMissing)]
    [InlineData("l an", "Lan", Refusal.Malformed)]
    [InlineData("OFFICER2", "Lan", PersonRefusal.UserNameTaken)]
    public async Task Bad_name_invites_nobody(string userName, string displayName, string expected)
    {
        await using var controller = await TestController.StartAsync();
        await InviteAsync(controller, "officer2", area: null);

        Assert.Equal(expected, await RefusalAsync(() => InviteAsync(controller, userName, area: null, displayName: displayName)));

        await using var db = await controller.OpenAsync();
        Assert.Equal(2, await db.Users.CountAsync());
    }

    [Fact]
    public async Task Administrator_invites_only_into_his_own_areas()
    {
        await using var controller = await TestController.StartAsync();
        var mine = await controller.AddAreaAsync("A");
        var below = await controller.AddAreaAsync("A1", mine);
        var other = await controller.AddAreaAsync("B");
        var boss = await InviteAsync(controller, "boss", mine.Id, Role.Administrator);
        var editor = await InviteAsync(controller, "editor", mine.Id);
        var administrator = new Actor(boss.PersonId, "Boss");

        await InviteAsync(controller, "new1", below.Id, actor: administrator);
        Assert.Equal(
            Refusal.NotAllowed, await RefusalAsync(() => InviteAsync(controller, "new2", other.Id, actor: administrator)));
        Assert.Equal(
            Refusal.NotAllowed, await RefusalAsync(() => InviteAsync(controller, "new3", area: null, actor: administrator)));
        Assert.Equal(
            Refusal.NotAllowed,
            await RefusalAsync(() => InviteAsync(controller, "new4", mine.Id, actor: new Actor(editor.PersonId, "Editor"))));
        Assert.Equal(AreaRefusal.UnknownArea, await RefusalAsync(() => InviteAsync(controller, "new5", 999)));
    }

    private static Task<NewInvitation> InviteAsync(
        TestController controller, string userName, long? area, Role role = Role.Editor, Actor? actor = null,
        string? displayName = null) =>
        controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest(userName, displayName ?? "Người " + userName, role, area), actor ?? TestController.Officer, CancellationToken.None);

    private static Task<Person> AcceptAsync(TestController controller, NewInvitation link, string password = Password) =>
        controller.Get<AcceptInvitation>().HandleAsync(link.Token, password, address: null, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> ask) => (await Assert.ThrowsAsync<RefusedException>(ask)).Refusal;
}
