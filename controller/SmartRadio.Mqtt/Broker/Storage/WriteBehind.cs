using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>One thread writes what all connections ask for; whatever has gathered meanwhile shares a transaction.</summary>
internal sealed class WriteBehind : IAsyncDisposable
{
    private const int MostInOneTransaction = 5_000;

    private readonly SqliteConnection _database;
    private readonly ILogger _logger;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly Channel<(string Sql, object?[] Values, TaskCompletionSource<bool>? Committed)> _changes =
        Channel.CreateUnbounded<(string, object?[], TaskCompletionSource<bool>?)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _writing;
    private int _waiting;

    public WriteBehind(SqliteConnection database, ILogger logger)
    {
        _database = database;
        _logger = logger;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Changes are carried out in the order they are added.</summary>
    public void Add(string sql, params object?[] values)
    {
        Interlocked.Increment(ref _waiting);
        _changes.Writer.TryWrite((sql, values, null));
    }

    /// <summary>True once all that was added before is safe from a crash of this process; false when it could not be written.</summary>
    public ValueTask<bool> CommitAsync()
    {
        if (Volatile.Read(ref _waiting) == 0)
        {
            return ValueTask.FromResult(true);
        }

        var committed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changes.Writer.TryWrite(("", [], committed)) ? new ValueTask<bool>(committed.Task) : ValueTask.FromResult(false);
    }

    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _writing;
        foreach (var command in _prepared.Values)
        {
            await command.DisposeAsync();
        }
    }

    private async Task WriteAsync()
    {
        var waiters = new List<TaskCompletionSource<bool>>();
        while (await _changes.Reader.WaitToReadAsync())
        {
            var count = 0;
            bool written;
            try
            {
                using var transaction = _database.BeginTransaction();
                while (count < MostInOneTransaction && _changes.Reader.TryRead(out var change))
                {
                    if (change.Committed is not null)
                    {
                        waiters.Add(change.Committed);
                        continue;
                    }

                    count++;
                    Execute(transaction, change.Sql, change.Values);
                }

                transaction.Commit();
                written = true;
            }
            catch (SqliteException e)
            {
                _logger.LogError(e, "The MQTT store could not be written; what was published meanwhile is not acknowledged");
                written = false;
            }

            Interlocked.Add(ref _waiting, -count);
            waiters.ForEach(w => w.SetResult(written));
            waiters.Clear();
        }
    }

    private void Execute(SqliteTransaction transaction, string sql, object?[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _database.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${i + 1}", DBNull.Value);
            }

            _prepared.Add(sql, command);
        }

        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}
