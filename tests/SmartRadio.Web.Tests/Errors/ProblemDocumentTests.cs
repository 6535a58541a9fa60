using System.Net;
using System.Text;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Errors;

/// <summary>Whatever goes wrong below /api is said by RFC 9457, in the caller's language.</summary>
public sealed class ProblemDocumentTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData("/api/v1/nodes")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/api/anything")]
    [InlineData("/API/v1/nodes")]
    [InlineData("/Api/v1/no-such-thing")]
    public async Task Problem_without_a_key_tells_nothing(string path)
    {
        using var client = radio.Stranger();
        using var response = await client.FetchAsync(path);
        await response.ProblemAsync(HttpStatusCode.Unauthorized, "KeyNeeded");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_wrong_or_revoked_key_opens_nothing()
    {
        using var client = radio.Stranger();
        client.DefaultRequestHeaders.Add("X-Api-Key", "sr_" + new string('A', 43));
        await (await client.FetchAsync("/api/v1/nodes")).ProblemAsync(HttpStatusCode.Unauthorized, "KeyNeeded");
    }

    [Fact]
    public async Task Both_headers_carry_a_key()
    {
        using var client = radio.Stranger();
        client.DefaultRequestHeaders.Add("X-Api-Key", (await File.ReadAllTextAsync(radio.KeyFile)).Trim());
        await (await client.FetchAsync("/api/v1/nodes")).JsonAsync();
        using var bearer = radio.Program();
        await (await bearer.FetchAsync("/api/v1/nodes")).JsonAsync();
    }

    [Theory]
    [InlineData("en", "Choose one from the list")]
    [InlineData("en-GB,en;q=0.9", "Choose one from the list")]
    [InlineData("en", "Choose one from the list", "/API/v1/nodes")]
    [InlineData("vi", "Hãy chọn trong danh sách")]
    [InlineData("fr", "Hãy chọn trong danh sách")]
    public async Task The_sentence_is_in_the_language_asked_for(string accepted, string part, string nodes = "/api/v1/nodes")
    {
        using var client = radio.Program(accepted);
        using var response = await client.FetchAsync($"{nodes}/0123456789abcdef");
        var problem = await response.ProblemAsync(HttpStatusCode.NotFound, "UnknownNode");
        Assert.Contains(part, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("0123456789abcdef", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_addresses_methods_and_kinds_of_body()
    {
        using var client = radio.Program();
        await (await client.FetchAsync("/api/v1/no-such-thing")).ProblemAsync(HttpStatusCode.NotFound, "NotFound");
        await (await client.DeleteAsync(new Uri("/api/v1/nodes", UriKind.Relative))).ProblemAsync(
            HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        using var text = new StringContent("hello", Encoding.UTF8, "text/plain");
        await (await client.PostAsync(new Uri("/api/v1/areas", UriKind.Relative), text)).ProblemAsync(
            HttpStatusCode.UnsupportedMediaType, "MediaType");
        await (await client.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), text)).ProblemAsync(
            HttpStatusCode.UnsupportedMediaType, "MediaType");
    }

    [Theory]
    [InlineData("/api/v1/areas", "{")]
    [InlineData("/api/v1/areas", "[]")]
    [InlineData("/api/v1/areas", "{}")]
    [InlineData("/api/v1/areas", "{\"code\":null,\"name\":\"a\",\"level\":\"b\"}")]
    [InlineData("/api/v1/bulletins", "{\"title\":")]
    [InlineData("/api/v1/bulletins", "null")]
    [InlineData("/api/v1/broadcasts", "{\"bulletinId\":\"one\",\"class\":\"normal\"}")]
    [InlineData("/api/v1/nodes", "{\"name\":\"a\",\"areaId\":99999999999999999999}")]
    public async Task Json_that_cannot_be_read(string path, string json)
    {
        using var client = radio.Program();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var state = await radio.StateAsync();
        await (await client.PostAsync(new Uri(path, UriKind.Relative), content)).ProblemAsync(
            HttpStatusCode.BadRequest, "MalformedJson");
        Assert.Equal(state, await radio.StateAsync());
    }

    [Fact]
    public async Task A_body_of_json_over_a_megabyte()
    {
        using var client = radio.Program();
        // Refused before it is read: a client that sends at once may find the connection closed before it has read the answer.
        client.DefaultRequestHeaders.ExpectContinue = true;
        using var content = new StringContent(new string(' ', 1_100_000), Encoding.UTF8, "application/json");
        await (await client.PostAsync(new Uri("/api/v1/areas", UriKind.Relative), content)).ProblemAsync(
            HttpStatusCode.RequestEntityTooLarge, "TooLarge");
    }

    [Fact]
    public async Task A_broken_multipart()
    {
        using var client = radio.Program();
        using var content = new StringContent("--x\r\nno header at all");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        await (await client.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), content)).ProblemAsync(
            HttpStatusCode.BadRequest, "Malformed");
    }
}
