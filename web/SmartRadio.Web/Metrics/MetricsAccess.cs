using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace SmartRadio.Web.Metrics;

/// <summary>Who may read the figures: the holder of an API key, and whoever calls on this very machine.</summary>
internal sealed class MetricsAccess(IOptionsMonitor<MetricsOptions> options) : AuthorizationHandler<MetricsAccess.Requirement>
{
    /// <summary>What proxies add beside X-Forwarded-…, and X-Original-…, in which ASP.NET keeps what it replaced.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true
            || (options.CurrentValue.Local && context.Resource is HttpContext http && IsLocal(http)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// True when both ends of the connection are loopback addresses, the caller asked for one by name, and no proxy has
    /// left a trace. The name keeps out a web page whose own name was made to lead here.
    /// </summary>
    internal static bool IsLocal(HttpContext context) =>
        IsLoopback(context.Connection.RemoteIpAddress)
        && IsLoopback(context.Connection.LocalIpAddress)
        && IsLoopback(context.Request.Host.Host)
        && !context.Request.Headers.Any(header => IsOfProxy(header.Key));

    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IsLoopback(address));

    private static bool IsOfProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
        || ProxyHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);

    internal sealed class Requirement : IAuthorizationRequirement;
}
