using System.ComponentModel;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;

namespace SmartRadio.Web.Shared.Api;

/// <summary>From a time of day on nodes are so loud, until the next step; the last one holds over midnight.</summary>
public sealed record VolumeStepBody(
    [property: Description("Local time, for example 17:00.")] TimeOnly From,
    [property: Description("10 to 200, of the node's own volume; no node is louder than 100 %.")] int Percent)
{
    /// <exception cref="RefusedException">The list holds null in the place of a step.</exception>
    internal static IReadOnlyList<VolumeStep>? Read(IReadOnlyList<VolumeStepBody?>? steps) =>
        steps is null ? null : [.. steps.Select(Read)];

    internal static IReadOnlyList<VolumeStepBody> Of(DayVolume? day) =>
        [.. (day?.Steps ?? []).Select(step => new VolumeStepBody(step.From, step.Percent))];

    private static VolumeStep Read(VolumeStepBody? step) => step is null
        ? throw new RefusedException(Refusal.Malformed, "dayVolume")
        : new(step.From, step.Percent);
}
