using System.Globalization;
using System.Text.Json.Serialization;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>How good or bad a virtual node's hardware is; as it stands, in good health on a large card.</summary>
internal sealed record NodeProfile
{
    public static readonly ValueRange Drifts = new(-200, 200, "parts per million", IsWhole: false);
    public static readonly ValueRange RingDrifts = new(-50, 50, "parts per million", IsWhole: false);
    public static readonly ValueRange FlashDelays = new(0, 1000, "milliseconds");
    public static readonly ValueRange Handshakes = new(0, 60, "seconds");
    public static readonly ValueRange Signals = new(-100, -20, "dBm");
    public static readonly ValueRange Sags = new(0, 80, "dB");

    /// <summary>Size of the storage, such as 3MB (the ESP32-S3's own flash) or 256MB.</summary>
    public string Storage { get; init; } = "256MB";

    /// <summary>Parts per million by which the crystal is fast, −200 to 200.</summary>
    public double Drift { get; init; }

    /// <summary>Parts per million by which the output's ring is fast against the crystal, −50 to 50.</summary>
    public double RingDrift { get; init; }

    /// <summary>Milliseconds for which writing a block of 4 KB holds the node, 0 to 1000.</summary>
    public int FlashDelay { get; init; }

    /// <summary>Signal in dBm at its best, −100 to −20.</summary>
    public int Signal { get; init; } = -67;

    /// <summary>dB by which the signal sags and comes back, once a minute; below −90 dBm the link is lost.</summary>
    public int Sag { get; init; }

    /// <summary>How often and how long nothing of the node runs, such as 3s@30; null = never.</summary>
    public string? Stall { get; init; }

    /// <summary>Once the node was connected, the broker's name is found no more.</summary>
    public bool DnsDead { get; init; }

    /// <summary>Seconds for which each attempt to connect lets nothing of the node run, 0 to 60.</summary>
    public int Handshake { get; init; }

    /// <summary>Objects lie in parts, and writes cost what littlefs makes of them.</summary>
    public bool LittleFs { get; init; }

    [JsonIgnore]
    public Stall? Stalls => Stall is null ? null : Hardware.Stall.Parse(Stall);

    [JsonIgnore]
    public long StorageBytes => BytesOf(Storage);

    /// <summary>Reads a profile from a JSON file with any of these names.</summary>
    /// <exception cref="FleetException">It is missing or wrong.</exception>
    public static NodeProfile Read(string path)
    {
        var profile = JsonFile.Read<NodeProfile>(path, "a profile");
        try
        {
            return profile.Checked();
        }
        catch (FleetException problem)
        {
            throw new FleetException($"{path}: {problem.Message}");
        }
    }

    /// <exception cref="FleetException">It is none.</exception>
    public static string CheckedStorage(string size)
    {
        _ = BytesOf(size);
        return size;
    }

    /// <exception cref="FleetException">It is none.</exception>
    public static string CheckedStall(string stall)
    {
        _ = Hardware.Stall.Parse(stall);
        return stall;
    }

    private NodeProfile Checked()
    {
        _ = Stalls;
        Handshakes.Check("handshake", Handshake);
        CheckedStorage(Storage ?? "");
        Drifts.Check("drift", Drift);
        RingDrifts.Check("ringDrift", RingDrift);
        FlashDelays.Check("flashDelay", FlashDelay);
        Signals.Check("signal", Signal);
        Sags.Check("sag", Sag);
        return this;
    }

    private static long BytesOf(string size)
    {
        var unit = size.EndsWith("KB", StringComparison.OrdinalIgnoreCase) ? 1024L
            : size.EndsWith("MB", StringComparison.OrdinalIgnoreCase) ? 1024L * 1024
            : size.EndsWith("GB", StringComparison.OrdinalIgnoreCase) ? 1024L * 1024 * 1024 : 0;
        return unit > 0
            && int.TryParse(size.AsSpan(0, size.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= 100_000
            ? count * unit
            : throw new FleetException(
                $"'{size}' is no size of a storage such as 3MB: a whole number from 1 to 100000 and KB, MB or GB.");
    }
}
