using System.Threading.RateLimiting;

namespace SmartRadio.Web.Nodes;

/// <summary>
/// How often wrong codes may be tried: by one address, and by all together, so that many addresses guess no faster. A right code
/// is taken always.
/// </summary>
internal sealed class EnrolmentLimits : IDisposable
{
    /// <summary>Wrong codes a minute of one address.</summary>
    public const int PerAddress = 10;

    /// <summary>Wrong codes a minute in all.</summary>
    public const int InAll = 60;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(
            address,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerAddress, Window = TimeSpan.FromMinutes(1) })),
        PartitionedRateLimiter.Create<string, string>(_ => RateLimitPartition.GetFixedWindowLimiter(
            string.Empty,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = InAll, Window = TimeSpan.FromMinutes(1) })));

    /// <param name="address">As <see cref="Shared.CallerAddress"/> counts it.</param>
    /// <returns>One wrong code; not acquired when there were too many.</returns>
    public RateLimitLease Take(string address) => _limiter.AttemptAcquire(address);

    public void Dispose() => _limiter.Dispose();
}
