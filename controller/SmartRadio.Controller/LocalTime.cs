using Microsoft.Extensions.Options;

namespace SmartRadio.Controller;

/// <summary>
/// The wall clock people schedule by: <see cref="RadioOptions.TimeZone"/>. Everything stored is an instant; this is the only
/// place where the two meet.
/// </summary>
public sealed class LocalTime(IOptions<RadioOptions> options, TimeProvider time)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Now, whole milliseconds, as instants are stored.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    public DateOnly Today => DateOnly.FromDateTime(Of(Now));

    /// <summary>What the wall clock shows at <paramref name="instant"/>.</summary>
    public DateTime Of(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    /// <summary>
    /// The instant at which the wall clock shows this. Where clocks are put forward a skipped time means the same length later;
    /// where they are put back a doubled time means its first coming. Viet Nam knows neither. What lies outside the calendar is
    /// its first or last instant.
    /// </summary>
    public DateTimeOffset InstantOf(DateOnly day, TimeOnly at)
    {
        var wall = day.ToDateTime(at, DateTimeKind.Unspecified);
        var offset = Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Max() : Zone.GetUtcOffset(wall);
        var ticks = Math.Clamp(wall.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
