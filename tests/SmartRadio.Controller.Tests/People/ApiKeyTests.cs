using System.Text;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Tests.People;

public sealed class ApiKeyTests
{
    [Fact]
    public async Task A_key_lets_a_program_act_as_its_person()
    {
        await using var controller = await TestController.StartAsync();

        var made = await CreateAsync(controller, "Trung tâm");

        Assert.Matches("^sr_[A-Za-z0-9_-]{43}$", made.Key);
        Assert.Equal(new Actor(TestController.Officer.PersonId, "Cán bộ (Trung tâm)") { KeyId = made.Row.Id }, await FindAsync(controller, made.Key));
    }

    [Fact]
    public async Task The_key_itself_is_kept_nowhere()
    {
        await using var controller = await TestController.StartAsync();

        var made = await CreateAsync(controller, "Trung tâm");

        await using var db = await controller.OpenAsync();
        await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)");
        var everything = await File.ReadAllBytesAsync(Path.Combine(controller.Folder, "smartradio.db"));
        Assert.Equal(-1, everything.AsSpan().IndexOf(Encoding.UTF8.GetBytes(made.Key[3..])));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var made = await CreateAsync(controller, "Trung tâm");

        await controller.Get<RevokeApiKey>().HandleAsync(made.Row.Id, TestController.Officer, CancellationToken.None);

        Assert.Null(await FindAsync(controller, made.Key));
        var row = Assert.Single(await controller.Get<ApiKeyQuery>().ListAsync(TestController.Officer.PersonId!, CancellationToken.None));
        Assert.NotNull(row.RevokedAt);
    }

    [Fact]
    public async Task Only_its_owner_revokes_a_key()
    {
        await using var controller = await TestController.StartAsync();
        var made = await CreateAsync(controller, "Trung tâm");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<RevokeApiKey>().HandleAsync(made.Row.Id, new Actor("another", "Another"), CancellationToken.None));

        Assert.Equal(PersonRefusal.UnknownApiKey, refused.Refusal);
        Assert.NotNull(await FindAsync(controller, made.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sr_")]
    [InlineData("sr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sr_ăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăă")]
    public async Task What_is_no_key_opens_nothing(string key)
    {
        await using var controller = await TestController.StartAsync();

        Assert.Null(await FindAsync(controller, key));
    }

    [Fact]
    public async Task Its_use_is_noted_to_the_minute()
    {
        await using var controller = await TestController.StartAsync();
        var made = await CreateAsync(controller, "Trung tâm");
        var first = controller.Time.GetUtcNow();

        await FindAsync(controller, made.Key);
        controller.Time.Advance(TimeSpan.FromSeconds(30));
        await FindAsync(controller, made.Key);

        await using var db = await controller.OpenAsync();
        Assert.Equal(first, (await db.ApiKeys.SingleAsync()).LastUsedAt);
    }

    [Fact]
    public async Task The_program_itself_gets_no_key()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<CreateApiKey>().HandleAsync("Trung tâm", Actor.Program, CancellationToken.None));

        Assert.Equal(Refusal.NotAllowed, refused.Refusal);
    }

    private static Task<NewApiKey> CreateAsync(TestController controller, string name) =>
        controller.Get<CreateApiKey>().HandleAsync(name, TestController.Officer, CancellationToken.None);

    private static Task<Actor?> FindAsync(TestController controller, string key) =>
        controller.Get<ApiKeyQuery>().FindActorAsync(key, CancellationToken.None);
}
