using Microsoft.Extensions.Options;

namespace SmartRadio.Controller.Delivery.Plans;

/// <summary>
/// When nodes that spare data fetch their sounds: by night, when the line is cheap and idle, unless that would be too late.
/// </summary>
public sealed class NightHours(IOptions<DeliveryOptions> options, LocalTime clock)
{
    // What starts so soon after the night has begun is fetched before it.
    private static readonly TimeSpan Fetching = TimeSpan.FromHours(1);

    /// <summary>Whether a sound may be fetched at an instant, when it is to start at another.</summary>
    public bool MayFetch(DateTimeOffset start, DateTimeOffset at) => start < Horizon(at);

    /// <summary>What starts before this may be fetched at an instant; by night that is everything.</summary>
    public DateTimeOffset Horizon(DateTimeOffset at)
    {
        var (from, to) = (options.Value.NightFrom, options.Value.NightTo);
        var local = clock.Of(at);
        var hour = TimeOnly.FromDateTime(local);
        if (from == to || hour.IsBetween(from, to))
        {
            return DateTimeOffset.MaxValue;
        }

        var day = DateOnly.FromDateTime(local);
        return clock.InstantOf(hour < from ? day : day.AddDays(1), from) + Fetching;
    }
}
