using System.Net;

namespace SmartRadio.Web.Shared;

/// <summary>Knows whether a request was made on this very machine, and not by way of a proxy that runs on it.</summary>
internal static class LocalCaller
{
    /// <summary>What proxies add beside X-Forwarded-…, and X-Original-…, in which ASP.NET keeps what it replaced.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];

    /// <summary>
    /// True when both ends of the connection are loopback addresses, the caller asked for one by name, and no proxy has
    /// left a trace. The name keeps out a web page whose own name was made to lead here.
    /// </summary>
    public static bool Is(HttpContext context) =>
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
}
