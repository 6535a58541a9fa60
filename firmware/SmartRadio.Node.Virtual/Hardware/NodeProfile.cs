using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>How good or bad a virtual node's hardware is; as it stands, in good health on a large card.</summary>
internal sealed record NodeProfile
{
    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

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

    [JsonIgnore]
    public long StorageBytes => BytesOf(Storage);

    /// <summary>Reads a profile from a JSON file with any of these names.</summary>
    /// <exception cref="FleetException">It is missing or wrong.</exception>
    public static NodeProfile Read(string path)
    {
        try
        {
            return (JsonSerializer.Deserialize<NodeProfile>(File.ReadAllText(path), Format) ?? throw new FleetException($"{path} is empty.")).Checked();
        }
        catch (JsonException e)
        {
            throw new FleetException($"{path} is no profile in JSON: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Itself, when every value is in its range.</summary>
    /// <exception cref="FleetException">One is not.</exception>
    public NodeProfile Checked()
    {
        if (Storage is null)
        {
            throw new FleetException("storage must be a size such as 3MB.");
        }

        _ = StorageBytes;
        InRange("drift", Drift, -200, 200);
        InRange("ringDrift", RingDrift, -50, 50);
        InRange("flashDelay", FlashDelay, 0, 1000);
        InRange("signal", Signal, -100, -20);
        InRange("sag", Sag, 0, 80);
        return this;
    }

    private static void InRange(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new FleetException(string.Create(CultureInfo.InvariantCulture, $"{name} must be from {least} to {most}."));
        }
    }

    private static long BytesOf(string size)
    {
        var unit = size.EndsWith("KB", StringComparison.OrdinalIgnoreCase) ? 1024L
            : size.EndsWith("MB", StringComparison.OrdinalIgnoreCase) ? 1024L * 1024
            : size.EndsWith("GB", StringComparison.OrdinalIgnoreCase) ? 1024L * 1024 * 1024 : 0;
        return unit > 0 && int.TryParse(size.AsSpan(0, size.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000
            ? count * unit
            : throw new FleetException($"'{size}' is no size of a storage such as 3MB.");
    }
}
