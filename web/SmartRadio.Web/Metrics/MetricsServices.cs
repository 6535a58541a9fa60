using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Authorization;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Quartz.Diagnostics;
using SmartRadio.Controller;
using SmartRadio.Web.SignIn;

namespace SmartRadio.Web.Metrics;

/// <summary>
/// Figures for those who run the program: at /metrics in Prometheus' text form, and by OTLP to a collector when
/// OpenTelemetry's own settings name one. The log goes there as well. Traces are not sent.
/// </summary>
internal static class MetricsServices
{
    private const string Policy = "metrics";

    /// <summary>OpenTelemetry's own setting: the collector's URL. Without it nothing is sent.</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// How long a collector may take at most, in milliseconds: the last figures are sent while Ctrl-C waits, and then the last
    /// lines of the log.
    /// </summary>
    internal const int ExportTimeout = 1500;

    /// <summary>
    /// What Quartz's figures are told apart by. Not by trigger: each schedule has one, and schedules only become more.
    /// </summary>
    private static readonly string[] QuartzTags =
    [
        ActivityTags.SchedulerId, ActivityTags.JobName, ActivityTags.JobResult, ActivityTags.JobStoreOperation,
        ActivityTags.JobStoreLock,
        "error.type",
    ];

    /// <summary>
    /// In seconds, as OpenTelemetry advises for requests. Quartz names none, and the library's own begin at five seconds.
    /// </summary>
    private static readonly double[] QuartzBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    public static void AddRadioMetrics(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRoomOptions<MetricsOptions>(MetricsOptions.Section);
        services.AddSingleton<IAuthorizationHandler, MetricsAccess>();
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(ApiKeyAuthentication.Scheme)
            .AddRequirements(new MetricsAccess.Requirement()));
        var isSent = !string.IsNullOrWhiteSpace(builder.Configuration[Collector]);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("smartradio", serviceVersion: typeof(MetricsServices).Assembly.GetName().Version?.ToString(3))
                // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter("SmartRadio.*", "Microsoft.EntityFrameworkCore", QuartzInstrumentation.MeterName)
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddView(StreamOf)
                    .AddPrometheusExporter();
                if (isSent)
                {
                    metrics.AddOtlpExporter(Bound);
                }
            });
        if (isSent)
        {
            telemetry.WithLogging(
                logging => logging.AddOtlpExporter((exporter, processor) =>
                {
                    Bound(exporter);
                    // What waits fits into one request, so that the end of the program waits for one.
                    var batch = processor.BatchExportProcessorOptions;
                    batch.MaxQueueSize = batch.MaxExportBatchSize;
                }),
                // A line as the console shows it, beside its parts.
                lines => lines.IncludeFormattedMessage = true);
        }
    }

    public static void MapRadioMetrics(this IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint().RequireAuthorization(Policy);

    /// <summary>No setting lets a collector take longer than <see cref="ExportTimeout"/>.</summary>
    internal static void Bound(OtlpExporterOptions exporter)
    {
        exporter.TimeoutMilliseconds = Math.Min(exporter.TimeoutMilliseconds, ExportTimeout);
        // It goes where the setting says, and nowhere else.
        var patience = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds);
        exporter.HttpClientFactory = () =>
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = patience };
    }

    private static MetricStreamConfiguration? StreamOf(Instrument instrument) => instrument.Meter.Name switch
    {
        QuartzInstrumentation.MeterName when instrument is Histogram<double> =>
            new ExplicitBucketHistogramConfiguration { TagKeys = QuartzTags, Boundaries = QuartzBounds },
        QuartzInstrumentation.MeterName => new MetricStreamConfiguration { TagKeys = QuartzTags },
        // How long each component of a page took: half of all lines, and nothing to act on.
        "Microsoft.AspNetCore.Components.Lifecycle" => MetricStreamConfiguration.Drop,
        _ => null,
    };
}
