using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Errors;

/// <summary>Another program, a backup or a viewer, holds the database for longer than a command waits.</summary>
public sealed class BusyDatabaseTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Reads_go_on_and_changes_are_refused_as_busy()
    {
        using var client = radio.Program();
        using var browser = await radio.SignedInAsync();
        using var other = await radio.SignedInAsync();
        await browser.OpenAsync("/areas/new");
        await other.OpenAsync("/");
        await client.AreaAsync();
        var state = await radio.StateAsync();

        await using (var holder = new SqliteConnection($"Data Source={Path.Combine(radio.Data, "smartradio.db")}"))
        {
            await holder.OpenAsync();
            await ExecuteAsync(holder, "BEGIN IMMEDIATE");
            var since = Stopwatch.GetTimestamp();
            await (await client.FetchAsync("/api/v1/nodes")).JsonAsync();
            Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 10);

            await Task.WhenAll(
                RefusedAsync(client, "/api/v1/areas", new { code = "ban", name = "Bận", level = "Xã" }),
                RefusedAsync(client, "/api/v1/bulletins", new { title = "Bận", text = "Xin chào bà con.", voice = "north" }),
                browser.SendAsync(
                    "/areas/new", ("_handler", "area"), ("parent", string.Empty), ("level", "Xã"),
                    ("name", "Tên đã gõ"), ("code", "go-1")),
                other.SendAsync("/stop-all"));
            await ExecuteAsync(holder, "ROLLBACK");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        Assert.Contains("database is busy", browser.Refusal(), StringComparison.Ordinal);
        Assert.Contains("value=\"Tên đã gõ\"", browser.Page, StringComparison.Ordinal);
        // Nobody was on air, so stopping had nothing to write; either way a sentence says what became of it.
        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Matches("database is busy|class=\"notice good\"", other.Page);
        Assert.Equal(state.Split(' ')[..3], (await radio.StateAsync()).Split(' ')[..3]);
        await browser.SendAsync(
            "/areas/new", ("_handler", "area"), ("parent", string.Empty), ("level", "Xã"),
            ("name", "Tên đã gõ"), ("code", "go-1"));
        Assert.Equal("/areas", browser.Path);
    }

    private static async Task RefusedAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsync(path, body);
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "Busy");
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
