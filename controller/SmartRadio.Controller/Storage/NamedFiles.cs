using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SmartRadio.Controller.Storage;

/// <summary>The files of the data folder that the rows of a database name, and how a bulletin's are called.</summary>
internal static class NamedFiles
{
    /// <summary>Name of a bulletin's prepared sound, from which every codec is encoded.</summary>
    public const string Master = "master.wav";

    /// <summary>Name of the small file a browser plays.</summary>
    public const string Preview = "preview.mp3";

    private const int HashDigits = 16;

    /// <summary>The name once a sound took the place of the one before it; null without a hash.</summary>
    public static string? Replaced(string hash, string name) =>
        hash.Length >= HashDigits ? $"{hash[..HashDigits]}.{name}" : null;

    /// <summary>What is named and not there.</summary>
    /// <param name="database">A copy of it, of this version or an older one.</param>
    /// <param name="has">Whether a path below the data folder is there.</param>
    /// <param name="stays">Whether nothing took its place since the database was copied.</param>
    public static HashSet<string> Missing(string database, Func<string, bool> has, Func<string, bool> stays)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in Read(connection, "Bulletins", "Id", "Hash"))
        {
            var (folder, hash) = ($"bulletins/{row[0]}", row[1]);
            if (hash.Length > 0)
            {
                missing.UnionWith(new[] { Master, Preview }
                    .Select(name => (First: $"{folder}/{name}", Later: $"{folder}/{Replaced(hash, name)}"))
                    .Where(file => !has(file.Later) && !(has(file.First) && stays(file.First))).Select(file => file.Later));
            }
        }

        var objects = Read(connection, "Objects", "Id").Concat(Read(connection, "Releases", "ObjectId"));
        missing.UnionWith(objects.Select(row => $"objects/{row[0]}").Where(path => !has(path)));
        return missing;
    }

    // An older version has no such table yet.
    private static IEnumerable<string[]> Read(SqliteConnection connection, string table, params string[] columns)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from sqlite_master where name = $table";
        command.Parameters.AddWithValue("$table", table);
        if (command.ExecuteScalar() is not 1L)
        {
            yield break;
        }

        command.CommandText = $"select {string.Join(", ", columns)} from {table}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return [.. columns.Select((_, at) => Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture)!)];
        }
    }
}
