using System.Globalization;
using SmartRadio.Controller.Areas;

namespace SmartRadio.Web.Shared;

/// <summary>The volumes of a day between their rows in a form and what is stored.</summary>
internal static class VolumeForm
{
    /// <summary>The steps of the rows that have a percent; a row without one is struck out.</summary>
    public static IReadOnlyList<VolumeStep> Read(IReadOnlyList<string?>? from, IReadOnlyList<string?>? percent) =>
    [
        .. (percent ?? []).Index().Where(row => !string.IsNullOrEmpty(row.Item)).Select(row => new VolumeStep(
            FormValues.Clock(row.Index < from?.Count ? from[row.Index] : null, "volume-from"),
            FormValues.Number(row.Item, "volume-percent"))),
    ];

    /// <summary>"05:00 60 % · 17:00 120 %".</summary>
    public static string Shown(DayVolume day) =>
        string.Join(" · ", day.Steps.Select(step => $"{Text.Format.Clock(step.From)} {step.Percent} %"));

    /// <summary>The rows' times.</summary>
    public static string[] From(DayVolume? day) =>
        [.. (day?.Steps ?? []).Select(step => step.From.ToString("HH:mm", CultureInfo.InvariantCulture))];

    /// <summary>The rows' percents.</summary>
    public static string[] Percent(DayVolume? day) =>
        [.. (day?.Steps ?? []).Select(step => step.Percent.ToString(CultureInfo.InvariantCulture))];
}
