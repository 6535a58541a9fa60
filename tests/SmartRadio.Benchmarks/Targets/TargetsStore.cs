using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using FleetNode = SmartRadio.Controller.Nodes.Node;

namespace SmartRadio.Benchmarks.Targets;

/// <summary>A controller with many nodes on a database in a file.</summary>
internal sealed class TargetsStore : IAsyncDisposable
{
    private static readonly Actor Officer = new("officer", "Cán bộ");
    private static readonly Audience Everyone = new([1], []);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-targets-");
    private readonly ServiceProvider _services;
    private readonly SqliteConnection _bare;
    private IReadOnlyList<FleetNode> _nodes = [];
    private Bulletin _bulletin = null!;
    private DateTimeOffset _start = new(2027, 1, 1, 5, 0, 0, TimeSpan.FromHours(7));

    private TargetsStore()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("SmartRadio:Data", _folder.FullName),
                new("SmartRadio:Limits:PersonBroadcasts", "100000"),
                new("SmartRadio:Limits:Broadcasts", "1000000"),
            ]).Build();
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<IConfiguration>(configuration);
        services.AddDataProtection();
        services.AddRadioController(configuration);
        _services = services.BuildServiceProvider();
        _bare = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "smartradio.db")};Pooling=False");
    }

    public static async Task<TargetsStore> MakeAsync(int nodes)
    {
        var store = new TargetsStore();
        await store._services.GetRequiredService<RadioDbStartup>().MigrateAsync(CancellationToken.None);
        await using var db = await store.OpenAsync();
        db.Users.Add(new Person { Id = Officer.PersonId!, UserName = "officer", DisplayName = Officer.Name });
        db.Roles.AddRange(Enum.GetValues<Role>().Select(role => new RoleGrant { PersonId = Officer.PersonId!, Role = role }));
        db.Areas.Add(new Area { Code = "1", Name = "Xã", Level = "Xã" });
        await db.SaveChangesAsync();
        db.Nodes.AddRange(Enumerable.Range(1, nodes).Select(number => new FleetNode
        {
            Id = number.ToString("x16", CultureInfo.InvariantCulture),
            Name = $"Cụm loa {number}",
            AreaId = 1,
        }));
        store._bulletin = new Bulletin
        {
            Title = "Bản tin",
            Length = TimeSpan.FromMinutes(5),
            Peaks = [],
            Hash = string.Empty,
            CreatedById = Officer.PersonId!,
            ApprovedAt = DateTimeOffset.UnixEpoch,
        };
        db.Bulletins.Add(store._bulletin);
        await db.SaveChangesAsync();
        db.Objects.Add(Sound(CodecId.ULaw8, 2_400_000));
        db.Objects.Add(Sound(CodecId.Ima8, 1_216_000));
        await db.SaveChangesAsync();
        store._nodes = await db.Nodes.AsNoTracking().ToListAsync();
        await store._bare.OpenAsync();
        return store;

        SoundObject Sound(CodecId codec, long bytes) =>
            new()
            {
                Id = Guid.NewGuid().ToString("N"),
                BulletinId = store._bulletin.Id,
                Codec = codec,
                Bytes = bytes,
                Samples = 2_400_000
            };
    }

    /// <summary>All that a press does but tell the nodes.</summary>
    public Task AirAsync() => _services.GetRequiredService<AirBulletin>().HandleAsync(
        new AirRequest(_bulletin.Id, BroadcastClass.Normal, Everyone, Next(), Tolerance: null), Officer, CancellationToken.None);

    /// <summary>The controller's own way to store a broadcast, in a transaction of its own.</summary>
    public async Task MakeAsync()
    {
        await using var db = await OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var draft = new BroadcastDraft(BroadcastClass.Normal, Everyone, Next(), TimeSpan.FromMinutes(1));
        await _services.GetRequiredService<BroadcastMaker>().MakeAsync(db, _nodes, _bulletin, draft, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>Every column of the newest broadcast and of its targets, with the number of the next broadcast.</summary>
    public async Task<(List<object[]> Broadcasts, List<object[]> Targets)> ReadAsync() =>
        (await RowsAsync("Broadcasts", "Id"), await RowsAsync("Targets", "BroadcastId"));

    /// <summary>Stores rows in one transaction with one prepared statement a table.</summary>
    public async Task InsertAsync((List<object[]> Broadcasts, List<object[]> Targets) rows)
    {
        await using var transaction = (SqliteTransaction)await _bare.BeginTransactionAsync();
        await InsertAsync(transaction, "Broadcasts", rows.Broadcasts);
        await InsertAsync(transaction, "Targets", rows.Targets);
        await transaction.CommitAsync();
    }

    /// <summary>What was stored becomes history.</summary>
    public async Task EndAsync()
    {
        await using var db = await OpenAsync();
        await db.Targets.Where(target => target.State < TargetState.Played)
            .ExecuteUpdateAsync(set => set.SetProperty(target => target.State, TargetState.Played));
    }

    public async ValueTask DisposeAsync()
    {
        await _bare.DisposeAsync();
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private Task<RadioDb> OpenAsync() => _services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();

    private DateTimeOffset Next() => _start += TimeSpan.FromSeconds(1);

    private async Task<List<object[]>> RowsAsync(string table, string key)
    {
        await using var command = _bare.CreateCommand();
        command.CommandText = $"""select * from "{table}" where "{key}" = (select max("Id") from "Broadcasts")""";
        await using var reader = await command.ExecuteReaderAsync();
        var broadcast = reader.GetOrdinal(key);
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            row[broadcast] = (long)row[broadcast] + 1;
            rows.Add(row);
        }

        return rows;
    }

    private async Task InsertAsync(SqliteTransaction transaction, string table, List<object[]> rows)
    {
        await using var command = _bare.CreateCommand();
        command.Transaction = transaction;
        var names = Enumerable.Range(0, rows[0].Length).Select(column => $"@p{column}").ToList();
        command.CommandText = $"""insert into "{table}" values ({string.Join(", ", names)})""";
        names.ForEach(name => command.Parameters.Add(new SqliteParameter { ParameterName = name }));
        await command.PrepareAsync();
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Length; column++)
            {
                command.Parameters[column].Value = row[column];
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
