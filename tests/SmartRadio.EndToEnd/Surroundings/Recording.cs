using System.Globalization;
using System.Runtime.InteropServices;
using NAudio.Wave;

namespace SmartRadio.EndToEnd.Surroundings;

/// <param name="Instant">When the first sample left the node's output, by the node.</param>
/// <param name="Sample">Its index in the WAV.</param>
/// <param name="Broadcast">What was started.</param>
internal sealed record SoundStart(DateTimeOffset Instant, int Sample, long Broadcast);

/// <summary>What a virtual node has played so far: NODE.wav and NODE.csv (see the node's NodeRecording).</summary>
/// <param name="Samples">16 bits at 8 kHz.</param>
/// <param name="Starts">In the order played.</param>
internal sealed record Recording(short[] Samples, IReadOnlyList<SoundStart> Starts)
{
    public const int Rate = 8000;

    public override string ToString() => $"{Samples.Length} samples, {string.Join(' ', Starts)}";

    public static Recording Read(string folder, string nodeId)
    {
        var stem = Path.Combine(folder, nodeId);
        if (!File.Exists(stem + ".wav"))
        {
            return new Recording([], []);
        }

        var starts = File.Exists(stem + ".csv") ? File.ReadAllLines(stem + ".csv") : [];
        using var file = new FileStream(stem + ".wav", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var wav = new WaveFileReader(file);
        Assert.Equal(new WaveFormat(Rate, 16, 1), wav.WaveFormat);
        var samples = new short[wav.SampleCount];
        wav.ReadExactly(MemoryMarshal.AsBytes(samples.AsSpan()));
        return new Recording(samples, [.. starts.Select(Start)]);
    }

    /// <summary>The samples of one broadcast, up to where the next was started; none when it was never heard.</summary>
    public ReadOnlySpan<short> Of(long broadcast)
    {
        var starts = Starts.ToList();
        var at = starts.FindIndex(start => start.Broadcast == broadcast);
        return at < 0 ? [] : Samples.AsSpan(starts[at].Sample..(at + 1 < starts.Count ? starts[at + 1].Sample : Samples.Length));
    }

    private static SoundStart Start(string line)
    {
        var parts = line.Split(',');
        return new SoundStart(
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
