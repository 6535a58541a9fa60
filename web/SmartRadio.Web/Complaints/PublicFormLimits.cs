using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Controller.Complaints;

namespace SmartRadio.Web.Complaints;

/// <summary>How many complaints strangers may send: from one address, about one loudspeaker, in one area, and in all.</summary>
internal sealed class PublicFormLimits(IOptions<LimitOptions> limits) : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // In this order: who is refused for the address takes nothing from the loudspeaker, and one commune nothing from all.
    private readonly PartitionedRateLimiter<(string Address, PublicPole Pole)> _limiter = PartitionedRateLimiter.CreateChained(
        By(asked => asked.Address, limits.Value.AddressHourComplaints),
        By(asked => asked.Pole.NodeId, limits.Value.NodeHourComplaints),
        By(asked => asked.Pole.AreaId.ToString(CultureInfo.InvariantCulture), limits.Value.AreaHourComplaints),
        By(_ => string.Empty, limits.Value.HourComplaints));

    /// <param name="address">As <see cref="Shared.CallerAddress"/> counts it.</param>
    /// <param name="pole">The loudspeaker.</param>
    /// <returns>One complaint; not acquired when there were too many.</returns>
    public RateLimitLease Take(string address, PublicPole pole) => _limiter.AttemptAcquire((address, pole));

    public void Dispose() => _limiter.Dispose();

    private static PartitionedRateLimiter<(string Address, PublicPole Pole)> By(
        Func<(string Address, PublicPole Pole), string> part, int most) =>
        PartitionedRateLimiter.Create<(string Address, PublicPole Pole), string>(asked =>
            RateLimitPartition.GetFixedWindowLimiter(
                part(asked), _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Hour }));
}
