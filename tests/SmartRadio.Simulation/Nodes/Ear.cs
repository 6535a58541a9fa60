using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Nodes;

/// <summary>The device's output, a ring that drains by itself, with somebody listening.</summary>
internal sealed class Ear(Agenda agenda, SoundWitness witness) : IAudioOutput
{
    /// <summary>µs without power after which an amplifier begins to sleep: a change of rate is shorter.</summary>
    private const int StaysAwake = 200_000;

    private int _rate;
    private int _capacity;
    private long _filledAt;
    private long _put;
    private long _awakeSince;
    private long _closedAt = long.MinValue / 2;
    private int _silenceBehind;

    public int Queued => (int)Math.Max(0, _put - ((agenda.Now - _filledAt) * _rate / 1_000_000));

    public int QueuedAtMost => Queued;

    private long Head => agenda.Now + (Queued * 1_000_000L / Math.Max(1, _rate));

    public int Capacity(int rate, bool isDeep) => RingSize.Samples(rate, isDeep);

    public bool Open(int rate, bool isDeep)
    {
        _capacity = Capacity(rate, isDeep);
        _rate = rate;
        _put = 0;
        _silenceBehind = 0;
        _filledAt = agenda.Now;
        _awakeSince = agenda.Now - _closedAt < StaysAwake ? _awakeSince : agenda.Now;
        return true;
    }

    public void Starting(long broadcast, long instant) => witness.Starting(broadcast, instant, Head, _rate, Head - _awakeSince);

    public bool Write(byte[] pcm, int samples)
    {
        witness.Heard(pcm, samples, Head);
        _silenceBehind = 0;
        Put(samples);
        return true;
    }

    public bool WriteSilence(int samples)
    {
        witness.Silent(samples);
        _silenceBehind += samples;
        Put(samples);
        return true;
    }

    public void Close()
    {
        PowerOff();
        _closedAt = agenda.Now;
    }

    /// <summary>What is in the ring never sounds.</summary>
    public void PowerOff()
    {
        if (_rate != 0)
        {
            witness.Cut(Math.Max(0, Queued - _silenceBehind));
        }

        _rate = 0;
    }

    private void Put(int samples)
    {
        if (Queued == 0)
        {
            _filledAt = agenda.Now;
            _put = 0;
        }

        _put += samples;
        if (_rate == 0 || Queued > _capacity)
        {
            throw new ViolationException(
                Invariant.GoesOn, "the node wrote to an output that was off or full, which stops the device");
        }
    }
}
