using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>Under which names the program answers.</summary>
public sealed class HostFilterTests
{
    [Theory]
    [InlineData("loa.example.vn", HttpStatusCode.OK)]
    [InlineData("LOA.example.vn:5443", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("loa.example.vn.evil.example", HttpStatusCode.BadRequest)]
    public async Task Names_that_are_set_are_taken_and_no_other(string host, HttpStatusCode expected)
    {
        await using var radio = new RadioHost(("AllowedHosts", "loa.example.vn;127.0.0.1"));
        await radio.InitializeAsync();

        foreach (var path in new[] { "/sign-in", "/openapi/v1.json", "/health/live", "/app.css" })
        {
            Assert.Equal(expected, await StatusAsync(radio, path, host));
        }
    }

    [Fact]
    public async Task Another_name_gets_neither_a_redirect_nor_a_page()
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"), ("AllowedHosts", "loa.example.vn"));
        await radio.InitializeAsync();
        using var stranger = radio.Stranger();
        stranger.DefaultRequestHeaders.Host = "evil.example";
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var answer = await stranger.FetchAsync("/bulletins");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_name_is_taken_where_none_is_set()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(radio, "/sign-in", "evil.example"));
    }

    private static async Task<HttpStatusCode> StatusAsync(RadioHost radio, string path, string host)
    {
        using var stranger = radio.Stranger();
        stranger.DefaultRequestHeaders.Host = host;
        using var answer = await stranger.FetchAsync(path);
        return answer.StatusCode;
    }
}
