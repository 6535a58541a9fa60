using System.Net;
using System.Threading.RateLimiting;

namespace SmartRadio.Web.Nodes;

/// <summary>How often codes may be tried: by one address, and by all together, so that many addresses guess no faster.</summary>
internal sealed class EnrolmentLimits : IDisposable
{
    /// <summary>Tries a minute of one address: an office that enrols its loudspeakers one by one does not feel it.</summary>
    public const int PerAddress = 10;

    /// <summary>Tries a minute in all.</summary>
    public const int InAll = 60;

    private readonly PartitionedRateLimiter<IPAddress?> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress?, string>(address => RateLimitPartition.GetFixedWindowLimiter(
            address?.ToString() ?? string.Empty,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerAddress, Window = TimeSpan.FromMinutes(1) })),
        PartitionedRateLimiter.Create<IPAddress?, string>(_ => RateLimitPartition.GetFixedWindowLimiter(
            string.Empty,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = InAll, Window = TimeSpan.FromMinutes(1) })));

    /// <summary>One try; not acquired when there were too many.</summary>
    public RateLimitLease Take(IPAddress? address) => _limiter.AttemptAcquire(address);

    public void Dispose() => _limiter.Dispose();
}
