using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Web.Demo;

/// <summary>Settings of the demo, in section "SmartRadio".</summary>
internal sealed class DemoOptions
{
    /// <summary>Number of virtual nodes in the demo commune; 0 = no demo.</summary>
    [Range(0, 10_000)]
    public int Demo { get; set; }

    /// <summary>The program that runs virtual nodes for the demo.</summary>
    public string? NodeProgram { get; set; }
}
