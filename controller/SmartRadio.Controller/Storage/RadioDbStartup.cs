using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Audio.Files;

namespace SmartRadio.Controller.Storage;

/// <summary>Brings the database to this version of the program. Called once, before anything else touches it.</summary>
/// <remarks>
/// SQLite rebuilds a table outside a transaction, so an upgrade that is cut leaves a database that is of no version. A copy of
/// before lies beside it until the upgrade is done; the next start begins again from the copy.
/// One connection stays open until the program ends. Whoever opens the first one makes the log's index anew, for which a full
/// disk has no room: then not even reading would go, and with it no stop.
/// </remarks>
public sealed class RadioDbStartup(
    IDbContextFactory<RadioDb> databases, DataFolder data, IEnumerable<IDerivedColumns> derived) : IDisposable
{
    private SqliteConnection? _kept;

    private string Copy => data.Database + ".before-upgrade";

    /// <exception cref="InvalidOperationException">
    /// A newer version of the program has been at work here; nothing was changed.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        _kept?.Dispose();
        UndoCutUpgrade();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(
            db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"The database was made by a newer version of the program (it has {unknown[^1]}). Start that version.");
        }

        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await CopyAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            File.Delete(Copy);
        }

        // A restored database comes without: its readers and writers would wait for each other.
        await db.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancellationToken);
        await KeepOpenAsync(cancellationToken);
        await RenewAsync(db, cancellationToken);
    }

    public void Dispose() => _kept?.Dispose();

    // One transaction: twenty thousand rows are written after an upgrade.
    private async Task RenewAsync(RadioDb db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var columns in derived)
        {
            await columns.RenewAsync(db, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    // Outside the pool, which closes what nobody uses. It is the first read that makes the index.
    private async Task KeepOpenAsync(CancellationToken cancellationToken)
    {
        _kept = new SqliteConnection(data.ConnectionString + ";Pooling=False");
        await _kept.OpenAsync(cancellationToken);
        await using var look = _kept.CreateCommand();
        look.CommandText = "select count(*) from sqlite_master";
        await look.ExecuteScalarAsync(cancellationToken);
    }

    // The log of the half-made database goes first: it must never meet the copy.
    private void UndoCutUpgrade()
    {
        if (!File.Exists(Copy))
        {
            return;
        }

        SqliteConnection.ClearAllPools();
        File.Delete(data.Database + "-wal");
        File.Delete(data.Database + "-shm");
        File.Move(Copy, data.Database, overwrite: true);
    }

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        using var copy = new NewFile(Copy, isPrivate: true);
        await Backup.CopyAsync(data.Database, copy.PartialPath, cancellationToken);
        copy.Keep();
    }
}
