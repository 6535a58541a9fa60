using System.Globalization;

namespace SmartRadio.Controller.Areas;

/// <param name="From">Local time, in whole minutes.</param>
/// <param name="Percent">Of the node's own volume.</param>
public sealed record VolumeStep(TimeOnly From, int Percent);

/// <summary>
/// How loud nodes are by time of day, in percent of each one's own volume. A step holds until the next, the last one over
/// midnight.
/// </summary>
public sealed record DayVolume
{
    /// <summary>Most steps of a day: as many as a node's plan holds.</summary>
    public const int Most = 8;

    /// <summary>Least percent; silence is for quiet hours.</summary>
    public const int Least = 10;

    /// <summary>Most percent; a node is never louder than it can be.</summary>
    public const int Loudest = 200;

    private DayVolume(IReadOnlyList<VolumeStep> steps) => Steps = steps;

    /// <summary>By their times.</summary>
    public IReadOnlyList<VolumeStep> Steps { get; }

    /// <param name="steps">In any order, no two at one minute; none = none of one's own.</param>
    /// <exception cref="RefusedException"><see cref="AreaRefusal.DayVolumeOutOfRange"/>.</exception>
    public static DayVolume? Of(IReadOnlyList<VolumeStep>? steps)
    {
        if (steps is null or [])
        {
            return null;
        }

        List<VolumeStep> ordered =
            [.. steps.Select(step => step with { From = new(step.From.Hour, step.From.Minute) }).OrderBy(step => step.From)];
        var isWhole = ordered.Count <= Most && ordered.DistinctBy(step => step.From).Count() == ordered.Count
            && ordered.TrueForAll(step => step.Percent is >= Least and <= Loudest);
        return isWhole ? new(ordered) : throw new RefusedException(AreaRefusal.DayVolumeOutOfRange, Most, Least, Loudest);
    }

    /// <summary>Reads what <see cref="ToString"/> writes: "05:00 60,06:00 100".</summary>
    public static DayVolume Parse(string text) => new(
        [.. text.Split(',').Select(step => new VolumeStep(
            TimeOnly.ParseExact(step[..5], "HH:mm", CultureInfo.InvariantCulture),
            int.Parse(step[6..], CultureInfo.InvariantCulture)))]);

    public override string ToString() => string.Join(
        ',', Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.From:HH:mm} {step.Percent}")));
}
