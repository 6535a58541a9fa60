using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared.Api;

/// <summary>Lists of the API: bounded, gone through part by part, filtered.</summary>
public sealed partial class ListTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 1, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nodes_come_part_by_part_each_once_by_name()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        for (var i = 0; i < 5; i++)
        {
            await client.NodeAsync(area);
        }

        var parts = await PartsAsync(client, $"/api/v1/nodes?area={area}&limit=2");
        Assert.Equal([2, 2, 1], parts.Select(part => part.Length));
        Assert.Equal(
            5, parts.SelectMany(part => part).Select(node => node.GetProperty("id").GetString())
                .Distinct(StringComparer.Ordinal).Count());
        var first = await client.FetchAsync($"/api/v1/nodes?area={area}&limit=2");
        Assert.Equal("5", first.Headers.GetValues("X-Total-Count").Single());
        Assert.Equal(
            [2, 2, 1],
            (await PartsAsync(client, $"/api/v1/nodes?area={area}&limit=2&state=offline")).Select(part => part.Length));
        Assert.Empty(await RowsAsync(client, $"/api/v1/nodes?area={area}&state=online"));
        Assert.Equal(5, (await RowsAsync(client, $"/api/v1/nodes?area={area}&state=offline")).Length);
    }

    [Fact]
    public async Task A_list_goes_on_after_a_node_that_was_revoked_meanwhile()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        for (var i = 0; i < 3; i++)
        {
            await client.NodeAsync(area);
        }

        var first = await client.FetchAsync($"/api/v1/nodes?area={area}&limit=1");
        var id = (await first.JsonAsync())[0].GetProperty("id").GetString();
        await client.PostAsync($"/api/v1/nodes/{id}/revoke", new { });
        Assert.Equal(
            2, (await RowsAsync(client, Next(first)!.Replace("limit=1&", "limit=10&", StringComparison.Ordinal))).Length);
        Assert.Equal(
            id, Assert.Single(await RowsAsync(client, $"/api/v1/nodes?area={area}&state=revoked")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Broadcasts_come_by_start_and_id_within_from_and_to()
    {
        using var client = radio.Program();
        var (bulletin, area) = (await client.ApprovedBulletinAsync(), await client.AreaAsync());
        await client.NodeAsync(area);
        // Two start at the same instant: the cursor must tell them apart.
        int[] hours = [0, 1, 1, 2, 3];
        var starts = hours.Select(hour => Noon.AddHours(hour)).ToList();
        foreach (var start in starts)
        {
            var body = new { bulletinId = bulletin, @class = "normal", areas = new[] { area }, start };
            var aired = await (await client.PostAsync("/api/v1/broadcasts", body)).JsonAsync(HttpStatusCode.Created);
            Assert.False(aired.TryGetProperty("receipts", out _));
            Assert.Equal(1, aired.GetProperty("should").GetInt32());
        }

        var parts = await PartsAsync(client, $"/api/v1/broadcasts?area={area}&limit=2");
        Assert.Equal([2, 2, 1], parts.Select(part => part.Length));
        Assert.Equal(
            starts.OrderDescending(), parts.SelectMany(part => part).Select(row => row.GetProperty("start").GetDateTimeOffset()));
        var (from, to) = (Text(starts[1]), Text(starts[3]));
        Assert.Equal(2, (await RowsAsync(client, $"/api/v1/broadcasts?area={area}&from={from}&to={to}")).Length);
        Assert.Equal(5, (await RowsAsync(client, $"/api/v1/broadcasts?area={area}&state=planned")).Length);
        Assert.Empty(await RowsAsync(client, $"/api/v1/broadcasts?area={area}&state=stopped"));
        await (await client.FetchAsync("/api/v1/broadcasts?area=9999")).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "UnknownArea");
    }

    [Fact]
    public async Task Receipts_come_part_by_part_and_by_state()
    {
        using var client = radio.Program();
        var (bulletin, area) = (await client.ApprovedBulletinAsync(), await client.AreaAsync());
        for (var i = 0; i < 3; i++)
        {
            await client.NodeAsync(area);
        }

        var body = new { bulletinId = bulletin, @class = "normal", areas = new[] { area }, start = Noon };
        var id = (await (await client.PostAsync("/api/v1/broadcasts", body)).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
            .GetInt64();
        var parts = await PartsAsync(client, $"/api/v1/broadcasts/{id}/receipts?limit=2");
        Assert.Equal([2, 1], parts.Select(part => part.Length));
        Assert.Equal(
            3, parts.SelectMany(part => part).Select(row => row.GetProperty("nodeId").GetString())
                .Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3, (await RowsAsync(client, $"/api/v1/broadcasts/{id}/receipts?state=waiting&area={area}")).Length);
        Assert.Empty(await RowsAsync(client, $"/api/v1/broadcasts/{id}/receipts?state=played"));
        var whole = await (await client.FetchAsync($"/api/v1/broadcasts/{id}")).JsonAsync();
        Assert.Equal(3, whole.GetProperty("receipts").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("receiptsNext").ValueKind);
        await (await client.FetchAsync("/api/v1/broadcasts/9999/receipts")).ProblemAsync(
            HttpStatusCode.NotFound, "UnknownBroadcast");
    }

    [Fact]
    public async Task Bulletins_and_schedules_are_found_by_what_became_of_them()
    {
        using var client = radio.Program();
        var (bulletin, area) = (await client.ApprovedBulletinAsync(), await client.AreaAsync());
        await client.NodeAsync(area);
        var draft = (await (await client.UploadAsync("Nháp", Sounds.Wav(1))).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
            .GetInt64();
        var approved = await RowsAsync(client, "/api/v1/bulletins?approved=true");
        Assert.Contains(approved, row => row.GetProperty("id").GetInt64() == bulletin);
        Assert.DoesNotContain(approved, row => row.GetProperty("id").GetInt64() == draft);
        Assert.Contains(
            await RowsAsync(client, "/api/v1/bulletins?approved=false"), row => row.GetProperty("id").GetInt64() == draft);

        var ids = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            var body =
                new { bulletinId = bulletin, @class = "normal", areas = new[] { area }, recurrence = "daily", from = "2027-03-01", times = new[] { $"0{i + 5}:00" } };
            ids.Add(
                (await (await client.PostAsync("/api/v1/schedules", body)).JsonAsync(HttpStatusCode.Created)).GetProperty("id")
                    .GetInt64());
        }

        await client.DeleteAsync(new Uri($"/api/v1/schedules/{ids[0]}", UriKind.Relative));
        var parts = await PartsAsync(client, $"/api/v1/schedules?bulletin={bulletin}&limit=2");
        Assert.Equal([ids[2], ids[1], ids[0]], parts.SelectMany(part => part).Select(row => row.GetProperty("id").GetInt64()));
        Assert.Equal(2, (await RowsAsync(client, $"/api/v1/schedules?bulletin={bulletin}&active=true")).Length);
        Assert.Equal(
            ids[0], Assert.Single(await RowsAsync(client, $"/api/v1/schedules?bulletin={bulletin}&active=false"))
                .GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Areas_and_voices_come_part_by_part_too()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        await client.AreaAsync();
        Assert.All(await PartsAsync(client, "/api/v1/areas?limit=1"), part => Assert.Single(part));
        Assert.Equal(area, Assert.Single(await RowsAsync(client, $"/api/v1/areas?area={area}")).GetProperty("id").GetInt64());
        Assert.Equal([2, 2, 2], (await PartsAsync(client, "/api/v1/voices?limit=2")).Select(part => part.Length));
    }

    [Fact]
    public async Task Instants_have_one_form_in_all_answers()
    {
        using var client = radio.Program();
        var (bulletin, area) = (await client.ApprovedBulletinAsync(), await client.AreaAsync());
        var node = await client.NodeAsync(area);
        var from =
            new { bulletinId = bulletin, @class = "normal", areas = new[] { area }, recurrence = "daily", from = "2027-03-01", times = new[] { "05:00" } };
        List<string> answers = [await client.GetStringAsync(new Uri($"/api/v1/bulletins/{bulletin}", UriKind.Relative))];
        var aired = new
        {
            bulletinId = bulletin,
            @class = "normal",
            areas = new[] { area },
            start = Noon.ToOffset(
            TimeSpan.FromHours(7))
        };
        answers.Add(await (await client.PostAsync("/api/v1/broadcasts", aired)).Content.ReadAsStringAsync());
        answers.Add(await (await client.PostAsync("/api/v1/schedules", from)).Content.ReadAsStringAsync());
        answers.Add(await (await client.PostAsync($"/api/v1/nodes/{node}/code", new { })).Content.ReadAsStringAsync());
        answers.Add(
            await (await client.PostAsync("/api/v1/nodes", new { name = "Loa", areaId = area })).Content.ReadAsStringAsync());
        var instants = answers.SelectMany(answer => Instant().Matches(answer)).Select(match => match.Value).ToList();
        Assert.True(instants.Count >= 6, string.Join('\n', answers));
        Assert.All(instants, instant => Assert.Matches(@"^""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00""$", instant));
    }

    private static string Text(DateTimeOffset instant) =>
        Uri.EscapeDataString(instant.ToString("o", CultureInfo.InvariantCulture));

    private static async Task<JsonElement[]> RowsAsync(HttpClient client, string path) =>
        [.. (await (await client.FetchAsync(path)).JsonAsync()).EnumerateArray()];

    private static async Task<List<JsonElement[]>> PartsAsync(HttpClient client, string path)
    {
        var parts = new List<JsonElement[]>();
        for (string? next = path; next is not null;)
        {
            using var response = await client.FetchAsync(next);
            parts.Add([.. (await response.JsonAsync()).EnumerateArray()]);
            next = Next(response);
        }

        return parts;
    }

    /// <summary>The address of the next part, or null after the last.</summary>
    private static string? Next(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) ? NextLink().Match(links.Single()).Groups["address"].Value : null;

    [GeneratedRegex("^<(?<address>.*)>; rel=\"next\"$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextLink();

    [GeneratedRegex(@"""\d{4}-\d\d-\d\dT[^""]*""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instant();
}
