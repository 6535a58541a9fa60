using Microsoft.Data.Sqlite;

namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>Carries out changes, each statement prepared once.</summary>
internal sealed class StoreTransactions(SqliteConnection database) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>All of them or, when it throws, none.</summary>
    public void Write(ChangeBatch batch)
    {
        if (batch.Changes.Count == 0)
        {
            return;
        }

        using var transaction = database.BeginTransaction();
        foreach (var (sql, values) in batch.Changes)
        {
            Execute(transaction, sql, values);
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
    }

    private void Execute(SqliteTransaction transaction, string sql, object?[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = database.CreateCommand();
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
