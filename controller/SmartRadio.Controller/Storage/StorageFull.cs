using Microsoft.Data.Sqlite;
using SmartRadio.Audio;

namespace SmartRadio.Controller.Storage;

/// <summary>Tells a full disk from other failures, of files and of the database.</summary>
internal static class StorageFull
{
    private const int SqliteFull = 13; // SQLITE_FULL

    public static bool Is(Exception error) => error switch
    {
        IOException io => FullDisk.Is(io),
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
