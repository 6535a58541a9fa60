using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

public sealed class SecondFactorTests
{
    private const string Password = "loa phường em";

    [Fact]
    public async Task Wrong_password_or_code_changes_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var key = SetUpSecondFactor.NewKey();

        Assert.Equal(PersonRefusal.PasswordWrong, await RefusalAsync(() => SetUpAsync(controller, lan, key, "guessed")));
        Assert.Equal(
            PersonRefusal.CodeWrong,
            await RefusalAsync(() => SetUpAsync(controller, lan, key, Password, Code(controller, key, steps: 5))));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => SetUpAsync(controller, lan with { KeyId = 1 }, key)));
        Assert.Equal(Refusal.NotAllowed, await RefusalAsync(() => SetUpAsync(controller, Actor.Program, key)));

        Assert.False((await ReadAsync(controller, lan)).TwoFactorEnabled);
    }

    [Fact]
    public async Task Set_up_ends_sessions_and_gives_codes()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var before = await ReadAsync(controller, lan);

        var made = await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey());

        var after = await ReadAsync(controller, lan);
        Assert.True(after.TwoFactorEnabled);
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.Equal(10, made.RecoveryCodes.Distinct().Count());
        Assert.All(made.RecoveryCodes, code => Assert.Matches("^[a-z2-9]{5}-[a-z2-9]{5}$", code));
        Assert.Equal(10, (await OwnAsync(controller, lan)).RecoveryCodes);
    }

    [Fact]
    public async Task Digits_of_the_set_up_open_nothing_after()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var key = SetUpSecondFactor.NewKey();

        await SetUpAsync(controller, lan, key);

        var totp = controller.Get<TotpProvider>();
        Assert.False(await totp.AcceptAsync(lan.PersonId!, key, Code(controller, key), CancellationToken.None));
        Assert.True(await totp.AcceptAsync(lan.PersonId!, key, Code(controller, key, steps: 1), CancellationToken.None));
    }

    [Fact]
    public async Task Neither_key_nor_codes_stand_in_the_database()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var key = SetUpSecondFactor.NewKey();

        var made = await SetUpAsync(controller, lan, key);

        await using var db = await controller.OpenAsync();
        await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)");
        var everything = await File.ReadAllBytesAsync(Path.Combine(controller.Folder, "smartradio.db"));
        Assert.All(
            made.RecoveryCodes.Append(key),
            secret => Assert.Equal(-1, everything.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret))));
    }

    /// <summary>Whoever has the database and the keys beside it still has no code.</summary>
    [Fact]
    public async Task Recovery_codes_are_kept_as_hashes_alone()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var made = await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey());

        await using var db = await controller.OpenAsync();
        var protector = controller.Get<IDataProtectionProvider>().CreateProtector("SmartRadio.SecondFactor");
        var kept = string.Join('\n', (await db.UserTokens.ToListAsync()).Select(token => protector.Unprotect(token.Value!)));
        Assert.NotEmpty(kept);
        Assert.All(made.RecoveryCodes, code => Assert.DoesNotContain(code, kept, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Code_of_before_there_were_hashes_still_works_once()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey());
        var person = await ReadAsync(controller, lan);
        await using (var db = await controller.OpenAsync())
        {
            await controller.Get<SecondFactorStore>().In(db)
                .ReplaceCodesAsync(person, ["abcde-fghjk", "mnpqr-tuvwx"], CancellationToken.None);
            await db.SaveChangesAsync();
        }

        Assert.Equal(1, await UseAsync(controller, person, "abcde-fghjk"));
        Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(() => UseAsync(controller, person, "abcde-fghjk")));
    }

    [Fact]
    public async Task Recovery_code_works_once_however_it_is_typed()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var codes = (await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey())).RecoveryCodes;
        var person = await ReadAsync(controller, lan);

        Assert.Equal(
            9, await UseAsync(controller, person, codes[3].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant()));
        Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(() => UseAsync(controller, person, codes[3])));
        Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(() => UseAsync(controller, person, "")));
        Assert.Equal(8, await UseAsync(controller, person, codes[0]));
    }

    /// <summary>Stopping waits for the turn in which things are changed; typing must not hold it.</summary>
    [Fact]
    public async Task Digits_that_are_no_recovery_code_need_no_turn()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey());
        var person = await ReadAsync(controller, lan);
        await using var turn = await controller.Get<WriteTurns>().TakeAsync(isUrgent: true, CancellationToken.None);

        var refusal = RefusalAsync(() => UseAsync(controller, person, "000000"));

        Assert.Equal(PersonRefusal.CodeWrong, await refusal.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Code_is_refused_where_the_person_was_changed_since()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var codes = (await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey())).RecoveryCodes;
        var before = await ReadAsync(controller, lan);
        await controller.Get<ChangePassword>()
            .HandleAsync(new OwnProof(Password, codes[1]), "một mật khẩu khác", lan, CancellationToken.None);

        Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(() => UseAsync(controller, before, codes[0])));
        Assert.Equal(8, await UseAsync(controller, await ReadAsync(controller, lan), codes[0]));
    }

    [Fact]
    public async Task Nothing_fits_what_our_keys_do_not_open()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var codes = (await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey())).RecoveryCodes;
        var foreign = new EphemeralDataProtectionProvider().CreateProtector("SmartRadio.SecondFactor").Protect("x");
        await using (var db = await controller.OpenAsync())
        {
            await db.UserTokens.ExecuteUpdateAsync(row => row.SetProperty(token => token.Value, foreign));
        }

        var person = await ReadAsync(controller, lan);
        Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(() => UseAsync(controller, person, codes[0])));
        Assert.Equal(0, (await OwnAsync(controller, lan)).RecoveryCodes);
        Assert.Equal(
            PersonRefusal.CodeWrong,
            await RefusalAsync(() => controller.Get<RenewRecoveryCodes>()
                .HandleAsync(new OwnProof(Password, codes[0]), lan, CancellationToken.None)));
    }

    [Fact]
    public async Task New_codes_end_those_before()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.Editor);
        var renew = controller.Get<RenewRecoveryCodes>();
        Assert.Equal(
            AccessRefusal.NoSecondFactor,
            await RefusalAsync(() => renew.HandleAsync(new OwnProof(Password), lan, CancellationToken.None)));
        var old = (await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey())).RecoveryCodes;
        Assert.Equal(
            PersonRefusal.PasswordWrong,
            await RefusalAsync(() => renew.HandleAsync(new OwnProof("guessed", old[1]), lan, CancellationToken.None)));

        var codes = await renew.HandleAsync(new OwnProof(Password, old[1]), lan, CancellationToken.None);

        var person = await ReadAsync(controller, lan);
        Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(() => UseAsync(controller, person, old[0])));
        Assert.Equal(9, await UseAsync(controller, person, codes[0]));
    }

    [Theory]
    [InlineData(Role.Editor, null)]
    [InlineData(Role.Monitor, null)]
    [InlineData(Role.Administrator, AccessRefusal.SecondFactorRequired)]
    [InlineData(Role.AlertOfficer, AccessRefusal.SecondFactorRequired)]
    public async Task Administrators_and_alert_officers_keep_it(Role role, string? expected)
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, role);
        var proof = new OwnProof(Password, (await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey())).RecoveryCodes[0]);

        var refusal = await Record.ExceptionAsync(
            () => controller.Get<RemoveSecondFactor>().HandleAsync(proof, lan, CancellationToken.None));

        Assert.Equal(expected, (refusal as RefusedException)?.Refusal);
        Assert.Equal(expected is not null, (await ReadAsync(controller, lan)).TwoFactorEnabled);
        Assert.Equal(expected is null ? 0 : 9, (await OwnAsync(controller, lan)).RecoveryCodes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reset_ends_it_where_the_phone_is_lost_too(bool isLost)
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller, Role.AlertOfficer);
        await SetUpAsync(controller, lan, SetUpSecondFactor.NewKey());

        await controller.Get<ResetPerson>().HandleAsync(
            new ResetPersonRequest(lan.PersonId!, isLost), TestController.Officer, CancellationToken.None);

        Assert.Equal(!isLost, (await ReadAsync(controller, lan)).TwoFactorEnabled);
        Assert.Equal(isLost ? 0 : 10, (await OwnAsync(controller, lan)).RecoveryCodes);
        await using var db = await controller.OpenAsync();
        Assert.Equal(!isLost, await db.UserTokens.AnyAsync());
        var entry = await db.Audit.SingleAsync(row => row.Action == "person.reset");
        Assert.Equal($"{{\"SecondFactorEnded\":{(isLost ? "true" : "false")},\"KeysEnded\":0}}", entry.Detail);
    }

    private static string Code(TestController controller, string key, int steps = 0) =>
        new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(controller.Time.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    private static Task<NewSecondFactor> SetUpAsync(
        TestController controller, Actor actor, string key, string password = Password, string? code = null) =>
        controller.Get<SetUpSecondFactor>().HandleAsync(
            new SetUpSecondFactorRequest(new OwnProof(password), key, code ?? Code(controller, key)), actor,
            CancellationToken.None);

    private static Task<int> UseAsync(TestController controller, Person person, string code) =>
        controller.Get<UseRecoveryCode>().HandleAsync(person, code, "10.0.0.1", CancellationToken.None);

    private static async Task<Actor> AddAsync(TestController controller, Role role)
    {
        var link = await controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest("lan", "Lan", role, AreaId: null), TestController.Officer, CancellationToken.None);
        var person = await controller.Get<AcceptInvitation>()
            .HandleAsync(link.Token, Password, address: null, CancellationToken.None);
        return new Actor(person.Id, "Lan");
    }

    private static async Task<Person> ReadAsync(TestController controller, Actor actor)
    {
        await using var db = await controller.OpenAsync();
        return await db.Users.AsNoTracking().SingleAsync(person => person.Id == actor.PersonId);
    }

    private static Task<OwnAccount> OwnAsync(TestController controller, Actor actor) =>
        controller.Get<OwnAccountQuery>().FindAsync(actor, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> ask) => (await Assert.ThrowsAsync<RefusedException>(ask)).Refusal;
}
