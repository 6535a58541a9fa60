using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var controller = await TestController.StartAsync();
        await controller.AddAreaAsync("1");
        var before = await DatabaseSchema.TextAsync(controller.Get<DataFolder>().Database);

        await controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None);

        Assert.Equal(before, await DatabaseSchema.TextAsync(controller.Get<DataFolder>().Database));
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Areas.CountAsync());
    }

    [Fact]
    public async Task Reports_of_nodes_are_still_known_after_an_upgrade()
    {
        await using var controller = await TestController.StartAsync();
        var old = Path.Combine(controller.Folder, "old.db");
        await using var db = new RadioDb(
            new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={old};Pooling=False").Options);
        await db.GetService<IMigrator>().MigrateAsync("20261122010000_NodeSecrets");
        await db.Database.ExecuteSqlRawAsync(
            """
            insert into Areas (Id, Code, Name, Level, ValidFrom) values (1, '1', 'Xã', 'Xã', '2025-01-01');
            insert into Nodes (Id, Name, AreaId, ProtectedSecret, KeyId, Volume, LowData, PlanNumber, CreatedAt)
            values ('0011223344556677', 'Loa', 1, x'00', 0, 80, 0, 0, 0);
            insert into NodeStatuses (NodeId, Online, Firmware, Hardware, Codecs, PlanNumber, UpCounter, Volume, Signal,
                StorageSize, StorageFree, ClockOffset, Temperature, Supply, Uptime, Refused)
            values ('0011223344556677', 1, '1.0', 'esp32', 14, 7, 12884901895, 80, -67, 1, 1, 0, 35.0, 12000, 60, 0);
            """);

        await db.Database.MigrateAsync();

        var status = Assert.Single(await db.NodeStatuses.ToListAsync());
        Assert.Equal(
            (12884901895, "1.0", -67, LineState.NotMeasured, ""),
            (status.UpCounter, status.Firmware, status.Signal, status.Line, status.UpdateVersion));
    }

    [Fact]
    public async Task Programmes_with_a_siren_are_found_in_an_upgrade()
    {
        await using var controller = await TestController.StartAsync();
        var old = Path.Combine(controller.Folder, "old.db");
        await using var db = new RadioDb(
            new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={old};Pooling=False").Options);
        await db.GetService<IMigrator>().MigrateAsync("20261129120000_CodeSteps");
        await db.Database.ExecuteSqlRawAsync(
            """
            insert into AspNetUsers (Id, DisplayName, UserName, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled,
                LockoutEnabled, AccessFailedCount, LastCodeStep) values ('an', 'An', 'an', 0, 0, 0, 0, 0, 0);
            insert into Bulletins (Id, Title, Origin, Length, Loudness, SourceLoudness, Peaks, Hash, CreatedById, CreatedAt)
            values (1, 'A', 0, 1, 0, 0, x'00', 'a', 'an', 0), (2, 'B', 2, 1, 0, 0, x'00', 'b', 'an', 0),
                (3, 'C', 2, 1, 0, 0, x'00', 'c', 'an', 0), (4, 'D', 0, 1, 0, 0, x'00', 'd', 'an', 0);
            insert into BulletinParts (BulletinId, Position, Kind, Cue, SourceId, Start, Length)
            values (1, 0, 0, 3, null, 0, 1), (2, 0, 3, null, 1, 0, 1), (3, 0, 3, null, 2, 0, 1), (4, 0, 0, 1, null, 0, 1);
            """);

        await db.Database.MigrateAsync();

        Assert.Equal(
            [1, 2, 3], await db.Bulletins.Where(row => row.HoldsSiren).Select(row => row.Id).Order().ToListAsync());
    }

    [Fact]
    public async Task Repeats_are_counted_from_start_to_start_after_an_upgrade()
    {
        await using var controller = await TestController.StartAsync();
        var old = Path.Combine(controller.Folder, "old.db");
        await using var db = new RadioDb(
            new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={old};Pooling=False").Options);
        await db.GetService<IMigrator>().MigrateAsync("20261130170000_ScheduleSeries");
        // 90 seconds of sound.
        await db.Database.ExecuteSqlRawAsync(
            """
            insert into AspNetUsers (Id, DisplayName, UserName, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled,
                LockoutEnabled, AccessFailedCount, LastCodeStep) values ('an', 'An', 'an', 0, 0, 0, 0, 0, 0);
            insert into Bulletins (Id, Title, Origin, Length, Loudness, SourceLoudness, Peaks, Hash, CreatedById, CreatedAt)
            values (1, 'A', 0, 90000, 0, 0, x'00', 'a', 'an', 0);
            insert into Schedules (Id, BulletinId, Class, Audience, "From", Times, Recurrence, Weekdays, Repeats, Gap, Tolerance,
                PlannedThrough, CreatedById, CreatedAt)
            values (1, 1, 0, '{{"Areas":[],"Nodes":[]}}', '2026-11-20', '[]', 1, 0, 3, 300000, 0, 0, 'an', 0),
                (2, 1, 0, '{{"Areas":[],"Nodes":[]}}', '2026-11-20', '[]', 1, 0, 3, 330000, 0, 0, 'an', 0),
                (3, 1, 0, '{{"Areas":[],"Nodes":[]}}', '2026-11-20', '[]', 1, 0, 1, 300000, 0, 0, 'an', 0);
            """);

        await db.Database.MigrateAsync();

        Assert.Equal(
            [7.0, 7.0, 5.0],
            (await db.Schedules.OrderBy(row => row.Id).Select(row => row.Distance).ToListAsync())
                .ConvertAll(distance => distance.TotalMinutes));
    }

    [Fact]
    public async Task Versions_know_their_first_one_after_an_upgrade()
    {
        await using var controller = await TestController.StartAsync();
        var old = Path.Combine(controller.Folder, "old.db");
        await using var db = new RadioDb(
            new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={old};Pooling=False").Options);
        await db.GetService<IMigrator>().MigrateAsync("20261129222000_TextDrafts");
        await db.Database.ExecuteSqlRawAsync(
            """
            insert into Bulletins (Id, Title, Origin, Length, Loudness, SourceLoudness, Peaks, Hash, CreatedById, CreatedAt,
                PreviousId)
            values (1, 'A', 0, 1, 0, 0, x'00', 'a', 'an', 0, null), (2, 'B', 0, 1, 0, 0, x'00', 'b', 'an', 0, null),
                (3, 'A', 0, 1, 0, 0, x'00', 'c', 'an', 0, 1), (4, 'B', 0, 1, 0, 0, x'00', 'd', 'an', 0, 2),
                (5, 'A', 0, 1, 0, 0, x'00', 'e', 'an', 0, 3), (6, 'A', 0, 1, 0, 0, x'00', 'f', 'an', 0, 1);
            """);

        await db.Database.MigrateAsync();

        Assert.Equal(
            [null, null, 1, 2, 1, 1], await db.Bulletins.OrderBy(row => row.Id).Select(row => row.RootId).ToListAsync());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        await db.Database.ExecuteSqlRawAsync("insert into __EFMigrationsHistory values ('29990101000000_Future', '10.0.0')");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None));

        Assert.Contains("29990101000000_Future", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_upgrade_begins_again_from_the_database_of_before()
    {
        await using var controller = await TestController.StartAsync();
        var data = controller.Get<DataFolder>();
        controller.Get<RadioDbStartup>().Dispose();
        await MakeOldAsync(data.Database);
        var cut = new CutFactory(data.Database, "PRAGMA foreign_keys = 1");
        using var startup = new RadioDbStartup(cut, data, []);
        await Assert.ThrowsAsync<IOException>(() => startup.MigrateAsync(CancellationToken.None));

        await controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None);

        await using var db = await controller.OpenAsync();
        Assert.Equal("Cũ", (await db.Areas.SingleAsync()).Name);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal([DataFolder.DatabaseName], Directory.GetFiles(data.Root, "*.db*").Select(Path.GetFileName)
            .Where(name => !name!.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Committed_change_is_flushed_to_the_disk()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();

        // With FULL (2) the write-ahead log is flushed at every commit, not only at checkpoints.
        Assert.Equal("wal", await PragmaAsync(db, "pragma journal_mode"));
        Assert.Equal(2L, await PragmaAsync(db, "pragma synchronous"));
    }

    /// <summary>A copy made by SQLite, as a back-up holds it, has no write-ahead log.</summary>
    [Fact]
    public async Task Restored_database_gets_its_write_ahead_log_again()
    {
        await using var controller = await TestController.StartAsync();
        controller.Get<RadioDbStartup>().Dispose();
        await using var db = await controller.OpenAsync();
        Assert.Equal("delete", await PragmaAsync(db, "pragma journal_mode = delete"));

        await controller.Get<RadioDbStartup>().MigrateAsync(CancellationToken.None);

        // A connection reads the mode anew with its next transaction.
        Assert.Equal(0, await db.Areas.CountAsync());
        Assert.Equal("wal", await PragmaAsync(db, "pragma journal_mode"));
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
    public async Task Rows_that_belong_together_cannot_be_torn_apart()
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

    // In place of the newest, as a version of before left it.
    private static async Task MakeOldAsync(string path)
    {
        SqliteConnection.ClearAllPools();
        Array.ForEach(Directory.GetFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}*"), File.Delete);
        await using var db = new RadioDb(
            new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={path};Pooling=False").Options);
        await db.GetService<IMigrator>().MigrateAsync("20261122010000_NodeSecrets");
        await db.Database.ExecuteSqlRawAsync(
            "insert into Areas (Id, Code, Name, Level, ValidFrom) values (1, '1', 'Cũ', 'Xã', '2025-01-01')");
    }

    /// <summary>Fails, as a killed program does, at the first command of this text.</summary>
    private sealed class CutFactory(string path, string text) : DbCommandInterceptor, IDbContextFactory<RadioDb>
    {
        public RadioDb CreateDbContext() => new(
            new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={path};Pooling=False").AddInterceptors(this)
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning))
                .Options);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
            CancellationToken cancellationToken = default) =>
            command.CommandText.Contains(text, StringComparison.OrdinalIgnoreCase)
                ? throw new IOException("cut")
                : ValueTask.FromResult(result);
    }
}
