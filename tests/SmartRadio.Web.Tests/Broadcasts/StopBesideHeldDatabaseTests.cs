using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Broadcasts;

/// <summary>Stop while another program holds the database: said as it is, and recorded when the database is free.</summary>
public sealed class StopBesideHeldDatabaseTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const double SoonSeconds = 10;

    [Fact]
    public async Task Api_and_page_say_that_it_is_silenced_and_not_yet_recorded()
    {
        using var client = radio.Program();
        using var browser = await radio.SignedInAsync();
        var (one, other, third) = (await OnAirAsync(client), await OnAirAsync(client), await OnAirAsync(client));
        await browser.OpenAsync("/stop");
        await using var holder = new SqliteConnection($"Data Source={Path.Combine(radio.Data, "smartradio.db")}");
        await holder.OpenAsync();
        await ExecuteAsync(holder, "BEGIN IMMEDIATE");

        var since = Stopwatch.GetTimestamp();
        var answer = await (await client.PostAsync($"/api/v1/broadcasts/{one.Broadcast}/stop", new { })).JsonAsync(
            HttpStatusCode.Accepted);
        Assert.False(answer.GetProperty("recorded").GetBoolean());
        await browser.SendAsync($"/areas/{other.Area}/stop");
        Assert.Contains("not yet recorded", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/broadcasts/{third.Broadcast}/stop");
        Assert.Contains("not yet recorded", browser.Page, StringComparison.Ordinal);
        var all = await (await client.PostAsync("/api/v1/stop-all", new { })).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("null", all.GetProperty("stopped").GetRawText());
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, SoonSeconds);
        Assert.DoesNotContain("busy: another program holds it", browser.Page, StringComparison.Ordinal);

        await ExecuteAsync(holder, "ROLLBACK");
        foreach (var (broadcast, _) in new[] { one, other, third })
        {
            await Poll.UntilAsync("it is recorded", async () =>
                (await (await client.FetchAsync($"/api/v1/broadcasts/{broadcast}")).JsonAsync()).GetProperty("state").GetString()
                == "stopped");
        }
    }

    /// <summary>A broadcast that begins in seconds, in an area of its own with a node.</summary>
    private static async Task<(long Broadcast, long Area)> OnAirAsync(HttpClient client)
    {
        var area = await client.AreaAsync();
        await client.NodeAsync(area);
        var bulletin = await client.ApprovedBulletinAsync();
        var made = await (await client.PostAsync(
            "/api/v1/broadcasts",
            new { bulletinId = bulletin, @class = "normal", areas = new[] { area }, start = DateTimeOffset.UtcNow.AddSeconds(9) }))
            .JsonAsync(HttpStatusCode.Created);
        return (made.GetProperty("id").GetInt64(), area);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
