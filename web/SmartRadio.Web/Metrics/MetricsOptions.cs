using SmartRadio.Controller;

namespace SmartRadio.Web.Metrics;

/// <summary>Section "SmartRadio:Metrics".</summary>
internal sealed class MetricsOptions
{
    public const string Section = RoomOptions.Section + ":Metrics";

    /// <summary>
    /// A caller on this machine needs no key. Set it to false behind a proxy that adds no forwarded header: what comes
    /// through it looks as if it came from this machine.
    /// </summary>
    public bool Local { get; set; } = true;
}
