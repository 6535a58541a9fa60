using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace SmartRadio.Controller.Delivery;

/// <summary>How fast and when sound goes to the nodes.</summary>
public sealed class DeliveryOptions
{
    /// <summary>
    /// Bytes a second at which objects are sent ahead to all who listen, all objects together; 128 KB/s leaves room on a 4G line
    /// that carries a few nodes.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int ObjectRate { get; set; } = 128 * 1024;

    /// <summary>
    /// Bytes a second at which chunks that single nodes lack are sent to these, all together. One node's line gets no more than
    /// <see cref="ObjectRate"/>.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int ObjectRepairRate { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes a second that objects may take of the broker's own line, one for each listener: 100 MB/s is most of a gigabit line
    /// and leaves room for live sound. With more than a few hundred listeners this, not <see cref="ObjectRate"/>, sets the pace.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int ObjectLineRate { get; set; } = 100_000_000;

    /// <summary>
    /// Local time at which nodes that spare data begin to fetch their sounds; the same as <see cref="NightTo"/> = at any time.
    /// </summary>
    public TimeOnly NightFrom { get; set; } = new(22, 0);

    /// <summary>Local time at which they stop.</summary>
    public TimeOnly NightTo { get; set; } = new(5, 0);

    /// <summary>Between two looks for what nodes that spare data may fetch now.</summary>
    [ConfigurationKeyName("Watch:Night")]
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WatchNight { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks for broadcasts that start soon; each looks three times as far ahead.</summary>
    [ConfigurationKeyName("Watch:Starts")]
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WatchStarts { get; set; } = TimeSpan.FromSeconds(5);
}
