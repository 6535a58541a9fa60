using OtpNet;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.Access;

/// <summary>Who signs in by two steps proves it by both.</summary>
public sealed class ProofCheckTests
{
    private const string Password = "loa phường em";

    private static readonly string Key = SetUpSecondFactor.NewKey();

    [Fact]
    public async Task Password_alone_proves_nothing_of_whom_two_steps_sign_in()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller);
        Assert.False(await controller.Get<ProofCheck>().TakesCodeAsync(lan, CancellationToken.None));
        await CheckAsync(controller, lan, new OwnProof(Password));

        await SetUpAsync(controller, lan);

        Assert.True(await controller.Get<ProofCheck>().TakesCodeAsync(lan, CancellationToken.None));
        Assert.Equal(PersonRefusal.CodeNeeded, await RefusalAsync(controller, lan, new OwnProof(Password)));
        Assert.Equal(PersonRefusal.CodeNeeded, await RefusalAsync(controller, lan, new OwnProof(Password, " ")));
        Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(controller, lan, new OwnProof(Password, "000000")));
    }

    [Fact]
    public async Task Digits_and_recovery_codes_prove_once()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller);
        var codes = (await SetUpAsync(controller, lan)).RecoveryCodes;
        foreach (var code in new[] { Code(controller, steps: 1), codes[0] })
        {
            Assert.Equal(PersonRefusal.PasswordWrong, await RefusalAsync(controller, lan, new OwnProof("guessed", code)));
            Assert.Equal(lan.PersonId, (await CheckAsync(controller, lan, new OwnProof(Password, code))).Id);
            Assert.Equal(PersonRefusal.CodeWrong, await RefusalAsync(controller, lan, new OwnProof(Password, code)));
        }
    }

    [Fact]
    public async Task Wrong_ones_are_counted_for_the_audit_log()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller) with { Address = "10.0.0.1" };
        await SetUpAsync(controller, lan);
        await RefusalAsync(controller, lan, new OwnProof("guessed", "000000"));
        await RefusalAsync(controller, lan, new OwnProof(Password, "000000"));

        Assert.Equal(
            [
                (new Attempt(Attempt.SignIn, "person lan", "10.0.0.1", "password"), 1L),
                (new Attempt(Attempt.SignIn, "person lan", "10.0.0.1", "code"), 1L),
            ],
            controller.Get<AttemptLedger>().Take());
    }

    /// <summary>The digits of another key may be of the same half minute.</summary>
    [Fact]
    public async Task Other_key_begins_with_digits_of_its_own()
    {
        await using var controller = await TestController.StartAsync();
        var lan = await AddAsync(controller);
        await SetUpAsync(controller, lan);
        var (other, proof) = (SetUpSecondFactor.NewKey(), new OwnProof(Password, Code(controller, steps: 1)));

        await controller.Get<SetUpSecondFactor>().HandleAsync(
            new SetUpSecondFactorRequest(proof, other, Code(controller, other)), lan, CancellationToken.None);

        Assert.Equal(
            PersonRefusal.CodeWrong, await RefusalAsync(controller, lan, new OwnProof(Password, Code(controller, other))));
        controller.Time.Advance(TimeSpan.FromMinutes(1));
        await CheckAsync(controller, lan, new OwnProof(Password, Code(controller, other)));
    }

    [Fact]
    public void Proof_shows_nothing_of_itself() =>
        Assert.Equal("a proof", new OwnProof(Password, "123456").ToString());

    private static Task<NewSecondFactor> SetUpAsync(TestController controller, Actor actor) =>
        controller.Get<SetUpSecondFactor>().HandleAsync(
            new SetUpSecondFactorRequest(new OwnProof(Password), Key, Code(controller)), actor, CancellationToken.None);

    private static Task<Person> CheckAsync(TestController controller, Actor actor, OwnProof proof) =>
        controller.Get<ProofCheck>().CheckAsync(proof, actor, CancellationToken.None);

    private static async Task<string> RefusalAsync(TestController controller, Actor actor, OwnProof proof) =>
        (await Assert.ThrowsAsync<RefusedException>(() => CheckAsync(controller, actor, proof))).Refusal;

    private static string Code(TestController controller, int steps = 0) => Code(controller, Key, steps);

    private static string Code(TestController controller, string key, int steps = 0) =>
        new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(controller.Time.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    private static async Task<Actor> AddAsync(TestController controller)
    {
        var link = await controller.Get<InvitePerson>().HandleAsync(
            new InvitePersonRequest("lan", "Lan", Role.Editor, AreaId: null), TestController.Officer, CancellationToken.None);
        var person = await controller.Get<AcceptInvitation>()
            .HandleAsync(link.Token, Password, address: null, CancellationToken.None);
        return new Actor(person.Id, "Lan");
    }
}
