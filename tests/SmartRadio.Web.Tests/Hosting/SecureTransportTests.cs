using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Web.Hosting;
using SmartRadio.Web.Tests.Setting;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>What a browser is told over TLS, and where plain HTTP leads.</summary>
public sealed class SecureTransportTests
{
    [Fact]
    public async Task Cookies_over_TLS_are_for_this_host_over_TLS_alone()
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"));
        await radio.InitializeAsync();
        using var browser = Trusting(radio);
        await browser.OpenAsync("/sign-in");
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal("/", browser.Path);

        using var page = await browser.Http.GetAsync(new Uri("/keys", UriKind.Relative));
        using var signIn = await Trusting(radio).Http.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var set = signIn.Headers.GetValues("Set-Cookie").ToList();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(set, cookie => cookie.StartsWith("__Host-sr-form=", StringComparison.Ordinal));
        Assert.All(set, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(set, cookie => Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(set, cookie => Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Cookie_that_somebody_else_could_set_is_not_taken()
    {
        var inside = HostCookies.Inside(
            "sr-session=theirs; __Host-sr-session=mine; sr-sessionC1=theirs; .AspNetCore.Culture=vi; __Host-sr-sessionC1=more");

        Assert.Equal("sr-session=mine; .AspNetCore.Culture=vi; sr-sessionC1=more", inside);
    }

    [Fact]
    public async Task Plain_call_of_the_API_from_elsewhere_is_refused()
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"));
        await radio.InitializeAsync();
        using var caller = radio.Program();
        caller.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var answer = await caller.FetchAsync("/api/v1/nodes");

        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, "TlsNeeded");
        Assert.Contains($"port {radio.TlsAddress.Port}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Without forward secrecy nobody talks, neither to the pages nor to the broker.</summary>
    [Theory]
    [InlineData(false, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false)]
    [InlineData(false, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true)]
    [InlineData(true, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false)]
    [InlineData(true, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true)]
    public async Task Port_takes_good_ciphers_alone(bool isMqtt, TlsCipherSuite cipher, bool isTaken)
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"), ("SmartRadio:Mqtt:TlsPort", "0"));
        await radio.InitializeAsync();
        var port = isMqtt
            ? radio.Services.GetRequiredService<EmbeddedBroker>().TlsEndPoint!.Port
            : radio.TlsAddress.Port;
        using var socket = new TcpClient("127.0.0.1", port);
        await using var tls = new SslStream(socket.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = SslProtocols.Tls12,
            CipherSuitesPolicy = OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy([cipher]),
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
        };

        var error = await Record.ExceptionAsync(() => tls.AuthenticateAsClientAsync(options));

        Assert.Equal(isTaken, error is null);
        Assert.True(isTaken || error is IOException or AuthenticationException, error?.ToString());
    }

    [Fact]
    public async Task Plain_request_from_elsewhere_leads_to_TLS()
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"));
        await radio.InitializeAsync();
        using var caller = radio.Program();
        caller.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var answer = await caller.FetchAsync("/bulletins?state=new");
        using var health = await caller.FetchAsync("/health/ready");
        using var local = await radio.Program().FetchAsync("/api/v1/nodes");

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal($"https://127.0.0.1:{radio.TlsAddress.Port}/bulletins?state=new", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
    }

    [Fact]
    public async Task Without_TLS_plain_requests_are_served()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var caller = radio.Program();
        caller.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var answer = await caller.FetchAsync("/api/v1/nodes");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(true, "SmartRadio:Tls:Subdomains", "max-age=31536000")]
    [InlineData(true, null, "max-age=31536000; includeSubDomains")]
    [InlineData(false, null, null)]
    public async Task Browser_is_told_to_mind_TLS_where_others_vouch_for_the_certificate(bool ofOwn, string? off, string? told)
    {
        using var folder = new TemporaryFolder();
        (string, string)[] settings = off is null ? [] : [(off, "false")];
        await using var radio = new RadioHost(
            [("SmartRadio:Tls:Port", "0"), .. settings, .. ofOwn ? folder.Certificate() : []]);
        await radio.InitializeAsync();
        using var browser = Trusting(radio);

        using var answer = await browser.Http.GetAsync(new Uri("/sign-in", UriKind.Relative));
        using var plain = await radio.Stranger().FetchAsync("/sign-in");

        Assert.Equal(told, answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task What_is_private_is_kept_in_no_cache()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var browser = await radio.SignedInAsync();
        using var program = radio.Program();
        var bulletin = await program.ApprovedBulletinAsync();

        foreach (var path in new[] { "/", "/sign-in", "/live?i=on-air", "/no-such-page", $"/bulletins/{bulletin}/preview.mp3" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            using var answer = await browser.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.Headers.CacheControl?.NoStore == true, path);
        }

        foreach (var path in new[] { "/api/v1/nodes", $"/api/v1/bulletins/{bulletin}/sound", "/api/v1/nodes/0123456789abcdef" })
        {
            using var answer = await program.FetchAsync(path);
            Assert.True(answer.Headers.CacheControl?.NoStore == true, path);
        }

        using var style = await browser.Http.GetAsync(new Uri("/app.css", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, style.StatusCode);
        Assert.False(style.Headers.CacheControl?.NoStore == true);
    }

    [Fact]
    public async Task Sign_out_clears_what_the_browser_keeps_and_an_ended_session_does_not()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var still = new Browser(new HttpClient(handler) { BaseAddress = radio.Address });
        await still.OpenAsync("/sign-in");
        await still.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        await still.OpenAsync("/more");
        var token = new KeyValuePair<string, string>("__RequestVerificationToken", still.TokenOfPage);
        using var form = new FormUrlEncodedContent([token]);

        using var left = await still.Http.PostAsync(new Uri("/sign-out", UriKind.Relative), form);
        using var ended = await still.Http.GetAsync(new Uri("/keys", UriKind.Relative));

        Assert.Equal("\"cache\", \"storage\"", string.Join(", ", left.Headers.GetValues("Clear-Site-Data")));
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.False(ended.Headers.Contains("Clear-Site-Data"));
    }

    private static Browser Trusting(RadioHost radio)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        var known = radio.Services.GetRequiredService<ServerCertificate>().Certificate.GetCertHashString();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == known;
        return new Browser(new HttpClient(handler) { BaseAddress = radio.TlsAddress });
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("smartradio-certificate-").FullName;

        public (string, string)[] Certificate()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=loa.example.vn", key, HashAlgorithmName.SHA256);
            var now = DateTimeOffset.UtcNow;
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
            var file = Path.Combine(_path, "loa.pem");
            File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
            return [("SmartRadio:Tls:Certificate", file)];
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
