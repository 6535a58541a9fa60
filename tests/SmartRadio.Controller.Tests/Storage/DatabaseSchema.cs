using Microsoft.Data.Sqlite;

namespace SmartRadio.Controller.Tests.Storage;

/// <summary>Reads the schema of a database file, without the tables of Quartz and of EF's own bookkeeping.</summary>
internal static class DatabaseSchema
{
    private const string Ours =
        @"m.tbl_name not like 'QRTZ%' and m.tbl_name not like '\_\_EF%' escape '\' and m.name not like 'sqlite\_%' escape '\'";

    /// <summary>The statements that made it, to the letter: tables, then indexes, each by name.</summary>
    public static Task<List<string>> TextAsync(string database) =>
        ReadAsync(
            database,
            $"select m.sql || ';' from sqlite_master m where m.sql is not null and {Ours} order by m.type desc, m.name");

    /// <summary>
    /// Its columns, foreign keys and indexes, a line each. Not told: the order of a table's columns and their defaults, in
    /// which a table that got a column later differs from one made with it.
    /// </summary>
    public static Task<List<string>> MeaningAsync(string database) => ReadAsync(
        database,
        $"""
        select m.name || '.' || c.name || ' ' || c.type || iif(c."notnull", ' not null', '') || iif(c.pk, ' key ' || c.pk, '')
            || iif(c.pk and m.sql like '%AUTOINCREMENT%', ' autoincrement', '')
        from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and {Ours}
        union all
        select m.name || '.' || k."from" || ' refers to ' || k."table" || '.' || k."to" || ' on delete ' || k.on_delete
        from sqlite_master m, pragma_foreign_key_list(m.name) k where m.type = 'table' and {Ours}
        union all
        select m.sql from sqlite_master m where m.type = 'index' and m.sql is not null and {Ours}
        order by 1
        """);

    private static async Task<List<string>> ReadAsync(string database, string query)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
        {
            lines.Add(rows.GetString(0));
        }

        Assert.NotEmpty(lines);
        return lines;
    }
}
