using System.Runtime.InteropServices;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>One stretch of a broadcast that was heard.</summary>
/// <param name="Broadcast">0 is the chime.</param>
/// <param name="Announced">Unix milliseconds the node said.</param>
/// <param name="Rate">Samples a second.</param>
internal sealed record Heard(long Broadcast, long Announced, int Rate)
{
    public List<short> Samples { get; } = [];

    /// <summary>True µs at which the first sample left; 0 when none did.</summary>
    public long FirstAt { get; set; }

    /// <summary>True µs at which the last sample had left.</summary>
    public long LastAt { get; set; }
}

/// <summary>The device's ring with a microphone behind it, and somebody who knows at any instant how full it is.</summary>
internal sealed class BenchOutput(World world) : IAudioOutput
{
    private OutputRing? _ring;
    private int _rate;
    private int _silenceBehind;

    public List<Heard> Heard { get; } = [];

    public bool Fails { get; set; }

    public bool IsOpen => _ring is not null;

    /// <summary>µs from switching on to the first program sample, the last time.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Most samples queued since it was set to 0, as a share of the ring.</summary>
    public double Fullest { get; set; }

    /// <summary>True while the ring ran dry between samples of a program.</summary>
    public bool RanDry { get; private set; }

    /// <summary>Longest µs of silence between two samples of one stretch.</summary>
    public long LongestGap { get; private set; }

    /// <summary>How often it ran dry between samples of a program.</summary>
    public int Gaps { get; private set; }

    public int LargestWrite { get; private set; }

    public int Queued => _ring?.Queued(world.Microseconds) ?? 0;

    public int QueuedAtMost => Queued;

    public int Capacity(int rate, bool isDeep) => RingSize.Samples(rate, isDeep);

    public bool Open(int rate, bool isDeep)
    {
        Assert.Null(_ring);
        if (Fails)
        {
            return false;
        }

        _ring = new OutputRing(rate, isDeep, world.Microseconds);
        _rate = rate;
        OpenedAt = world.Microseconds;
        return true;
    }

    public void Starting(long broadcast, long instant) => Heard.Add(new Heard(broadcast, instant, _rate));

    public bool Write(byte[] pcm, int samples)
    {
        if (Fails)
        {
            return false;
        }

        var heard = Heard[^1];
        var head = Head();
        if (heard.Samples.Count == 0)
        {
            heard.FirstAt = head;
        }

        if (heard.Samples.Count > 0 && head > heard.LastAt + 1000)
        {
            RanDry = true;
            Gaps++;
            LongestGap = Math.Max(LongestGap, head - heard.LastAt);
        }

        heard.Samples.AddRange(MemoryMarshal.Cast<byte, short>(pcm.AsSpan(0, samples * 2)));
        WriteSilence(samples);
        _silenceBehind = 0;
        heard.LastAt = Head();
        return true;
    }

    public bool WriteSilence(int samples)
    {
        Assert.Equal(0, _ring!.Put(samples, world.Microseconds));
        _silenceBehind += samples;
        Fullest = Math.Max(Fullest, (double)_ring.Queued(world.Microseconds) / _ring.Capacity);
        LargestWrite = Math.Max(LargestWrite, samples);
        return !Fails;
    }

    public void Close()
    {
        Assert.NotNull(_ring);
        LosePower();
    }

    /// <summary>What is in the ring never sounds.</summary>
    public void LosePower()
    {
        var unheard = Math.Max(0, Queued - _silenceBehind);
        if (unheard > 0 && Heard.Count > 0)
        {
            var samples = Heard[^1].Samples;
            samples.RemoveRange(Math.Max(0, samples.Count - unheard), Math.Min(unheard, samples.Count));
            Heard[^1].LastAt = world.Microseconds;
        }

        _ring = null;
    }

    private long Head() => world.Microseconds + (Queued * 1_000_000L / _rate);
}
