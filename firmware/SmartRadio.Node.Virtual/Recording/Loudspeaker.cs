using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Recording;

/// <summary>An output with the device's ring, paced as the device is, that tells what it plays and may record it.</summary>
/// <param name="clock">The node's.</param>
/// <param name="ringDrift">Parts per million by which the ring is fast against that clock.</param>
/// <param name="tally">Told of what was heard.</param>
/// <param name="recorder">Writes it down; null when nothing is recorded.</param>
internal sealed class Loudspeaker(ILocalClock clock, double ringDrift, HeardTally tally, Recorder? recorder)
    : IAudioOutput, IDisposable
{
    private readonly HashSet<long> _heard = [];
    private OutputRing? _ring;
    private RingPace? _pace;
    private Airing? _airing;
    private int _silenceBehind;

    /// <summary>What leads to the horns.</summary>
    public SpeakerLine Line { get; } = new();

    public int Queued => _pace?.Queued(clock.Microseconds) ?? 0;

    public int QueuedAtMost => _pace?.QueuedAtMost(clock.Microseconds) ?? 0;

    public int Capacity(int rate, bool isDeep) => RingSize.Samples(rate, isDeep);

    public bool Open(int rate, bool isDeep)
    {
        recorder?.Open(rate);
        var now = clock.Microseconds;
        _ring = new OutputRing(rate, isDeep, now) { Drift = ringDrift };
        _pace = new RingPace(rate, RingSize.Bytes(rate, isDeep), now);
        _silenceBehind = 0;
        return true;
    }

    public void Starting(long broadcast, long instant)
    {
        Ended();
        _airing = new Airing { Broadcast = broadcast };
        tally.Started(broadcast, instant, again: !_heard.Add(broadcast));
        recorder?.Starting(broadcast, instant);
    }

    public bool Write(byte[] pcm, int samples)
    {
        recorder?.Append(pcm, samples);
        if (_airing is not null)
        {
            _airing.Gaps += _airing.Samples > 0 && _ring!.Queued(clock.Microseconds) == 0 ? 1 : 0;
            _airing.Samples += samples;
        }

        Line.Carries(pcm, samples);
        _silenceBehind = 0;
        Put(samples);
        return true;
    }

    public bool WriteSilence(int samples)
    {
        // Nothing more comes for now: what was played is in the file before its last sample has left.
        recorder?.Flush();
        Line.Rests();
        _silenceBehind += samples;
        Put(samples);
        return true;
    }

    public void Close()
    {
        TakeBack();
        Dispose();
        _ring = null;
        _pace = null;
    }

    public void Dispose()
    {
        Ended();
        recorder?.Close();
    }

    /// <summary>Takes back what is in the ring: the amplifier is off before it is out.</summary>
    private void TakeBack()
    {
        var unheard = (int)Math.Min(
            Math.Max(0, (_ring?.Queued(clock.Microseconds) ?? 0) - _silenceBehind), _airing?.Samples ?? 0);
        if (unheard > 0)
        {
            _airing!.Samples -= unheard;
            Line.Rests();
            recorder?.Drop(unheard);
        }
    }

    private void Put(int samples)
    {
        var began = clock.Microseconds;
        var hold = _ring!.Put(samples, began);
        if (hold > 0)
        {
#pragma warning disable RS0030 // The device's driver holds its caller until the ring has room.
            Thread.Sleep(TimeSpan.FromMicroseconds(hold));
#pragma warning restore RS0030
        }

        _pace!.Wrote(samples, began, clock.Microseconds);
    }

    private void Ended()
    {
        if (_airing is not null)
        {
            tally.Ended(_airing.Broadcast, _airing.Samples, _airing.Gaps);
            _airing = null;
        }
    }

    private sealed class Airing
    {
        public long Broadcast { get; init; }

        public long Samples { get; set; }

        public int Gaps { get; set; }
    }
}
