using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Access;

public sealed class ApiKeyTests
{
    [Fact]
    public async Task A_key_lets_a_program_act_as_its_person()
    {
        await using var controller = await TestController.StartAsync();

        var made = await CreateAsync(controller, "Trung tâm");

        Assert.Matches("^sr_[A-Za-z0-9_-]{43}$", made.Key);
        Assert.Equal(
            new Actor(TestController.Officer.PersonId, "Cán bộ (Trung tâm)") { KeyId = made.Row.Id },
            await FindAsync(controller, made.Key));
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
    public async Task Key_beyond_the_most_of_a_person_is_refused_until_one_ends()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:ApiKeys", "1"));
        var first = await CreateAsync(controller, "Một");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => CreateAsync(controller, "Hai"));
        await controller.Get<RevokeApiKey>().HandleAsync(first.Row.Id, TestController.Officer, CancellationToken.None);
        await CreateAsync(controller, "Hai");
        controller.Time.Advance(TimeSpan.FromDays(31));
        await CreateAsync(controller, "Ba");

        Assert.Equal((AccessRefusal.TooManyApiKeys, 1), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var made = await CreateAsync(controller, "Trung tâm");

        await controller.Get<RevokeApiKey>().HandleAsync(made.Row.Id, TestController.Officer, CancellationToken.None);

        Assert.Null(await FindAsync(controller, made.Key));
        var row = Assert.Single(
            (await controller.Get<ApiKeyQuery>().ListAsync(
                TestController.Officer.PersonId!, after: null, 10, CancellationToken.None)).Rows);
        Assert.NotNull(row.RevokedAt);
    }

    [Fact]
    public async Task Only_its_owner_revokes_a_key()
    {
        await using var controller = await TestController.StartAsync();
        var made = await CreateAsync(controller, "Trung tâm");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<RevokeApiKey>()
                .HandleAsync(made.Row.Id, new Actor("another", "Another"), CancellationToken.None));

        Assert.Equal(AccessRefusal.UnknownApiKey, refused.Refusal);
        Assert.NotNull(await FindAsync(controller, made.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sr_")]
    [InlineData("sr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sr_ăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăă")]
    public async Task Wrong_key_opens_nothing(string key)
    {
        await using var controller = await TestController.StartAsync();

        Assert.Null(await FindAsync(controller, key));
    }

    [Fact]
    public async Task Key_use_is_noted_to_the_minute()
    {
        await using var controller = await TestController.StartAsync();
        var made = await CreateAsync(controller, "Trung tâm");
        var first = controller.Time.GetUtcNow();

        await FindAsync(controller, made.Key);
        controller.Time.Advance(TimeSpan.FromSeconds(30));
        await FindAsync(controller, made.Key);

        await controller.RunAsync<KeyUseNotes>();
        await using var db = await controller.OpenAsync();
        var noted = await Poll.UntilAsync(
            "the use is noted", () => db.ApiKeys.Select(key => key.LastUsedAt).SingleAsync(), static at => at is not null);
        Assert.Equal(first, noted);
    }

    [Fact]
    public async Task Its_use_waits_for_no_database_that_another_program_holds()
    {
        await using var controller = await TestController.StartAsync();
        await controller.RunAsync<KeyUseNotes>();
        var made = await CreateAsync(controller, "Trung tâm");
        await using var other = new SqliteConnection($"Data Source={Path.Combine(controller.Folder, "smartradio.db")}");
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();

        var since = Stopwatch.GetTimestamp();
        Assert.NotNull(await FindAsync(controller, made.Key));

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 0.9);
    }

    [Fact]
    public async Task The_program_itself_gets_no_key()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.CreateKeyAsync(Actor.Program));

        Assert.Equal(Refusal.NotAllowed, refused.Refusal);
    }

    [Fact]
    public async Task Key_carries_only_roles_that_its_person_holds()
    {
        await using var controller = await TestController.StartAsync();
        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(grant => grant.Role == Role.AlertOfficer).ExecuteDeleteAsync();
        }

        Assert.Equal(
            AccessRefusal.RoleNotHeld,
            await RefusalAsync(() => controller.CreateKeyAsync(TestController.Officer, roles: Role.AlertOfficer)));
        Assert.Equal(AccessRefusal.RoleNotHeld, await RefusalAsync(() => RequestAsync(controller, [], days: 1)));
        Assert.Equal(
            AreaRefusal.UnknownArea, await RefusalAsync(() => controller.CreateKeyAsync(TestController.Officer, area: 404)));
        Assert.Equal(
            "Editor,Monitor",
            (await controller.CreateKeyAsync(
                TestController.Officer, roles: [Role.Monitor, Role.Editor, Role.Monitor])).Row.Roles);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(733)]
    public async Task Key_without_a_sensible_end_is_refused(int days)
    {
        await using var controller = await TestController.StartAsync();

        Assert.Equal(AccessRefusal.ExpiryOutOfRange, await RefusalAsync(() => RequestAsync(controller, [Role.Editor], days)));
    }

    [Fact]
    public async Task Expired_key_opens_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var made = await CreateAsync(controller, "Trung tâm");

        controller.Time.Advance(TimeSpan.FromDays(30));

        Assert.Null(await FindAsync(controller, made.Key));
    }

    private static Task<NewApiKey> RequestAsync(TestController controller, IReadOnlyList<Role> roles, int days) =>
        controller.Get<CreateApiKey>().HandleAsync(
            new CreateApiKeyRequest("Máy", roles, AreaId: null, controller.Time.GetUtcNow().AddDays(days)),
            TestController.Officer, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> ask) => (await Assert.ThrowsAsync<RefusedException>(ask)).Refusal;

    /// <summary>Ended keys stay as rows; a page that shows some of them must not hide one that opens something.</summary>
    [Fact]
    public async Task Key_that_opens_something_comes_before_newer_ones_that_ended()
    {
        await using var controller = await TestController.StartAsync();
        var open = await CreateAsync(controller, "Trung tâm");
        var ended = await CreateAsync(controller, "Kho");
        await controller.Get<RevokeApiKey>().HandleAsync(ended.Row.Id, TestController.Officer, CancellationToken.None);

        var (rows, total) = await controller.Get<ApiKeyQuery>().OpenFirstAsync(
            TestController.Officer.PersonId!, 1, CancellationToken.None);

        Assert.Equal((open.Row.Id, 2), (Assert.Single(rows).Id, total));
    }

    private static Task<NewApiKey> CreateAsync(TestController controller, string name) =>
        controller.CreateKeyAsync(TestController.Officer, name);

    private static Task<Actor?> FindAsync(TestController controller, string key) =>
        controller.Get<ApiKeyQuery>().FindActorAsync(key, CancellationToken.None);
}
