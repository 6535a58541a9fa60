using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public async Task The_migrations_make_exactly_the_schema_of_the_model()
    {
        await using var controller = await TestController.StartAsync();
        var fresh = Path.Combine(controller.Folder, "fresh.db");
        await using (var db = new RadioDb(new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={fresh}").Options))
        {
            await db.Database.EnsureCreatedAsync();
        }

        Assert.Equal(await SchemaAsync(fresh), await SchemaAsync(controller.Get<DataFolder>().Database));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var controller = await TestController.StartAsync();
        await controller.AddAreaAsync("1");
        var before = await SchemaAsync(controller.Get<DataFolder>().Database);

        await controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None);

        Assert.Equal(before, await SchemaAsync(controller.Get<DataFolder>().Database));
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Areas.CountAsync());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        await db.Database.ExecuteSqlRawAsync("insert into __EFMigrationsHistory values ('29990101000000_Future', '10.0.0')");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None));

        Assert.Contains("29990101000000_Future", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_committed_is_flushed_to_the_disk()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();

        // With FULL (2) the write-ahead log is flushed at every commit, not only at checkpoints.
        Assert.Equal("wal", await PragmaAsync(db, "pragma journal_mode"));
        Assert.Equal(2L, await PragmaAsync(db, "pragma synchronous"));
    }

    [Fact]
    public async Task Readers_do_not_wait_for_the_writer()
    {
        await using var controller = await TestController.StartAsync();
        await using var writer = await controller.OpenAsync();
        await using var writing = await writer.Database.BeginTransactionAsync();
        await using var reader = await controller.OpenAsync();

        Assert.Equal(1, await reader.Users.CountAsync());
    }

    [Fact]
    public async Task What_belongs_together_cannot_be_torn_apart()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        await using var db = await controller.OpenAsync();

        await Assert.ThrowsAsync<SqliteException>(() => db.Areas.Where(row => row.Id == area.Id).ExecuteDeleteAsync());
    }

    private static async Task<object?> PragmaAsync(RadioDb db, string pragma)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return await command.ExecuteScalarAsync();
    }

    private static async Task<List<string>> SchemaAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        var command = connection.CreateCommand();
        command.CommandText = """
            select name || ': ' || sql from sqlite_master
            where sql is not null and name not like '\_\_EF%' escape '\' and name not like 'QRTZ%' and tbl_name not like 'QRTZ%'
            order by name
            """;
        await using var rows = await command.ExecuteReaderAsync();
        var schema = new List<string>();
        while (await rows.ReadAsync())
        {
            schema.Add(rows.GetString(0));
        }

        Assert.NotEmpty(schema);
        return schema;
    }
}
