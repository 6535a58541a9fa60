using SmartRadio.Node.Hardware;
using SmartRadio.Node.Virtual.Recording;

namespace SmartRadio.Node.Tests.Recording;

/// <summary>A virtual node's output that is closed before its ring is empty, as a stop does.</summary>
public sealed class LoudspeakerTests : IDisposable
{
    private const int Rate = 8000;
    private const int HeaderLength = 44;

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-loudspeaker-").FullName;
    private readonly HandClock _clock = new();
    private readonly HeardTally _tally = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_never_left_the_ring_is_neither_recorded_nor_counted(bool isFlushed)
    {
        using var output = Open();
        output.Starting(7, 0);
        Write(output, milliseconds: 200);
        if (isFlushed)
        {
            // What is in the file already is cut off again.
            output.WriteSilence(0);
        }

        _clock.Microseconds += 100_000;
        var left = output.Queued;
        output.Close();

        Assert.InRange(left, 1, 1599);
        Assert.Equal(1600 - left, RecordedSamples());
        Assert.Contains($"with all of {1600 - left} samples", Assert.Single(_tally.Lines(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_left_is_recorded_whole()
    {
        using var output = Open();
        output.Starting(7, 0);
        Write(output, milliseconds: 200);
        output.WriteSilence(800);

        // Only silence is left in the ring.
        _clock.Microseconds += 250_000;
        output.Close();

        Assert.Equal(1600, RecordedSamples());
    }

    [Fact]
    public void Each_broadcast_has_a_file_to_itself_without_what_was_cut()
    {
        using var output = Open();
        output.Starting(7, 0);
        Write(output, milliseconds: 100);
        // It is cut by another one, and goes on after it.
        output.Starting(8, 0);
        Write(output, milliseconds: 60);
        output.Starting(7, 0);
        Write(output, milliseconds: 40);
        output.Starting(0, 0);
        Write(output, milliseconds: 20);
        // All of it is out.
        _clock.Microseconds += 300_000;
        output.Starting(9, 0);
        Write(output, milliseconds: 200);
        output.WriteSilence(0);
        _clock.Microseconds += 100_000;
        output.Close();

        // The chime has none.
        Assert.Equal([1120, 480, (int)RecordedSamples() - 1760], new[] { 7, 8, 9 }.Select(AloneSamples));
        Assert.InRange(AloneSamples(9), 1, 1599);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_folder, "alone")).Length);
    }

    private Loudspeaker Open()
    {
        var recorder = new Recorder(
            rate => new NodeRecording(_folder, "node", rate, TimeProvider.System) { Alone = Path.Combine(_folder, "alone") },
            problem => Assert.Fail(problem));
        var output = new Loudspeaker(_clock, ringDrift: 0, _tally, recorder);
        Assert.True(output.Open(Rate, false));
        // Its ring begins full of silence.
        _clock.Microseconds += 500_000;
        return output;
    }

    /// <summary>In slices of 20 ms, as the player does.</summary>
    private static void Write(Loudspeaker output, int milliseconds)
    {
        const int Slice = Rate / 50;
        for (var slice = 0; slice < milliseconds / 20; slice++)
        {
            output.Write(new byte[Slice * 2], Slice);
        }
    }

    private long RecordedSamples() => (new FileInfo(Path.Combine(_folder, "node.wav")).Length - HeaderLength) / 2;

    private int AloneSamples(int broadcast) =>
        ((int)new FileInfo(Path.Combine(_folder, "alone", $"{broadcast}.wav")).Length - HeaderLength) / 2;

    private sealed class HandClock : ILocalClock
    {
        public long Microseconds { get; set; } = 1_000_000;

        public void Keep(long unixMilliseconds)
        {
            // Right as it is.
        }
    }
}
