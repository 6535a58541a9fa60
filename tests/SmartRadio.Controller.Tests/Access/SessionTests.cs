using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Tests.Access;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 8, 0, 42, TimeSpan.FromHours(7));

    [Fact]
    public async Task Sign_in_is_listed_and_noted_to_the_minute()
    {
        await using var controller = await TestController.StartAsync(Morning);

        var id = await StartAsync(controller, new string('x', 1000));

        var session = Assert.Single(await ListAsync(controller));
        Assert.Equal((id, Session.DeviceLength, "10.0.0.7"), (session.Id, session.Device.Length, session.Address));
        await using var db = await controller.OpenAsync();
        Assert.Equal(Morning.AddSeconds(-42), (await db.Users.SingleAsync()).LastSignInAt);
    }

    [Fact]
    public async Task Ended_session_is_no_longer_seen()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var lost = await StartAsync(controller, "phone");
        var mine = await StartAsync(controller, "desk");

        await controller.Get<EndSession>().HandleAsync(lost, TestController.Officer, CancellationToken.None);

        Assert.False(await controller.Get<SessionStore>().SeeAsync(lost, isUse: true, CancellationToken.None));
        Assert.True(await controller.Get<SessionStore>().SeeAsync(mine, isUse: true, CancellationToken.None));
    }

    [Fact]
    public async Task Ending_the_others_keeps_the_own()
    {
        await using var controller = await TestController.StartAsync(Morning);
        await StartAsync(controller, "phone");
        await StartAsync(controller, "tablet");
        var mine = await StartAsync(controller, "desk");

        var ended = await controller.Get<EndSession>().HandleOthersAsync(mine, TestController.Officer, CancellationToken.None);

        Assert.Equal(2, ended);
        Assert.Equal([mine], (await ListAsync(controller)).Select(session => session.Id));
    }

    [Fact]
    public async Task Session_of_another_person_is_left_alone()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var lan = await AddAsync(controller, "lan");
        var theirs = await StartAsync(controller, "phone");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<EndSession>().HandleAsync(theirs, lan, CancellationToken.None));
        await controller.Get<EndSession>().HandleOthersAsync(kept: null, lan, CancellationToken.None);

        Assert.Equal(AccessRefusal.UnknownSession, refused.Refusal);
        Assert.Single(await ListAsync(controller));
    }

    [Fact]
    public async Task Api_key_ends_no_session()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var id = await StartAsync(controller, "desk");
        var key = (await controller.CreateKeyAsync(TestController.Officer)).Row.Id;

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<EndSession>()
                .HandleAsync(id, TestController.Officer with { KeyId = key }, CancellationToken.None));

        Assert.Equal(Refusal.NotAllowed, refused.Refusal);
    }

    [Fact]
    public async Task New_password_ends_all_sessions()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var lan = await AddAsync(controller, "lan");
        await controller.Get<SessionStore>().StartAsync(lan, "phone", "10.0.0.7", CancellationToken.None);

        await controller.Get<ChangePassword>()
            .HandleAsync(new OwnProof("loa phường em"), "một mật khẩu khác", lan, CancellationToken.None);

        Assert.Equal(0, (await controller.Get<SessionQuery>().ListAsync(lan.PersonId!, 10, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Session_ends_twelve_hours_after_its_last_use()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var (used, unused) = (await StartAsync(controller, "desk"), await StartAsync(controller, "phone"));
        controller.Time.Advance(TimeSpan.FromHours(6));
        Assert.True(await SeeAsync(controller, used));

        controller.Time.Advance(TimeSpan.FromHours(6));

        Assert.True(await SeeAsync(controller, used));
        Assert.Null(await controller.Get<SessionStore>().LastsUntilAsync(unused, CancellationToken.None));
        Assert.False(await SeeAsync(controller, unused));
        Assert.Equal([used], (await ListAsync(controller)).Select(session => session.Id));
        Assert.Equal(("session.lapse", "person officer"), await LastEntryAsync(controller));
    }

    [Fact]
    public async Task Open_page_alone_does_not_keep_a_session()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var id = await StartAsync(controller, "wall");
        for (var hour = 0; hour < 11; hour++)
        {
            controller.Time.Advance(TimeSpan.FromHours(1));
            Assert.True(await controller.Get<SessionStore>().SeeAsync(id, isUse: false, CancellationToken.None));
        }

        controller.Time.Advance(TimeSpan.FromHours(1));

        Assert.False(await controller.Get<SessionStore>().SeeAsync(id, isUse: false, CancellationToken.None));
    }

    [Fact]
    public async Task Session_ends_seven_days_after_sign_in_however_used()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var id = await StartAsync(controller, "desk");
        for (var day = 0; day < 15; day++)
        {
            controller.Time.Advance(TimeSpan.FromHours(11));
            Assert.True(await SeeAsync(controller, id));
        }

        controller.Time.Advance(TimeSpan.FromHours(168 - (15 * 11)) - TimeSpan.FromMinutes(1));
        controller.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await SeeAsync(controller, id));
    }

    [Fact]
    public async Task Session_that_is_over_is_forgotten_at_the_next_sign_in()
    {
        await using var controller = await TestController.StartAsync(Morning);
        await StartAsync(controller, "phone");
        controller.Time.Advance(SessionStore.Idle);

        await StartAsync(controller, "desk");

        await using var db = await controller.OpenAsync();
        Assert.Equal("desk", (await db.Sessions.SingleAsync()).Device);
    }

    [Fact]
    public async Task Sign_in_and_sign_out_are_in_the_audit_log()
    {
        await using var controller = await TestController.StartAsync(Morning);

        var id = await StartAsync(controller, "desk");
        Assert.Equal(("session.start", "person officer"), await LastEntryAsync(controller));
        await controller.Get<SessionStore>().SignOutAsync(id, TestController.Officer, CancellationToken.None);

        Assert.Equal(("session.sign-out", "person officer"), await LastEntryAsync(controller));
        Assert.False(await SeeAsync(controller, id));
    }

    [Fact]
    public async Task Use_is_noted_to_ten_minutes()
    {
        await using var controller = await TestController.StartAsync(Morning);
        var id = await StartAsync(controller, "desk");

        controller.Time.Advance(TimeSpan.FromMinutes(9));
        await controller.Get<SessionStore>().SeeAsync(id, isUse: true, CancellationToken.None);
        Assert.Equal(Morning, (await ListAsync(controller))[0].SeenAt);
        controller.Time.Advance(TimeSpan.FromMinutes(2));
        await controller.Get<SessionStore>().SeeAsync(id, isUse: true, CancellationToken.None);

        Assert.Equal(Morning.AddMinutes(11), (await ListAsync(controller))[0].SeenAt);
    }

    private static async Task<string> StartAsync(TestController controller, string device) =>
        (await controller.Get<SessionStore>()
            .StartAsync(TestController.Officer, device, "10.0.0.7", CancellationToken.None))!;

    private static Task<bool> SeeAsync(TestController controller, string id) =>
        controller.Get<SessionStore>().SeeAsync(id, isUse: true, CancellationToken.None);

    private static async Task<(string Action, string Subject)> LastEntryAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        var entry = await db.Audit.OrderByDescending(row => row.Id).FirstAsync();
        return (entry.Action, entry.Subject);
    }

    private static async Task<IReadOnlyList<Session>> ListAsync(TestController controller) =>
        (await controller.Get<SessionQuery>().ListAsync(TestController.Officer.PersonId!, 10, CancellationToken.None)).Rows;

    private static async Task<Actor> AddAsync(TestController controller, string name)
    {
        var link = await controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest(name, name, Role.Editor, AreaId: null), TestController.Officer, CancellationToken.None);
        var person = await controller.Get<AcceptInvitation>()
            .HandleAsync(link.Token, "loa phường em", address: null, CancellationToken.None);
        return new Actor(person.Id, name);
    }
}
