using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace SmartRadio.Controller.Nodes;

/// <summary>How often nodes are looked after. Many nodes on slow machines may want it less often.</summary>
public sealed class NodeOptions
{
    /// <summary>Between two times that what nodes say of themselves is written down.</summary>
    [ConfigurationKeyName("Watch:Fleet")]
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WatchFleet { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long a silence a node counts as off-line: three heartbeats and a little.</summary>
    [ConfigurationKeyName("Watch:Silence")]
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan WatchSilence { get; set; } = TimeSpan.FromSeconds(100);
}
