using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

/// <summary>How SQLite would work a query off.</summary>
internal static class QueryPlan
{
    /// <returns>A line for each step.</returns>
    public static async Task<string> OfAsync<T>(RadioDb db, IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
        command.CommandText = "explain query plan " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(reader.GetOrdinal("detail")));
        }

        return string.Join('\n', steps);
    }
}
