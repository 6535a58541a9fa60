using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using OtpNet;
using SmartRadio.Controller.Access.SecondFactor;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Access;

/// <summary>The digits of an authenticator app open once, whatever happens to the program.</summary>
public sealed class CodeStepTests
{
    private const string ShortKey = "JBSWY3DP";

    private static readonly string Key = SetUpSecondFactor.NewKey();

    [Fact]
    public async Task App_opens_once_a_code_and_within_a_step()
    {
        await using var controller = await StartAsync();
        var totp = controller.Get<TotpProvider>();

        Assert.False(await AcceptAsync(totp, Code(controller, steps: -2)));
        Assert.False(await AcceptAsync(totp, Code(controller, steps: 2)));
        Assert.True(await AcceptAsync(totp, Code(controller, steps: -1)));
        Assert.True(await AcceptAsync(totp, Code(controller)));
        Assert.False(await AcceptAsync(totp, Code(controller)));
        Assert.False(await AcceptAsync(totp, Code(controller, steps: -1)));
        Assert.True(await AcceptAsync(totp, Code(controller).Insert(3, " "), person: "hoa"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(ShortKey)]
    [InlineData("not base32 at all!")]
    public async Task Short_or_broken_key_never_fits(string? key)
    {
        await using var controller = await StartAsync();
        // Those of the short one are its own: it is the key that is refused.
        var digits = key == ShortKey ? Code(controller, key: ShortKey) : "000000";

        Assert.False(await controller.Get<TotpProvider>().AcceptAsync("lan", key, digits, CancellationToken.None));
    }

    [Fact]
    public async Task Used_digits_open_nothing_after_a_restart()
    {
        await using var controller = await StartAsync();
        Assert.True(await AcceptAsync(controller.Get<TotpProvider>(), Code(controller)));

        await using var again = await controller.RestartAsync(TimeSpan.FromSeconds(1));

        Assert.False(await AcceptAsync(again.Get<TotpProvider>(), Code(controller)));
        Assert.False(await AcceptAsync(again.Get<TotpProvider>(), Code(controller, steps: -1)));
        Assert.True(await AcceptAsync(again.Get<TotpProvider>(), Code(controller, steps: 1)));
    }

    [Fact]
    public async Task One_of_many_that_use_the_same_digits_gets_in()
    {
        await using var controller = await StartAsync();
        // Each is an instance of its own: they share the database alone.
        var tries = Enumerable.Range(0, 8).Select(_ => Task.Run(() => AcceptAsync(Another(controller), Code(controller))));

        Assert.Single(await Task.WhenAll(tries), taken => taken);
    }

    [Fact]
    public async Task Saving_a_person_read_before_brings_no_step_back()
    {
        await using var controller = await StartAsync();
        await using var db = await controller.OpenAsync();
        var person = await db.Users.SingleAsync(row => row.Id == "lan");
        Assert.True(await AcceptAsync(controller.Get<TotpProvider>(), Code(controller)));

        // As Identity's store does, which writes every column.
        db.Update(person);
        await db.SaveChangesAsync();

        Assert.False(await AcceptAsync(Another(controller), Code(controller)));
    }

    [Fact]
    public async Task Held_database_lets_the_digits_in_once()
    {
        await using var controller = await StartAsync();
        await using var other = await controller.OpenAsync();
        await using var held = await other.Database.BeginTransactionAsync();

        Assert.True(await AcceptAsync(controller.Get<TotpProvider>(), Code(controller)));
        Assert.False(await AcceptAsync(controller.Get<TotpProvider>(), Code(controller)));
    }

    private static async Task<TestController> StartAsync()
    {
        var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        db.Users.AddRange(new Person { Id = "lan", UserName = "lan" }, new Person { Id = "hoa", UserName = "hoa" });
        await db.SaveChangesAsync();
        return controller;
    }

    private static TotpProvider Another(TestController controller) => new(
        controller.Get<IDbContextFactory<RadioDb>>(), controller.Get<WriteAheadLog>(), controller.Time,
        NullLogger<TotpProvider>.Instance);

    private static Task<bool> AcceptAsync(TotpProvider totp, string code, string person = "lan") =>
        totp.AcceptAsync(person, Key, code, CancellationToken.None);

    private static string Code(TestController controller, int steps = 0, string? key = null) =>
        new Totp(Base32Encoding.ToBytes(key ?? Key)).ComputeTotp(controller.Time.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));
}
