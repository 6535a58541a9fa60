using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;

namespace SmartRadio.Web.Complaints;

/// <summary>How many complaints strangers may send: from one address, about one loudspeaker, and in all.</summary>
internal sealed class PublicFormLimits(IOptions<LimitOptions> limits) : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // In this order: who is refused for the address takes nothing from the loudspeaker.
    private readonly PartitionedRateLimiter<(string Address, string NodeId)> _limiter = PartitionedRateLimiter.CreateChained(
        By(asked => asked.Address, limits.Value.AddressHourComplaints),
        By(asked => asked.NodeId, limits.Value.NodeHourComplaints),
        By(_ => string.Empty, limits.Value.HourComplaints));

    /// <param name="address">As <see cref="Shared.CallerAddress"/> counts it.</param>
    /// <param name="nodeId">The loudspeaker.</param>
    /// <returns>One complaint; not acquired when there were too many.</returns>
    public RateLimitLease Take(string address, string nodeId) => _limiter.AttemptAcquire((address, nodeId));

    public void Dispose() => _limiter.Dispose();

    private static PartitionedRateLimiter<(string Address, string NodeId)> By(
        Func<(string Address, string NodeId), string> part, int most) =>
        PartitionedRateLimiter.Create<(string Address, string NodeId), string>(asked =>
            RateLimitPartition.GetFixedWindowLimiter(
                part(asked), _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Hour }));
}
