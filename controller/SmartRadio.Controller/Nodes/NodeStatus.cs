using SmartRadio.Protocol;

namespace SmartRadio.Controller.Nodes;

/// <summary>What a node last said of itself. A new message makes a new value, so a reader always sees one moment.</summary>
public sealed record NodeStatus
{
    public required string NodeId { get; init; }

    public bool Online { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public string Firmware { get; init; } = string.Empty;

    public string Hardware { get; init; } = string.Empty;

    /// <summary>Bit set of <see cref="CodecId"/>.</summary>
    public int Codecs { get; init; }

    /// <summary>Number of the plan it holds.</summary>
    public long PlanNumber { get; init; }

    /// <summary>Highest counter accepted from it.</summary>
    public long UpCounter { get; init; }

    /// <summary>The broadcast on air, or null.</summary>
    public long? OnAir { get; init; }

    /// <summary>Percent.</summary>
    public int Volume { get; init; }

    /// <summary>dBm; 0 = wired or unknown.</summary>
    public int Signal { get; init; }

    /// <summary>KiB.</summary>
    public long StorageSize { get; init; }

    /// <summary>KiB.</summary>
    public long StorageFree { get; init; }

    public TimeSpan ClockOffset { get; init; }

    /// <summary>Degrees Celsius.</summary>
    public double Temperature { get; init; }

    /// <summary>Millivolts; 0 = not measured.</summary>
    public int Supply { get; init; }

    public TimeSpan Uptime { get; init; }

    /// <summary>Messages the node refused since power-on.</summary>
    public long Refused { get; init; }

    /// <summary>What it finds on its loudspeaker line.</summary>
    public LineState Line { get; init; }

    /// <summary>RMS at its line sensor, in mV.</summary>
    public int LineLevel { get; init; }

    /// <summary>How far it is with an update of its program.</summary>
    public UpdateState Update { get; init; }

    /// <summary>The version that <see cref="Update"/> is about, or empty.</summary>
    public string UpdateVersion { get; init; } = string.Empty;
}
