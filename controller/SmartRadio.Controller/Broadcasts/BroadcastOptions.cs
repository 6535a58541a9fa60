using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>How broadcasts begin and end.</summary>
public sealed class BroadcastOptions
{
    /// <summary>From "now" to the first sample, so that command and first sound are at the nodes in time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan NowLead { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The same for an emergency.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan EmergencyLead { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How late a broadcast may start on a node that was out of reach, unless a person says otherwise.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "12:00:00")]
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where recordings of loudspeakers lie; null = in the data folder.</summary>
    public string? Recordings { get; set; }

    /// <summary>Between two looks for broadcasts that are over.</summary>
    [ConfigurationKeyName("Watch:Ends")]
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WatchEnds { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long receipts are gathered before they are stored in one transaction and acknowledged; zero = no longer than the last
    /// one takes.
    /// </summary>
    [ConfigurationKeyName("Watch:Receipts")]
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WatchReceipts { get; set; } = TimeSpan.Zero;
}
