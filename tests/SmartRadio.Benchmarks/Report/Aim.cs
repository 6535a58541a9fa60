using System.Globalization;

namespace SmartRadio.Benchmarks.Report;

/// <summary>What a figure is held against.</summary>
/// <param name="Figure">Its name.</param>
/// <param name="Text">The aim for people.</param>
/// <param name="Holds">Given the medians and the row's name. False when a figure it needs is missing.</param>
internal sealed record Aim(string Figure, string Text, Func<Medians, string, bool> Holds)
{
    public static Aim AtMost(string figure, double limit) =>
        new(figure, $"≤ {Format(limit)}", (all, row) => all.Ours(row, figure) <= limit);

    public static Aim AtLeast(string figure, double limit) =>
        new(figure, $"≥ {Format(limit)}", (all, row) => all.Ours(row, figure) >= limit);

    /// <summary>In ratio to mosquitto's.</summary>
    public static Aim AtMostTimes(string figure, double limit) =>
        new(figure, $"≤ {Format(limit)} ×", (all, row) => all.Ours(row, figure) <= limit * all.Mosquittos(row, figure));

    /// <summary>In ratio to mosquitto's.</summary>
    public static Aim AtLeastTimes(string figure, double limit) =>
        new(figure, $"≥ {Format(limit)} ×", (all, row) => all.Ours(row, figure) >= limit * all.Mosquittos(row, figure));

    /// <summary>In ratio to mosquitto's, or all that is offered.</summary>
    public static Aim AtLeastTimesOr(string figure, double limit, double all) => new(
        figure, $"≥ {Format(limit)} ×, or all {Format(all)}",
        (medians, row) => medians.Ours(row, figure) >= Math.Min(limit * medians.Mosquittos(row, figure), all));

    /// <summary>In ratio to ours in another row, where that was run too.</summary>
    public static Aim AtMostTimesRow(string figure, double limit, string other) => new(
        figure, $"≤ {Format(limit)} × {other}",
        (all, row) => double.IsNaN(all.Ours(other, figure)) || all.Ours(row, figure) <= limit * all.Ours(other, figure));

    private static string Format(double limit) => limit.ToString("#,0.##", CultureInfo.InvariantCulture);
}
