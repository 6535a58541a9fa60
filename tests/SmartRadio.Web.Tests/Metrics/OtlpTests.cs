using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using SmartRadio.Controller.Delivery;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Metrics;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Metrics;

/// <summary>
/// Figures and log lines sent to a collector. Alone in its process: the library shares one stream among all instruments of
/// one name, and ends it with the first program that stops (MetricReader.DeactivateMetric).
/// </summary>
[Collection(nameof(OtlpTests))]
[CollectionDefinition(nameof(OtlpTests), DisableParallelization = true)]
public sealed class OtlpTests
{
    /// <summary>In milliseconds.</summary>
    private const string Hour = "3600000";

    /// <summary>A collector on a busy machine misses some requests, for each has little time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>As it is shipped, but nothing on the console.</summary>
    private static readonly (string Key, string Value)[] Logging =
    [
        ("Logging:LogLevel:Default", "Information"), ("Logging:LogLevel:Microsoft", "Warning"),
        ("Logging:Console:LogLevel:Default", "None"), ("Logging:Console:LogLevel:Microsoft", "None"),
    ];

    [Fact]
    public async Task Figures_reach_the_collector_that_the_setting_names()
    {
        var bodies = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = await CollectorAsync(async request =>
        {
            var text = await TextAsync(request);
            // A request is counted when it is over, perhaps after the first figures were sent.
            if (text.Contains("smartradio.object.chunks", StringComparison.Ordinal)
                && text.Contains("http.server.request.duration", StringComparison.Ordinal))
            {
                bodies.TrySetResult($"{request.Method} {request.Path} {request.ContentType} {text}");
            }
        });
        await using var radio = new RadioHost(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_SERVICE_NAME", "xa-thu-nghiem"));
        await radio.InitializeAsync();
        radio.Services.GetRequiredService<DeliveryMeters>().ChunkSent();
        using var stranger = radio.Stranger();
        using var answer = await stranger.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);

        var body = await bodies.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.StartsWith("POST /v1/metrics application/x-protobuf ", body, StringComparison.Ordinal);
        Assert.Contains("xa-thu-nghiem", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_reaches_the_collector_with_its_parts_and_without_secrets()
    {
        var lines = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = new StringBuilder();
        await using var collector = await CollectorAsync(async request =>
        {
            var text = await TextAsync(request);
            lock (all)
            {
                all.Append(request.Path == "/v1/logs" ? text : string.Empty);
                if (all.ToString().Contains(" signed in from ", StringComparison.Ordinal))
                {
                    lines.TrySetResult($"{request.Method} {request.Path} {request.ContentType} {all}");
                }
            }
        });
        await using var radio = new RadioHost(
            [
                .. Logging, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
                ("OTEL_SERVICE_NAME", "xa-thu-nghiem"),
            ]);
        await radio.InitializeAsync();

        var sent = await Poll.UntilAsync(
            "a sign-in is told", () => SignedInAsync(radio, lines.Task), text => text is not null, Patience);

        Assert.NotNull(sent);

        Assert.StartsWith("POST /v1/logs application/x-protobuf ", sent, StringComparison.Ordinal);
        Assert.Contains("xa-thu-nghiem", sent, StringComparison.Ordinal);
        Assert.Contains("SmartRadio.Controller.Access.Sessions.SessionStore", sent, StringComparison.Ordinal);
        Assert.Contains("Person {Person} signed in from {Address}", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(radio.Password, sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_while_no_setting_names_a_collector()
    {
        await using var radio = new RadioHost(Logging);
        await radio.InitializeAsync();

        Assert.DoesNotContain(radio.Services.GetServices<ILoggerProvider>(), each => each is OpenTelemetryLoggerProvider);
    }

    /// <summary>How long each may take at most, <see cref="Setting_makes_the_wait_shorter_and_never_longer"/> shows.</summary>
    [Fact]
    public async Task Stop_offers_the_last_figures_once_to_a_collector_that_does_not_answer()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var radio = new RadioHost(
            [
                .. Logging, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{deaf.LocalEndpoint}"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_TIMEOUT", Hour),
                // Nothing is sent before the stop.
                ("OTEL_METRIC_EXPORT_INTERVAL", Hour), ("OTEL_BLRP_SCHEDULE_DELAY", Hour),
            ]);
        await radio.InitializeAsync();

        await radio.DisposeAsync();

        var requests = new List<string>();
        while (deaf.Pending())
        {
            requests.Add(await WholeAsync(await deaf.AcceptSocketAsync(TestContext.Current.CancellationToken)));
        }

        Assert.Single(requests, request => request == "POST /v1/metrics");
        Assert.InRange(requests.Count(request => request == "POST /v1/logs"), 0, 1);
        Assert.InRange(requests.Count, 1, 2);
    }

    /// <summary>Figures and lines go where the setting says and nowhere else; the same limits hold for both.</summary>
    [Fact]
    public async Task Collector_that_leads_elsewhere_is_not_followed()
    {
        var (figures, lines, strayed) = (0, 0, 0);
        await using var elsewhere = await CollectorAsync(_ =>
        {
            Interlocked.Increment(ref strayed);
            return Task.CompletedTask;
        });
        await using var collector = await CollectorAsync(request =>
        {
            _ = request.Path == "/v1/logs" ? Interlocked.Increment(ref lines) : Interlocked.Increment(ref figures);
            request.HttpContext.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            request.HttpContext.Response.Headers.Location = elsewhere.Urls.First() + request.Path;
            return Task.CompletedTask;
        });
        await using var radio = new RadioHost(
            [
                .. Logging, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
                ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
            ]);
        await radio.InitializeAsync();

        // With the second of a kind the first is over.
        await Poll.UntilAsync(
            "figures and lines came twice",
            async () =>
            {
                var before = Volatile.Read(ref lines);
                using var browser = await radio.SignedInAsync();
                await Poll.UntilAsync("a line came", () => Volatile.Read(ref lines) > before, Patience);
                return Volatile.Read(ref lines) > 1 && Volatile.Read(ref figures) > 1;
            },
            Patience);

        Assert.Equal(0, strayed);
    }

    [Theory]
    [InlineData(3_600_000, MetricsServices.ExportTimeout)]
    [InlineData(200, 200)]
    public void Setting_makes_the_wait_shorter_and_never_longer(int set, int expected)
    {
        var exporter = new OtlpExporterOptions { TimeoutMilliseconds = set };

        MetricsServices.Bound(exporter);

        using var client = exporter.HttpClientFactory();
        Assert.Equal((expected, TimeSpan.FromMilliseconds(expected)), (exporter.TimeoutMilliseconds, client.Timeout));
    }

    /// <summary>The request that the program itself has ended; one that it left open is waited for in vain.</summary>
    private static async Task<string> WholeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all, TestContext.Current.CancellationToken).WaitAsync(Poll.Patience);
        }
        catch (IOException)
        {
            // It was cut off, which is an end too.
        }

        return Encoding.UTF8.GetString(all.ToArray()).Split(" HTTP/")[0];
    }

    /// <summary>Signs in, and waits for the line a while: one that the collector missed does not come again.</summary>
    private static async Task<string?> SignedInAsync(RadioHost radio, Task<string> told)
    {
        using var browser = await radio.SignedInAsync();
        return await Task.WhenAny(told, Task.Delay(Pause, TimeProvider.System)) == told ? await told : null;
    }

    private static async Task<string> TextAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static async Task<WebApplication> CollectorAsync(Func<HttpRequest, Task> take)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => take(context.Request));
        await app.StartAsync();
        return app;
    }
}
