using System.Net;
using System.Net.Http.Json;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared.Api;

/// <summary>A program may repeat a request under the same Idempotency-Key: it is carried out once.</summary>
public sealed class IdempotencyKeyTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Fact]
    public async Task Repeated_change_is_made_once_and_answered_as_the_first_was()
    {
        using var program = radio.Program();
        var body = new { code = Guid.NewGuid().ToString("N")[..12], name = Key(), level = "Xã" };
        var key = Key();
        using var first = await SendAsync(program, HttpMethod.Post, "/api/v1/areas", key, JsonContent.Create(body));
        var state = await radio.StateAsync();
        using var second = await SendAsync(program, HttpMethod.Post, "/api/v1/areas", key, JsonContent.Create(body));

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Secret_of_a_node_is_given_out_once_whoever_asks()
    {
        using var program = radio.Program();
        var areaId = await program.AreaAsync();
        var made = await (await program.PostAsync("/api/v1/nodes", new { name = "Loa", areaId })).JsonAsync(HttpStatusCode.Created);
        var body = new { code = made.GetProperty("code").GetString() };
        var key = Key();
        using var first = await SendAsync(program, HttpMethod.Post, "/api/v1/enrolments", key, JsonContent.Create(body));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var second = await SendAsync(program, HttpMethod.Post, "/api/v1/enrolments", key, JsonContent.Create(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
    }

    [Fact]
    public async Task Repeated_answer_without_a_body_is_empty_again()
    {
        using var program = radio.Program();
        var path = $"/api/v1/areas/{await program.AreaAsync()}/rules";
        var key = Key();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await SendAsync(
                program, HttpMethod.Put, path, key, JsonContent.Create(new { minutesPerDay = 60 }));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Uploads_at_the_same_time_make_one_bulletin()
    {
        using var program = radio.Program();
        var key = Key();
        var sound = Sounds.Wav(2);
        var before = await BulletinsAsync(program);
        // Each has another boundary, as a program that tries again sends it.
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            using var form = new MultipartFormDataContent { { new StringContent("Tin"), "title" },
                { new ByteArrayContent(sound), "file", "sound.wav" } };
            return await (await SendAsync(program, HttpMethod.Post, "/api/v1/bulletins", key, form)).JsonAsync(
                HttpStatusCode.Created);
        }));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct(StringComparer.Ordinal));
        Assert.Equal(before + 1, await BulletinsAsync(program));
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        using var program = radio.Program();
        var key = Key();
        var node = await program.NodeAsync(await program.AreaAsync());
        using var first = await SendAsync(
            program, HttpMethod.Put, $"/api/v1/nodes/{node}/volume", key, JsonContent.Create(new { percent = 30 }));
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using var body = await SendAsync(
            program, HttpMethod.Put, $"/api/v1/nodes/{node}/volume", key, JsonContent.Create(new { percent = 40 }));
        await body.ProblemAsync(HttpStatusCode.UnprocessableEntity, "IdempotencyKeyReused");
        using var operation = await SendAsync(
            program, HttpMethod.Post, $"/api/v1/nodes/{node}/rotate", key, JsonContent.Create(new { }));
        await operation.ProblemAsync(HttpStatusCode.UnprocessableEntity, "IdempotencyKeyReused");
    }

    [Fact]
    public async Task Refused_request_may_be_mended_and_sent_under_the_same_key()
    {
        using var program = radio.Program();
        var key = Key();
        var code = Guid.NewGuid().ToString("N")[..12];
        using var refused = await SendAsync(
            program, HttpMethod.Post, "/api/v1/areas", key, JsonContent.Create(new { code, name = string.Empty, level = "Xã" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var taken = await SendAsync(
            program, HttpMethod.Post, "/api/v1/areas", key, JsonContent.Create(new { code, name = Key(), level = "Xã" }));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Fact]
    public async Task Answer_with_an_enrolment_code_is_not_kept()
    {
        using var program = radio.Program();
        var (key, area) = (Key(), await program.AreaAsync());
        using var first = await SendAsync(
            program, HttpMethod.Post, "/api/v1/nodes", key, JsonContent.Create(new { name = "Loa", areaId = area }));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var state = await radio.StateAsync();
        using var second = await SendAsync(
            program, HttpMethod.Post, "/api/v1/nodes", key, JsonContent.Create(new { name = "Loa", areaId = area }));
        await second.ProblemAsync(HttpStatusCode.Conflict, "AlreadyApplied");
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task Stop_is_carried_out_every_time()
    {
        using var program = radio.Program();
        var (key, area, bulletin) = (Key(), await program.AreaAsync(), await program.ApprovedBulletinAsync());
        await program.NodeAsync(area);
        for (var i = 0; i < 2; i++)
        {
            var airing = new { bulletinId = bulletin, @class = "normal", areas = new[] { area } };
            await (await program.PostAsync("/api/v1/broadcasts", airing)).JsonAsync(HttpStatusCode.Created);
            using var stop = await SendAsync(program, HttpMethod.Post, "/api/v1/stop-all", key, content: null);
            Assert.Equal(1, (await stop.JsonAsync()).GetProperty("stopped").GetInt32());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public async Task Key_of_a_wrong_length_is_refused(int length)
    {
        using var program = radio.Program();
        using var answer = await SendAsync(program, HttpMethod.Post, "/api/v1/areas", new string('k', length), content: null);
        await answer.ProblemAsync(HttpStatusCode.BadRequest, "IdempotencyKey");
    }

    [Fact]
    public async Task Key_with_a_blank_in_it_is_refused()
    {
        using var program = radio.Program();
        using var answer = await SendAsync(program, HttpMethod.Post, "/api/v1/areas", "two words", content: null);
        await answer.ProblemAsync(HttpStatusCode.BadRequest, "IdempotencyKey");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk")]
    public async Task Stop_is_carried_out_whatever_its_key_is(string key)
    {
        using var program = radio.Program();
        using var answer = await SendAsync(program, HttpMethod.Post, "/api/v1/stop-all", key, content: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Description_names_the_header_where_it_is_heeded()
    {
        using var stranger = radio.Stranger();
        var paths = (await (await stranger.FetchAsync("/openapi/v1.json")).JsonAsync()).GetProperty("paths");
        Assert.Contains(
            "Idempotency-Key", paths.GetProperty("/api/v1/broadcasts").GetProperty("post").GetRawText(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Idempotency-Key", paths.GetProperty("/api/v1/broadcasts").GetProperty("get").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Idempotency-Key", paths.GetProperty("/api/v1/stop-all").GetRawText(), StringComparison.Ordinal);
    }

    private static string Key() => Guid.NewGuid().ToString();

    private static async Task<int> BulletinsAsync(HttpClient program) =>
        (await (await program.FetchAsync("/api/v1/bulletins")).JsonAsync()).GetArrayLength();

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient program, HttpMethod method, string path, string key, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await program.SendAsync(request);
    }
}
