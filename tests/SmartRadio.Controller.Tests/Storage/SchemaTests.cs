using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

/// <summary>Model, snapshot and migrations say the same, and what is released stays as it is.</summary>
public sealed class SchemaTests : IDisposable
{
    /// <summary>The last migration that was written by hand, without a snapshot.</summary>
    private const string LastByHand = "20261122030000_Releases";

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-schema-").FullName;

    [Fact]
    public async Task Snapshot_is_of_this_model()
    {
        await using var db = Open("model.db");

        Assert.False(
            db.Database.HasPendingModelChanges(),
            "The model has changed: dotnet ef migrations add NAME --project controller/SmartRadio.Controller --output-dir Storage/Migrations");
    }

    [Fact]
    public async Task Migrations_make_the_schema_of_the_model()
    {
        await using var migrated = Open("migrated.db");
        await migrated.Database.MigrateAsync();
        await using var made = Open("made.db");
        await made.Database.EnsureCreatedAsync();

        Assert.Equal(
            await DatabaseSchema.MeaningAsync(PathOf("made.db")), await DatabaseSchema.MeaningAsync(PathOf("migrated.db")));
    }

    [Fact]
    public async Task Released_migrations_make_the_released_schema()
    {
        await using var db = Open("released.db");
        await db.GetService<IMigrator>().MigrateAsync(LastByHand);

        Assert.Equal(await ReleasedAsync(), string.Join('\n', await DatabaseSchema.TextAsync(PathOf("released.db"))) + "\n");
    }

    [Fact]
    public async Task Released_database_upgrades_to_the_schema_of_the_model()
    {
        await using var released = Open("upgraded.db");
        await released.Database.ExecuteSqlRawAsync(await ReleasedAsync());
        await released.Database.ExecuteSqlRawAsync(
            "create table __EFMigrationsHistory (MigrationId text primary key, ProductVersion text not null)");
        foreach (var migration in released.Database.GetMigrations().TakeWhile(id => string.CompareOrdinal(id, LastByHand) <= 0))
        {
            await released.Database.ExecuteSqlAsync($"insert into __EFMigrationsHistory values ({migration}, '10.0.12')");
        }

        await released.Database.MigrateAsync();

        await using var made = Open("made.db");
        await made.Database.EnsureCreatedAsync();
        Assert.Equal(
            await DatabaseSchema.MeaningAsync(PathOf("made.db")), await DatabaseSchema.MeaningAsync(PathOf("upgraded.db")));
    }

    [Fact]
    public async Task Migrations_leave_column_types_to_the_database()
    {
        await using var db = Open("types.db");
        var migrations = db.GetService<IMigrationsAssembly>();

        var typed = from migration in migrations.Migrations
                    from operation in migrations.CreateMigration(migration.Value, db.Database.ProviderName!).UpOperations
                    from column in operation is CreateTableOperation table
                        ? table.Columns
                        : new[] { operation }.OfType<ColumnOperation>()
                    where column.ColumnType is not null
                    select $"{migration.Key}: {column.Table}.{column.Name}: {column.ColumnType}";

        Assert.Empty(typed);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> ReleasedAsync()
    {
        await using var stored = typeof(SchemaTests).Assembly.GetManifestResourceStream("released-schema.sql")!;
        using var reader = new StreamReader(stored);
        return await reader.ReadToEndAsync();
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private RadioDb Open(string file) =>
        new(new DbContextOptionsBuilder<RadioDb>().UseSqlite($"Data Source={PathOf(file)};Pooling=False").Options);
}
