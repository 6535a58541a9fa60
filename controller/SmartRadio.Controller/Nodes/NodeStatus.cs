using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Nodes;

/// <summary>What a node last said of itself. A new message makes a new value, so a reader always sees one moment.</summary>
public sealed record NodeStatus
{
    // A node's clock before its first exchange may say anything; a TimeSpan and the screen need a bound.
    private const long MaxOffset = 100L * 365 * 24 * 3600 * 1000;

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

    /// <summary>Messages the node rejected since power-on.</summary>
    public long Rejected { get; init; }

    /// <summary>What it finds on its loudspeaker line.</summary>
    public LineState Line { get; init; }

    /// <summary>RMS at its line sensor, in mV.</summary>
    public int LineLevel { get; init; }

    /// <summary>How far it is with an update of its program.</summary>
    public UpdateState Update { get; init; }

    /// <summary>The version that <see cref="Update"/> is about, or empty.</summary>
    public string UpdateVersion { get; init; } = string.Empty;

    /// <summary>Type and place of the exception that last ended its program, or empty. Said anew with every connection.</summary>
    public string LastFault { get; init; } = string.Empty;

    /// <summary>What is known after the first message of a connection.</summary>
    public NodeStatus After(Hello hello, DateTimeOffset at) => Seen(at) with
    {
        Firmware = hello.Firmware,
        Hardware = hello.Hardware,
        Codecs = hello.Codecs,
        StorageSize = hello.StorageSize,
        PlanNumber = hello.PlanNumber,
    };

    /// <summary>What is known after a heartbeat: each of its fields in the unit of this record.</summary>
    public NodeStatus After(Heartbeat beat, DateTimeOffset at) => Seen(at) with
    {
        PlanNumber = beat.PlanNumber,
        OnAir = beat.OnAir == 0 ? null : beat.OnAir,
        Volume = beat.Volume,
        Signal = beat.Signal,
        StorageFree = beat.StorageFree,
        ClockOffset = TimeSpan.FromMilliseconds(Math.Clamp(beat.ClockOffset, -MaxOffset, MaxOffset)),
        Temperature = beat.Temperature / 10.0,
        Supply = beat.Supply,
        Uptime = TimeSpan.FromSeconds(beat.Uptime),
        Rejected = beat.Rejected,
    };

    /// <summary>What is known after a word on the node's own health.</summary>
    public NodeStatus After(Health health, DateTimeOffset at) => Seen(at) with
    {
        Line = health.Line,
        LineLevel = health.LineLevel,
        Update = health.Update,
        UpdateVersion = health.UpdateVersion,
        LastFault = health.LastFault,
    };

    private NodeStatus Seen(DateTimeOffset at) => this with { Online = true, LastSeen = at };
}
