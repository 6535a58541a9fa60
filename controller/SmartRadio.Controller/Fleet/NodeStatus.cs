namespace SmartRadio.Controller.Fleet;

/// <summary>What a node last said of itself.</summary>
public sealed class NodeStatus
{
    public required string NodeId { get; set; }

    public bool Online { get; set; }

    public DateTimeOffset? LastSeen { get; set; }

    public string Firmware { get; set; } = string.Empty;

    public string Hardware { get; set; } = string.Empty;

    /// <summary>Bit set of <see cref="Wire.CodecId"/>.</summary>
    public int Codecs { get; set; }

    /// <summary>Number of the plan it holds.</summary>
    public long PlanNumber { get; set; }

    /// <summary>Highest counter accepted from it.</summary>
    public long UpCounter { get; set; }

    /// <summary>The broadcast on air, or null.</summary>
    public long? OnAir { get; set; }

    /// <summary>Percent.</summary>
    public int Volume { get; set; }

    /// <summary>dBm; 0 = wired or unknown.</summary>
    public int Signal { get; set; }

    /// <summary>KiB.</summary>
    public long StorageSize { get; set; }

    /// <summary>KiB.</summary>
    public long StorageFree { get; set; }

    public TimeSpan ClockOffset { get; set; }

    /// <summary>Degrees Celsius.</summary>
    public double Temperature { get; set; }

    /// <summary>Millivolts; 0 = not measured.</summary>
    public int Supply { get; set; }

    public TimeSpan Uptime { get; set; }

    /// <summary>Messages the node refused since power-on.</summary>
    public long Refused { get; set; }
}
