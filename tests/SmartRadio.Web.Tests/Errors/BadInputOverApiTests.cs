using System.Net;
using System.Net.Http.Json;
using System.Text;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Errors;

/// <summary>Each gets a clear sentence and leaves the system as it was.</summary>
public sealed class BadInputOverApiTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly byte[] NoSound = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Repeat("This is a letter, not a sound. ", 200)));

    [Fact]
    public Task A_file_that_is_no_sound() =>
        RefusedAsync(client => client.UploadAsync("Tin", NoSound), HttpStatusCode.UnprocessableEntity, "NotAudio");

    [Fact]
    public Task A_file_that_is_cut_off() =>
        RefusedAsync(
            client => client.UploadAsync("Tin", Sounds.Wav(20)[..100_000]), HttpStatusCode.UnprocessableEntity, "Truncated");

    [Fact]
    public Task An_empty_file() =>
        RefusedAsync(client => client.UploadAsync("Tin", []), HttpStatusCode.UnprocessableEntity, "FileEmpty");

    [Fact]
    public Task No_file_at_all() => RefusedAsync(
        client =>
            client.PostAsync(
                new Uri("/api/v1/bulletins", UriKind.Relative),
                new MultipartFormDataContent { { new StringContent("Tin"), "title" } }),
        HttpStatusCode.UnprocessableEntity,
        "FileMissing");

    [Fact]
    public Task A_sound_that_is_hours_long() =>
        RefusedAsync(client => client.UploadAsync("Tin", Sounds.Wav(3700)), HttpStatusCode.UnprocessableEntity, "SoundTooLong");

    [Fact]
    public Task No_title() =>
        RefusedAsync(client => client.UploadAsync(" ", Sounds.Wav(1)), HttpStatusCode.UnprocessableEntity, "TitleMissing");

    [Fact]
    public Task A_title_with_control_characters() =>
        RefusedAsync(
            client => client.UploadAsync("Tin\u0007 \u202etức", Sounds.Wav(1)),
            HttpStatusCode.UnprocessableEntity, "ControlCharacters");

    [Theory]
    [InlineData("", "TextMissing")]
    [InlineData("  \n ", "TextMissing")]
    [InlineData("...!?", "TextMissing")]
    public Task A_text_with_nothing_to_speak(string text, string code) => RefusedAsync(
        client => client.PostAsync("/api/v1/bulletins", new { title = "Tin", text, voice = "north" }),
        HttpStatusCode.UnprocessableEntity, code);

    [Fact]
    public Task A_text_that_is_too_long() => RefusedAsync(
        client => client.PostAsync("/api/v1/bulletins", new { title = "Tin", text = new string('a', 100_000), voice = "north" }),
        HttpStatusCode.UnprocessableEntity,
        "TextTooLong");

    [Fact]
    public Task An_unknown_voice() => RefusedAsync(
        client => client.PostAsync("/api/v1/bulletins", new { title = "Tin", text = "Xin chào", voice = "robot" }),
        HttpStatusCode.UnprocessableEntity,
        "UnknownVoice");

    [Fact]
    public async Task A_hundred_megabytes_of_text_are_not_even_read()
    {
        using var client = radio.Program();
        using var content = new StreamContent(
            new EndlessText(100_000_000))
        {
            Headers = { { "Content-Type", "application/json" },
                { "Content-Length", "100000000" } }
        };
        var state = await radio.StateAsync();

        using var response = await SendAllowingEarlyAnswerAsync(client, content);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "TooLarge");
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Nothing_in_the_place_of_a_pause_or_of_a_step()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        object?[] nothing = [null];
        await RefusedAsync(
            c => c.PostAsync(
                "/api/v1/schedules",
                new
                {
                    bulletinId = 1,
                    @class = "normal",
                    areas = new[] { area },
                    recurrence = "daily",
                    from = "2030-01-01",
                    times = new[] { "05:00" },
                    pauses = nothing,
                }),
            HttpStatusCode.BadRequest, "Malformed");
        await RefusedAsync(
            c => c.PutAsJsonAsync(
                new Uri($"/api/v1/nodes/{node}/volume", UriKind.Relative), new { percent = 50, dayVolume = nothing }),
            HttpStatusCode.BadRequest, "Malformed");
    }

    [Fact]
    public async Task A_schedule_in_the_past_or_with_its_end_before_its_start()
    {
        using var client = radio.Program();
        var bulletinId = await client.ApprovedBulletinAsync();
        var area = await client.AreaAsync();
        await client.NodeAsync(area);
        object Schedule(string from, string? until, string recurrence, string[]? weekdays = null) =>
            new { bulletinId, @class = "normal", areas = new[] { area }, recurrence, from, times = new[] { "05:00" }, until, weekdays };

        var later = DateTime.UtcNow.AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await RefusedAsync(
            c => c.PostAsync("/api/v1/schedules", Schedule("2020-01-01", null, "once")),
            HttpStatusCode.UnprocessableEntity, "StartInPast");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/schedules", Schedule(later, "2026-01-01", "daily")),
            HttpStatusCode.UnprocessableEntity, "EndBeforeStart");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/schedules", Schedule(later, null, "weekly")),
            HttpStatusCode.UnprocessableEntity, "NoWeekday");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/schedules", Schedule("31/12/2026", null, "daily")),
            HttpStatusCode.BadRequest, "MalformedJson");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/schedules", Schedule(later, null, "yearly")), HttpStatusCode.BadRequest, "MalformedJson");
    }

    [Fact]
    public async Task A_broadcast_for_nobody_for_nowhere_or_in_the_past()
    {
        using var client = radio.Program();
        var bulletinId = await client.ApprovedBulletinAsync();
        var area = await client.AreaAsync();
        Task AirAsync(object body, string code, HttpStatusCode status = HttpStatusCode.UnprocessableEntity) =>
            RefusedAsync(c => c.PostAsync("/api/v1/broadcasts", body), status, code);

        await AirAsync(new { bulletinId, @class = "normal" }, "AudienceEmpty");
        await AirAsync(new { bulletinId, @class = "normal", areas = new[] { 9999 } }, "UnknownArea");
        await AirAsync(new { bulletinId, @class = "normal", nodes = new[] { "0123456789abcdef" } }, "UnknownNode");
        await AirAsync(new { bulletinId, @class = "normal", areas = new[] { area } }, "AudienceHasNoNodes");
        await client.NodeAsync(area);
        await AirAsync(new { bulletinId = 9999, @class = "normal", areas = new[] { area } }, "UnknownBulletin");
        await AirAsync(
            new { bulletinId, @class = "normal", areas = new[] { area }, start = "2020-01-01T05:00:00+07:00" }, "StartInPast");
        await AirAsync(new { bulletinId, @class = "live", areas = new[] { area } }, "UnknownClass");
        await AirAsync(
            new { bulletinId, @class = "normal", areas = new[] { area }, toleranceSeconds = -1 }, "ToleranceOutOfRange");
        await AirAsync(
            new { bulletinId, @class = "normal", areas = new[] { area }, start = "2030-01-01T05:00:00" }, "MalformedJson",
            HttpStatusCode.BadRequest);
        // A misspelt start must not mean "now".
        await AirAsync(
            new { bulletinId, @class = "normal", areas = new[] { area }, strat = "2030-01-01T05:00:00Z" }, "MalformedJson",
            HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Names_codes_and_volumes_out_of_bounds()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        await RefusedAsync(
            c => c.PostAsync("/api/v1/nodes", new { name = "Loa\u0000", areaId = area }),
            HttpStatusCode.UnprocessableEntity, "ControlCharacters");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/nodes", new { name = "Loa", areaId = 9999 }),
            HttpStatusCode.UnprocessableEntity, "UnknownArea");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/areas", new { code = "a b", name = "Thử", level = "Xã" }),
            HttpStatusCode.BadRequest, "Malformed");
        await RefusedAsync(
            c => c.PutAsync(
                new Uri($"/api/v1/nodes/{node}/volume", UriKind.Relative),
                System.Net.Http.Json.JsonContent.Create(new { percent = 101 })),
            HttpStatusCode.UnprocessableEntity,
            "VolumeOutOfRange");
        await RefusedAsync(c => c.PostAsync($"/api/v1/nodes/{node}/chime", new { }), HttpStatusCode.Conflict, "NodeOffline");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/broadcasts/9999/stop", new { }), HttpStatusCode.NotFound, "UnknownBroadcast");
        await RefusedAsync(
            c => c.PostAsync("/api/v1/bulletins/9999/approve", new { }), HttpStatusCode.NotFound, "UnknownBulletin");
        await RefusedAsync(
            c => c.DeleteAsync(new Uri("/api/v1/schedules/9999", UriKind.Relative)), HttpStatusCode.NotFound, "UnknownSchedule");
    }

    private async Task RefusedAsync(Func<HttpClient, Task<HttpResponseMessage>> call, HttpStatusCode status, string code)
    {
        using var client = radio.Program();
        var state = await radio.StateAsync();
        using var response = await call(client);
        await response.ProblemAsync(status, code);
        Assert.Equal(state, await radio.StateAsync());
    }

    /// <summary>The server answers before all is sent; HTTP/1.1 lets a client notice by "Expect: 100-continue".</summary>
    private static Task<HttpResponseMessage> SendAllowingEarlyAnswerAsync(HttpClient client, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bulletins") { Content = content };
        request.Headers.ExpectContinue = true;
        return client.SendAsync(request);
    }

    private sealed class EndlessText(long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - _position);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            _position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
