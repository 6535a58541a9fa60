using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Simulation.Controller;

/// <summary>A database as the migrations make it, made once and copied into every world.</summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<SqliteConnection> Template = new(Make);

    public static void CopyTo(SqliteConnection database)
    {
        lock (Template)
        {
            Template.Value.BackupDatabase(database);
        }
    }

    private static SqliteConnection Make()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var db = new RadioDb(new DbContextOptionsBuilder<RadioDb>().UseSqlite(connection).Options);
        db.Database.Migrate();
        return connection;
    }
}
