using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Audio.Files;

namespace SmartRadio.Controller.Storage;

/// <summary>Brings the database to this version of the program. Called once, before anything else touches it.</summary>
/// <remarks>
/// SQLite rebuilds a table outside a transaction, so an upgrade that is cut leaves a database that is of no version. A copy of
/// before lies beside it until the upgrade is done; the next start begins again from the copy.
/// </remarks>
public sealed class RadioDbStartup(IDbContextFactory<RadioDb> databases, DataFolder data)
{
    private string Copy => data.Database + ".before-upgrade";

    /// <exception cref="InvalidOperationException">
    /// A newer version of the program has been at work here; nothing was changed.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
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
