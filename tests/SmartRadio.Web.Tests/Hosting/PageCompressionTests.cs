using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Web.Tests.Setting;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>Over TLS a page is compressed where its length tells nothing to somebody who chose a part of it.</summary>
public sealed class PageCompressionTests : IAsyncLifetime
{
    private readonly RadioHost _radio = new(("SmartRadio:Tls:Port", "0"));
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        await _radio.InitializeAsync();
        var known = _radio.Services.GetRequiredService<ServerCertificate>().Certificate.GetCertHashString();
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == known;
        _browser = new Browser(new HttpClient(handler) { BaseAddress = _radio.TlsAddress });
        await _browser.OpenAsync("/sign-in");
        await _browser.SendAsync(
            "/sign-in", ("_handler", "sign-in"), ("name", _radio.AdminName), ("password", _radio.Password));
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _radio.DisposeAsync();
    }

    [Theory]
    [InlineData("/schedules/new", "same-origin")]
    [InlineData("/", "none")]
    public async Task Page_asked_for_from_here_is_a_third_as_long(string path, string from)
    {
        var (before, whole) = await LengthAsync(path, "cross-site");
        var (after, packed) = await LengthAsync(path, from);

        Assert.Equal((null, "br"), (before, after));
        Assert.InRange(packed, 100, whole * 2 / 5);
    }

    [Theory]
    [InlineData("/bulletins?q=a", "cross-site")]
    [InlineData("/bulletins?q=a", "same-site")]
    [InlineData("/bulletins?q=a", null)]
    [InlineData("/keys", "same-origin")]
    [InlineData("/people", "same-origin")]
    [InlineData("/complaints?q=a", "same-origin")]
    [InlineData("/account/second-factor", "none")]
    public async Task Page_whose_length_could_tell_a_secret_is_not_compressed(string path, string? from) =>
        Assert.Null((await LengthAsync(path, from)).Encoding);

    private async Task<(string? Encoding, int Bytes)> LengthAsync(string path, string? from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.AcceptEncoding.ParseAdd("br");
        if (from is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", from);
        }

        using var answer = await _browser.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Content.Headers.ContentEncoding.SingleOrDefault(), (await answer.Content.ReadAsByteArrayAsync()).Length);
    }
}
