using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using SmartRadio.Controller.Delivery;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Metrics;

/// <summary>Figures and log lines sent to a collector.</summary>
public sealed class OtlpTests
{
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

        var body = await bodies.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

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
        using var browser = await radio.SignedInAsync();

        var sent = await lines.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

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

    [Fact]
    public async Task Program_stops_in_time_when_the_collector_does_not_answer()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var radio = new RadioHost(
            [
                .. Logging, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{deaf.LocalEndpoint}"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ]);
        await radio.InitializeAsync();
        var watch = Stopwatch.StartNew();

        await radio.DisposeAsync();

        Assert.True(deaf.Pending(), "The last figures were not even offered.");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
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
