using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>Every answer carries the headers, also those that an exception made.</summary>
public sealed class SecurityHeadersTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData("/sign-in", 200)]
    [InlineData("/no-such-page", 302)]
    [InlineData("/app.css", 200)]
    [InlineData("/api/v1/nodes", 200)]
    [InlineData("/api/v1/nodes/0123456789abcdef", 404)]
    [InlineData("/api/v1/nodes?limit=-1", 400)]
    public async Task Answer_has_the_headers_whatever_it_is(string path, int status)
    {
        using var client = radio.Program();
        using var answer = await client.FetchAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith(
            "default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(
            "camera=(), geolocation=(), microphone=()", answer.Headers.GetValues("Permissions-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet ?? "utf-8");
        Assert.True(
            answer.Content.Headers.ContentType is not { MediaType: { } type, CharSet: null }
                || !type.StartsWith("text/", StringComparison.Ordinal), path);
        Assert.Equal(path == "/app.css", answer.Headers.CacheControl?.NoStore != true);
    }

    [Theory]
    [InlineData("/bulletins/new", true)]
    [InlineData("/bulletins", false)]
    [InlineData("/air", false)]
    public async Task Only_the_page_that_records_may_use_the_microphone(string path, bool records)
    {
        using var browser = await radio.SignedInAsync();

        using var answer = await browser.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(
            records, answer.Headers.GetValues("Permissions-Policy").Single().Contains("microphone=(self)", StringComparison.Ordinal));
        Assert.Equal(
            records, answer.Headers.GetValues("Content-Security-Policy").Single().Contains("blob:", StringComparison.Ordinal));
    }
}
