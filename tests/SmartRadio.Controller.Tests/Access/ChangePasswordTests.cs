using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

public sealed class ChangePasswordTests
{
    [Theory]
    [InlineData("guessed", "một mật khẩu khác", PersonRefusal.PasswordWrong)]
    [InlineData("", "một mật khẩu khác", PersonRefusal.PasswordWrong)]
    [InlineData("loa phường em", "short", PersonRefusal.PasswordTooWeak)]
    [InlineData("loa phường em", "aaaaaaaaaaaaaaa", PersonRefusal.PasswordTooWeak)]
    public async Task Refused_password_changes_nothing(string current, string next, string expected)
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<ChangePassword>()
                .HandleAsync(new OwnProof(current), next, new Actor(lan.Id, "Lan"), CancellationToken.None));

        Assert.Equal(expected, refused.Refusal);
        await using var db = await controller.OpenAsync();
        var kept = await db.Users.SingleAsync(person => person.Id == lan.Id);
        Assert.Equal((lan.PasswordHash, lan.SecurityStamp), (kept.PasswordHash, kept.SecurityStamp));
    }

    [Fact]
    public async Task A_new_one_ends_what_was_signed_in_with_the_old_one()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller);

        await controller.Get<ChangePassword>()
            .HandleAsync(new OwnProof("loa phường em"), "một mật khẩu khác", new Actor(lan.Id, "Lan"), CancellationToken.None);

        await using var db = await controller.OpenAsync();
        var changed = await db.Users.SingleAsync(person => person.Id == lan.Id);
        Assert.NotEqual(lan.PasswordHash, changed.PasswordHash);
        Assert.NotEqual(lan.SecurityStamp, changed.SecurityStamp);
    }

    /// <summary>ASP.NET Core Identity's format 3: mark, then function (2 = SHA-512), rounds, salt length.</summary>
    [Fact]
    public async Task Password_is_hashed_as_slowly_as_OWASP_asks()
    {
        await using var controller = await TestController.StartAsync();
        var hash = Convert.FromBase64String((await AddAsync(controller)).PasswordHash!);

        Assert.Equal((1, 2u, 210_000u), (hash[0], BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)),
            BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5))));
    }

    [Fact]
    public async Task The_program_itself_has_none()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<ChangePassword>()
                .HandleAsync(new OwnProof(""), "một mật khẩu khác", Actor.Program, CancellationToken.None));

        Assert.Equal(Refusal.NotAllowed, refused.Refusal);
    }

    private static async Task<Person> AddAsync(TestController controller)
    {
        var link = await controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest("lan", "Lan", Role.Editor, AreaId: null), TestController.Officer, CancellationToken.None);
        return await controller.Get<AcceptInvitation>()
            .HandleAsync(link.Token, "loa phường em", address: null, CancellationToken.None);
    }
}
