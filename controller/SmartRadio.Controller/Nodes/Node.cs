using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Nodes;

/// <summary>A loudspeaker cluster as people set it up. What it reports of itself is in <see cref="NodeStatus"/>.</summary>
public sealed class Node
{
    /// <summary>16 lower-case hexadecimal digits.</summary>
    public required string Id { get; set; }

    public required string Name { get; set; }

    public long AreaId { get; set; }

    /// <summary>Percent, 0 to 100.</summary>
    public int Volume { get; set; } = 80;

    /// <summary>How much of it by time of day; null = as in its area.</summary>
    public DayVolume? DayVolume { get; set; }

    /// <summary>Whether its program takes plans with changes of the volume: as its last hello said; a new one does.</summary>
    public bool TakesVolumes { get; set; } = true;

    /// <summary>Prefer the codec with the fewest bytes.</summary>
    public bool LowData { get; set; }

    /// <summary>Number of the newest plan made for it.</summary>
    public long PlanNumber { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
