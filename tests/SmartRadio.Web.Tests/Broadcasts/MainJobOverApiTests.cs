using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Broadcasts;

public sealed class MainJobOverApiTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task A_bulletin_is_made_heard_approved_aired_and_stopped()
    {
        using var client = radio.Program();
        using var created = await client.UploadAsync("Lịch cắt điện", Sounds.Wav(3));
        var bulletin = await created.JsonAsync(HttpStatusCode.Created);
        var id = bulletin.GetProperty("id").GetInt64();
        Assert.Equal($"/api/v1/bulletins/{id}", created.Headers.Location?.OriginalString);
        Assert.Equal("Lịch cắt điện", bulletin.GetProperty("title").GetString());
        Assert.InRange(bulletin.GetProperty("lengthSeconds").GetDouble(), 2.5, 8);
        Assert.NotEqual(
            0, (await (await client.FetchAsync($"/api/v1/bulletins/{id}/peaks")).JsonAsync()).GetProperty("peaks")
                .GetArrayLength());
        Assert.Equal(
            "audio/mpeg", (await client.FetchAsync($"/api/v1/bulletins/{id}/preview")).Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            "audio/wav", (await client.FetchAsync($"/api/v1/bulletins/{id}/sound")).Content.Headers.ContentType?.MediaType);

        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        var airing =
            new { bulletinId = id, @class = "priority", areas = new[] { area }, start = DateTimeOffset.UtcNow.AddHours(1) };
        await (await client.PostAsync("/api/v1/broadcasts", airing)).ProblemAsync(HttpStatusCode.Conflict, "NotApproved");
        await (await client.PostAsync($"/api/v1/bulletins/{id}/approve", new { })).JsonAsync();
        await (await client.PostAsync($"/api/v1/bulletins/{id}/approve", new { })).ProblemAsync(
            HttpStatusCode.Conflict, "AlreadyApproved");

        using var aired = await client.PostAsync("/api/v1/broadcasts", airing);
        var proof = await aired.JsonAsync(HttpStatusCode.Created);
        var broadcast = proof.GetProperty("id").GetInt64();
        Assert.Equal("priority", proof.GetProperty("class").GetString());
        Assert.Equal(1, proof.GetProperty("should").GetInt32());
        var receipts = await (await client.FetchAsync($"/api/v1/broadcasts/{broadcast}/receipts")).JsonAsync();
        var target = Assert.Single(receipts.EnumerateArray());
        Assert.Equal(node, target.GetProperty("nodeId").GetString());
        Assert.Equal("waiting", target.GetProperty("state").GetString());

        Assert.Equal(
            HttpStatusCode.NoContent, (await client.PostAsync($"/api/v1/broadcasts/{broadcast}/stop", new { })).StatusCode);
        await (await client.PostAsync($"/api/v1/broadcasts/{broadcast}/stop", new { })).ProblemAsync(
            HttpStatusCode.Conflict, "AlreadyOver");
        var after = await (await client.FetchAsync($"/api/v1/broadcasts/{broadcast}")).JsonAsync();
        Assert.Equal("stopped", after.GetProperty("state").GetString());
        Assert.Equal(
            0, (await (await client.PostAsync("/api/v1/stop-all", new { })).JsonAsync()).GetProperty("stopped").GetInt32());
    }

    [Fact]
    public async Task Text_is_spoken_in_each_voice()
    {
        using var client = radio.Program();
        var voices = await (await client.FetchAsync("/api/v1/voices")).JsonAsync();
        Assert.Equal(6, voices.GetArrayLength());
        foreach (var voice in voices.EnumerateArray().Select(voice => voice.GetProperty("id").GetString()))
        {
            var bulletin = await (await client.PostAsync(
                "/api/v1/bulletins", new { title = "Tin", text = "Xin chào bà con.", voice })).JsonAsync(HttpStatusCode.Created);
            Assert.Equal("speech", bulletin.GetProperty("origin").GetString());
        }
    }

    [Fact]
    public async Task A_schedule_is_made_read_and_cancelled()
    {
        using var client = radio.Program();
        var bulletinId = await client.ApprovedBulletinAsync();
        var area = await client.AreaAsync();
        await client.NodeAsync(area);
        var from = DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var body =
            new { bulletinId, @class = "normal", areas = new[] { area }, recurrence = "weekly", from, times = new[] { "05:00" }, weekdays = new[] { "monday", "friday" }, repeats = 2, distanceMinutes = 5 };
        using var created = await client.PostAsync("/api/v1/schedules", body);
        var schedule = await created.JsonAsync(HttpStatusCode.Created);
        var id = schedule.GetProperty("id").GetInt64();
        Assert.Equal($"/api/v1/schedules/{id}", created.Headers.Location?.OriginalString);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, schedule.GetProperty("next").ValueKind);
        Assert.Equal(["monday", "friday"], schedule.GetProperty("weekdays").EnumerateArray().Select(day => day.GetString()!));

        Assert.Equal(
            HttpStatusCode.NoContent,
            (await client.DeleteAsync(new Uri($"/api/v1/schedules/{id}", UriKind.Relative))).StatusCode);
        var after = await (await client.FetchAsync($"/api/v1/schedules/{id}")).JsonAsync();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, after.GetProperty("next").ValueKind);
    }
}
