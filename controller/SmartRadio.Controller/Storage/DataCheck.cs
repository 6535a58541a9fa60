using Microsoft.Data.Sqlite;

namespace SmartRadio.Controller.Storage;

/// <summary>What keeps the program from working on a data folder.</summary>
public enum DataFault
{
    /// <summary>Sounds or keys are there, and no database: a start would make an empty one and lose them.</summary>
    DatabaseMissing,

    /// <summary>The database cannot be read to its end.</summary>
    DatabaseDamaged,

    /// <summary>The database may not be written.</summary>
    DatabaseReadOnly,

    /// <summary>The keys that open the nodes' secrets are gone.</summary>
    KeysMissing,

    /// <summary>Most files belong to no row of the database: it is another one, or much older.</summary>
    DatabaseForeign,
}

/// <summary>The data cannot be worked on as they are; nothing was changed.</summary>
public sealed class DataFaultException(DataFault fault, string path, Exception? inner = null)
    : Exception($"{fault}: {path}", inner)
{
    public DataFault Fault { get; } = fault;

    /// <summary>What is concerned.</summary>
    public string Path { get; } = path;
}

/// <summary>Looks at the data folder before anything is written there.</summary>
public static class DataCheck
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private const string KeyFiles = "key-*.xml";

    /// <summary>Folder of keys that somebody else may have; moved there by the operator, who knows what is lost.</summary>
    private const string Stolen = "stolen";

    private static readonly string[] Sounds = ["bulletins", "objects"];

    /// <summary>Checks what a start would rely on. An empty folder is sound: it is a first start.</summary>
    /// <param name="folder">The data folder; it need not exist.</param>
    /// <exception cref="DataFaultException">It must not be worked on.</exception>
    public static void Check(string folder)
    {
        var database = Path.Combine(folder, DataFolder.DatabaseName);
        var keys = Path.Combine(folder, "keys");
        if (!File.Exists(database))
        {
            // A certificate may lie beside the keys before a first start.
            var full = Sounds.Select(name => Path.Combine(folder, name)).FirstOrDefault(sounds => Has(sounds, "*"))
                ?? (Has(keys, KeyFiles) ? keys : null);
            if (full is not null)
            {
                throw new DataFaultException(DataFault.DatabaseMissing, full);
            }

            return;
        }

        CheckWritable(database);
        var secrets = CountSecrets(database);
        if (secrets > 0 && !Has(keys, KeyFiles) && !Has(Path.Combine(keys, Stolen), KeyFiles))
        {
            throw new DataFaultException(DataFault.KeysMissing, keys);
        }
    }

    private static bool Has(string folder, string pattern) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, pattern).Any();

    private static void CheckWritable(string database)
    {
        try
        {
            using var file = new FileStream(
                database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new DataFaultException(DataFault.DatabaseReadOnly, database, error);
        }
    }

    /// <summary>
    /// Reads the whole database once, and says how many rows it has that the keys open; 0 before its first migration.
    /// </summary>
    private static long CountSecrets(string database)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
            connection.Open();
            if (Ask(connection, "pragma quick_check(1)") is not "ok")
            {
                throw new DataFaultException(DataFault.DatabaseDamaged, database);
            }

            return Ask(connection, "select count(*) from sqlite_master where name in ('Nodes', 'AspNetUserTokens')") is 2L
                ? (long)Ask(connection, "select (select count(*) from Nodes) + (select count(*) from AspNetUserTokens)")!
                : 0;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            throw new DataFaultException(DataFault.DatabaseDamaged, database, error);
        }
    }

    private static object? Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return command.ExecuteScalar();
    }
}
