using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// The log that commits go to. SQLite waits for the disk within a commit, while it holds the one lock for writing: on a slow disk
/// a warning would wait for everybody's flushes in turn. With <see cref="DeferAsync"/> a commit ends before the flush, and
/// <see cref="FlushAsync"/> waits for the disk while others write.
/// </summary>
/// <remarks>A crash of the program loses no commit; a power cut loses those that were not flushed, the newest ones.</remarks>
public sealed class WriteAheadLog(DataFolder data)
{
    /// <summary>Bytes of a log that is worth a checkpoint: SQLite's own 1,000 pages (sqlite.org/pragma.html).</summary>
    private const long Long = 1_000 * 4_096;

    // A checkpoint within a commit would be two flushes more.
    private const string Deferred = "pragma synchronous = normal; pragma wal_autocheckpoint = 0";
    private const string Usual = "pragma synchronous = full; pragma wal_autocheckpoint = 1000";

    private readonly Lock _lock = new();
    private Task _flush = Task.CompletedTask;
    private Task? _next;

    /// <summary>Puts a file on the disk, and takes as long as the disk does.</summary>
    internal Action<string> ToDisk { get; init; } = static path =>
    {
        using var file = System.IO.File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    };

    private string File => data.Database + "-wal";

    /// <summary>
    /// Until it is disposed, commits of this context are flushed by <see cref="FlushAsync"/> alone. Begin it before the transaction.
    /// </summary>
    public static async Task<IAsyncDisposable> DeferAsync(RadioDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var deferral = new Deferral(db);
        try
        {
            await deferral.SetAsync(Deferred);
            return deferral;
        }
        catch
        {
            await deferral.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits until all commits of before are on the disk. All who come while one flush is under way share the next: a slow disk
    /// keeps one thread, however many wait.
    /// </summary>
    /// <param name="isUrgent">Waits for no flush but its own: a warning would be late by that of another.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public Task FlushAsync(bool isUrgent = false)
    {
        // Without a log, as in the simulation, commits flush the database itself.
        if (!System.IO.File.Exists(File))
        {
            return Task.CompletedTask;
        }

#pragma warning disable RS0030 // Never in the simulation, see above.
        if (isUrgent)
        {
            return Task.Run(() => ToDisk(File));
        }

        lock (_lock)
        {
            var before = _flush;
            return _next ??= Task.Run(() => FlushAfterAsync(before));
        }
#pragma warning restore RS0030
    }

    // The flush under way may have begun before the commits of those who wait here.
    private async Task FlushAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // This goes on in the midst of the end of the flush before: whoever waits for that one must not wait for this one too.
        await Task.Yield();
        lock (_lock)
        {
            (_flush, _next) = (_next!, null);
        }

        ToDisk(File);
    }

    /// <summary>Brings a long log into the database. Nobody waits for it.</summary>
    public async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        if (new FileInfo(File) is not { Exists: true, Length: > Long })
        {
            return;
        }

        await using var connection = new SqliteConnection(data.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(passive)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Has a connection never wait for the disk; it belongs to a pool of its own.</summary>
    internal static void DeferAll(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Deferred;
        command.ExecuteNonQuery();
    }

    private sealed class Deferral(RadioDb db) : IAsyncDisposable
    {
        public async Task SetAsync(string pragmas)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = pragmas;
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await SetAsync(Usual);
            }
            catch (DbException) when (db.Database.GetDbConnection() is SqliteConnection connection)
            {
                // Nobody gets a connection from the pool whose commits are not flushed.
                SqliteConnection.ClearPool(connection);
                throw;
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }
    }
}
