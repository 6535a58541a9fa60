using Microsoft.Data.Sqlite;

namespace SmartRadio.Controller.Storage;

/// <summary>Tells that the database is held, for longer than a command waits (30 s), from other failures.</summary>
public static class StorageBusy
{
    private const int SqliteBusy = 5; // SQLITE_BUSY
    private const int SqliteLocked = 6; // SQLITE_LOCKED

    public static bool Is(Exception? error) => error switch
    {
        StorageBusyException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
