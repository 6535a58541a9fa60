using Microsoft.Data.Sqlite;
using SmartRadio.Audio.Files;

namespace SmartRadio.Controller.Storage;

/// <summary>Tells a full disk from other failures, of files and of the database.</summary>
internal static class StorageFull
{
    private const int SqliteFull = 13; // SQLITE_FULL

    /// <summary>SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log (sqlite.org/rescode.html).</summary>
    private const int NoRoomForIndex = 4874;

    public static bool Is(Exception error) => error switch
    {
        IOException io => FullDisk.Is(io),
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull || sqlite.SqliteExtendedErrorCode == NoRoomForIndex,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
