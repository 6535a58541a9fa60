using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Nodes;

/// <summary>Who may try codes, how often, and before which certificate.</summary>
public sealed partial class EnrolmentLimitTests
{
    [Fact]
    public async Task Many_addresses_together_try_no_more_than_sixty_codes_a_minute()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        for (var address = 2; address < 8; address++)
        {
            using var browser = radio.Browser(IPAddress.Parse($"127.0.0.{address}"));
            for (var i = 0; i < 10; i++)
            {
                using var answer = await browser.Http.PostAsync("/api/v1/enrolments", new { code = "4444-4444-4444" });
                await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "EnrolmentCodeWrong");
            }
        }

        using var fresh = radio.Browser(IPAddress.Parse("127.0.0.9"));
        using var refused = await fresh.Http.PostAsync("/api/v1/enrolments", new { code = "4444-4444-4444" });
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TooManyRequests");
    }

    [Fact]
    public async Task Guesser_behind_the_same_address_does_not_stop_an_honest_device()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var client = radio.Program();
        var area = await client.AreaAsync();
        using var device = radio.Stranger();
        for (var i = 0; i < 12; i++)
        {
            using var guessed = await device.PostAsync("/api/v1/enrolments", new { code = "4444-4444-4444" });
        }

        using var refused = await device.PostAsync("/api/v1/enrolments", new { code = "4444-4444-4444" });
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TooManyRequests");
        for (var i = 0; i < 12; i++)
        {
            var made = await (await client.PostAsync("/api/v1/nodes", new { name = $"Loa {i}", areaId = area })).JsonAsync(
                HttpStatusCode.Created);
            var code = made.GetProperty("code").GetString();
            await (await device.PostAsync("/api/v1/enrolments", new { code })).JsonAsync();
        }
    }

    [Theory]
    [InlineData("http", "127.0.0.1", "X-Forwarded-For", EnrolmentRefusal.EnrolmentNeedsTls)]
    [InlineData("http", "::1", "Forwarded", EnrolmentRefusal.EnrolmentNeedsTls)]
    [InlineData("http", "192.0.2.7", null, EnrolmentRefusal.EnrolmentNeedsTls)]
    [InlineData("http", "::ffff:192.0.2.7", null, EnrolmentRefusal.EnrolmentNeedsTls)]
    [InlineData("http", "2001:db8::7", null, EnrolmentRefusal.EnrolmentNeedsTls)]
    [InlineData("http", null, null, EnrolmentRefusal.EnrolmentNeedsTls)]
    [InlineData("https", "192.0.2.7", null, EnrolmentRefusal.EnrolmentCodeWrong)]
    [InlineData("http", "127.0.0.1", null, EnrolmentRefusal.EnrolmentCodeWrong)]
    [InlineData("http", "::1", null, EnrolmentRefusal.EnrolmentCodeWrong)]
    public async Task Over_plain_HTTP_only_this_machine_may_try(string scheme, string? from, string? by, string refusal)
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        var enrolments = radio.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(endpoint => endpoint.RoutePattern.RawText!.EndsWith("/enrolments", StringComparison.Ordinal));
        await using var scope = radio.Services.CreateAsyncScope();
        var body = Encoding.UTF8.GetBytes("""{"code":"4444-4444-4444"}""");
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = "POST";
        context.Request.Scheme = scheme;
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        context.Connection.LocalIpAddress = IPAddress.Loopback;
        context.Request.Host = new HostString("localhost", 5080);
        if (by is not null)
        {
            context.Request.Headers[by] = "192.0.2.7";
        }

        var refused = await Assert.ThrowsAsync<RefusedException>(() => enrolments.RequestDelegate!(context));

        Assert.Equal(refusal, refused.Refusal);
    }

    [Fact]
    public async Task Operators_certificate_leaves_the_fingerprint_out_of_the_code()
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-certificate-").FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=loa.example.vn", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var (file, keyFile) = (Path.Combine(folder, "loa.pem"), Path.Combine(folder, "loa.key"));
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await using var radio = new RadioHost(
            ("SmartRadio:Tls:Port", "0"), ("SmartRadio:Tls:Certificate", file), ("SmartRadio:Tls:Key", keyFile));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var area = (await client.AreaAsync()).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/nodes/new");
        await browser.SendAsync("/nodes/new", ("_handler", "enrol"), ("name", "Loa"), ("area", area));
        var code = Code().Match(browser.Page).Groups["code"].Value;
        Assert.Equal(14, code.Length);

        // Nobody on this machine vouches for the certificate, so the device does not say its code.
        var url = "https://127.0.0.1:" + radio.TlsAddress.Port;
        var wary = await Assert.ThrowsAsync<FleetException>(
            () => EnrolCommand.RunAsync(url, code, Path.Combine(folder, "node"), CancellationToken.None));
        Assert.Contains("another machine in its place", wary.Message, StringComparison.Ordinal);

        var shown = string.Empty;
        using var trusting = new SocketsHttpHandler();
        trusting.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) =>
        {
            shown = Convert.ToHexString(presented!.GetCertHash(HashAlgorithmName.SHA256));
            return shown == certificate.GetCertHashString(HashAlgorithmName.SHA256);
        };
        using var device = new HttpClient(trusting) { BaseAddress = new Uri(url) };
        var given = await (await device.PostAsync("/api/v1/enrolments", new { code })).JsonAsync();
        Assert.Equal(64, given.GetProperty("secret").GetString()!.Length);
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("class=\"secret code\">(?<code>[^<]+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    /// <summary>What a server says of a request with a body.</summary>
    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
