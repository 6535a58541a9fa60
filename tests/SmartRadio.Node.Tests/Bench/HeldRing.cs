using System.Runtime.InteropServices;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>
/// The I2S ring with all that it does to the device: a write that waits holds the whole world, buffers keep what they held a
/// round before, and decoding takes time. Paced as the device program paces it.
/// </summary>
internal class HeldRing(World world, ILocalClock clock, double drift, Random chance) : IAudioOutput
{
    private OutputRing? _ring;
    private RingPace? _pace;
    private short[] _buffers = [];
    private long[] _writtenFor = [];
    private long _heard;
    private int _rate;

    /// <summary>Longest µs that a write held every thread.</summary>
    public long LongestHold { get; private set; }

    /// <summary>Writes that had to wait.</summary>
    public int Holds { get; private set; }

    /// <summary>Longest write in ms.</summary>
    public double LongestSlice { get; private set; }

    /// <summary>The ring held nothing when a write followed sound.</summary>
    public int RanDry { get; private set; }

    /// <summary>Samples heard that nobody had written for that place.</summary>
    public long Noise { get; private set; }

    /// <summary>Samples of sound heard.</summary>
    public long Sound { get; private set; }

    /// <summary>How often it was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>What began, and when its first sample was said to leave.</summary>
    public List<(long Broadcast, long Instant)> Started { get; } = [];

    /// <summary>µs that decoding 20 ms may take.</summary>
    public int MostDecoding { get; init; } = 16_000;

    public virtual int Queued => _pace?.Queued(clock.Microseconds) ?? 0;

    public virtual int QueuedAtMost => _pace?.QueuedAtMost(clock.Microseconds) ?? 0;

    private int Truly => _ring?.Queued(world.Microseconds) ?? 0;

    public int Capacity(int rate, bool isDeep) => RingSize.Samples(rate, isDeep);

    public virtual bool Open(int rate, bool isDeep)
    {
        _rate = rate;
        _ring = new OutputRing(rate, isDeep, world.Microseconds) { Drift = drift };
        _pace = new RingPace(rate, RingSize.Bytes(rate, isDeep), clock.Microseconds);
        _buffers = new short[_ring.Capacity];
        _writtenFor = new long[_ring.Capacity];
        _heard = 0;
        Openings++;
        return true;
    }

    public void Starting(long broadcast, long instant) => Started.Add((broadcast, instant));

    public bool Write(byte[] pcm, int samples)
    {
        Pass(chance.Next(MostDecoding / 4, MostDecoding) * (long)samples / (_rate / 50));
        if (Sound > 0 && Truly == 0)
        {
            RanDry++;
        }

        Put(MemoryMarshal.Cast<byte, short>(pcm.AsSpan(0, samples * 2)));
        Sound += samples;
        return true;
    }

    public bool WriteSilence(int samples)
    {
        Put(new short[samples]);
        return true;
    }

    public void Close()
    {
        Listen();
        _ring = null;
        _pace = null;
    }

    /// <summary>Lets time pass, as every thread sees it.</summary>
    public void Pass(long microseconds)
    {
        var until = world.Microseconds + microseconds;
        while (world.Microseconds < until)
        {
            world.Advance(until - world.Microseconds);
        }
    }

    protected virtual void Note(int samples)
    {
    }

    private void Put(ReadOnlySpan<short> samples)
    {
        LongestSlice = Math.Max(LongestSlice, samples.Length * 1000.0 / _rate);
        Listen();
        var began = clock.Microseconds;
        var hold = _ring!.Put(samples.Length, world.Microseconds);
        Holds += hold > 0 ? 1 : 0;
        LongestHold = Math.Max(LongestHold, hold);
        Pass(hold);
        Listen();
        for (var i = 0; i < samples.Length; i++)
        {
            var place = _ring.Written - samples.Length + i;
            _buffers[place % _buffers.Length] = samples[i];
            _writtenFor[place % _buffers.Length] = place;
        }

        _pace!.Wrote(samples.Length, began, clock.Microseconds);
        Note(samples.Length);
    }

    /// <summary>Hears what was played since the last time.</summary>
    private void Listen()
    {
        for (var played = _ring!.Played(world.Microseconds); _heard < played; _heard++)
        {
            var place = _heard % _buffers.Length;
            if (_heard % RingPace.Descriptor == 0 && _writtenFor[place] != _heard && _heard >= _ring.Written)
            {
                // Nobody took this descriptor in time: the driver clears it.
                Array.Clear(_buffers, (int)place, RingPace.Descriptor);
            }

            Noise += _writtenFor[place] != _heard && _buffers[place] != 0 ? 1 : 0;
        }
    }
}
