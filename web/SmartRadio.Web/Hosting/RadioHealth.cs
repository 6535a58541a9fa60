using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Web.Hosting;

/// <summary>/health/live: the process answers. /health/ready: all its parts work.</summary>
internal static class RadioHealth
{
    /// <summary>
    /// How many misfire thresholds, of a minute each, a trigger may be overdue: less can be an ordinary recovery, as Quartz
    /// advises.
    /// </summary>
    private const double Overdue = 3;

    public static void AddRadioHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database")
        // Also reads the store, and looks for what should have fired and did not.
        .AddQuartz(options =>
        {
            options.Name = "scheduler";
            options.StandbyStatus = HealthStatus.Unhealthy;
            options.StaleFiringTolerance = Overdue;
        })
        .AddCheck<LinkCheck>("mqtt");

    public static void MapRadioHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            ResponseWriter = WriteAsync,
            // A part that is late is not ready either.
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status == HealthStatus.Healthy ? "up" : "down"),
        context.RequestAborted);

    private sealed class DatabaseCheck(IDbContextFactory<RadioDb> databases) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return await db.Database.CanConnectAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy();
        }
    }

    /// <summary>The controller's own link, so the broker behind it too, embedded or not.</summary>
    private sealed class LinkCheck(IMessageBus bus) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(bus.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }
}
