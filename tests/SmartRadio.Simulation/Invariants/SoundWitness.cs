using System.Runtime.InteropServices;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Simulation.Invariants;

/// <summary>
/// Listens to one node: is each sample of the broadcast it should be of, at its place, at an hour at which it may sound, and for
/// the first time?
/// </summary>
internal sealed class SoundWitness(string node, Facts facts, MemoryWitness memory)
{
    /// <summary>
    /// ms by which a node's clock may be wrong: days without link at 40 ppm, or answers that a poor line held up.
    /// </summary>
    private const long ClockError = 20_000;

    /// <summary>
    /// ms by which the node's own rules may be off, on its own clock: what it may learn between giving out the output and
    /// starting.
    /// </summary>
    private const long OwnError = 1_000;

    /// <summary>ms by which nodes change their volume before the minute of the plan.</summary>
    private const long VolumeEarly = 1_000;

    /// <summary>ms from taking a chime to its first sample, at most.</summary>
    private const long ChimePatience = 1_500;

    private const int AmplifierLead = 240_000;

    private readonly Dictionary<long, HeardBroadcast> _heard = [];
    private HeardBroadcast? _current;
    private BroadcastFact? _fact;
    private Sound? _sound;
    private short[] _levels = [];
    private int _volume = -1;
    private long _expected;
    private long _gap;

    /// <summary>Where in the sound it may be: one place, but for the first few samples, which may stand in several.</summary>
    private List<long> _places = [];
    private long _error;
    private bool _chimes;

    /// <summary>Samples that ever left this node.</summary>
    public long Samples { get; private set; }

    /// <summary>What was heard of a broadcast; never null.</summary>
    public HeardBroadcast Of(long broadcast) => _heard.TryGetValue(broadcast, out var heard) ? heard : new HeardBroadcast();

    /// <summary>Everything the output was doing ended with the power.</summary>
    public void PowerOn()
    {
        _current = null;
        _chimes = false;
    }

    /// <param name="broadcast">0 is the chime.</param>
    /// <param name="instant">Unix ms at which the node says its first sample leaves.</param>
    /// <param name="head">True µs at which it does.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="sinceOpen">µs since the amplifier was switched on.</param>
    public void Starting(long broadcast, long instant, long head, int rate, long sinceOpen)
    {
        _chimes = broadcast == 0;
        _current = null;
        if (sinceOpen < AmplifierLead)
        {
            throw Broken(
                Invariant.AmplifierFirst,
                $"broadcast {broadcast} began {sinceOpen / 1000} ms after the amplifier was switched on", head);
        }

        _error = instant - (head / 1000);
        if (Math.Abs(_error) > ClockError)
        {
            throw Broken(Invariant.StartsInTime, $"the clock is {_error} ms wrong", head);
        }

        if (_chimes)
        {
            StartChime(instant, head);
            return;
        }

        _fact = facts.Find(broadcast)
            ?? throw Broken(Invariant.OnlyAuthenticSound, $"broadcast {broadcast} was never made", head);
        if (!_fact.Sounds.TryGetValue(node, out _sound) || _sound.Rate != rate)
        {
            throw Broken(Invariant.OnlyAuthenticSound, $"broadcast {broadcast} is not for this node, or not at {rate} Hz", head);
        }

        if (!_heard.TryGetValue(broadcast, out _current))
        {
            _heard[broadcast] = _current = new HeardBroadcast();
        }

        CheckInstant(instant, head);
        _current.Begin();
        _expected = (instant - _fact.Start) * rate / 1000;
        _gap = 0;
        _places = [];
    }

    public void Heard(byte[] pcm, int samples, long head)
    {
        Samples += samples;
        if (_chimes)
        {
            CheckQuiet(head, BroadcastClass.Normal);
            return;
        }

        if (_current is null || _sound is null || _fact is null)
        {
            throw Broken(Invariant.OnlyAuthenticSound, "samples left that no broadcast was announced for", head);
        }

        var instant = (head / 1000) + _error;
        SetVolume(instant + VolumeEarly);
        if (_places.Count > 0 && !_places.Exists(place => Fits(pcm, samples, place)))
        {
            // Just then it changes: the clock has moved a little since the start.
            var sure = _volume;
            SetVolume(instant + VolumeEarly + OwnError);
            if (_volume == sure)
            {
                SetVolume(instant + VolumeEarly - OwnError);
            }
        }

        var places = _places.Count == 0 ? Align(pcm, samples, head) : _places;
        _places = places.FindAll(place => Fits(pcm, samples, place)).ConvertAll(place => place + samples);
        if (_places.Count == 0)
        {
            throw Broken(Invariant.OnlyAuthenticSound, $"broadcast {_fact.Id} has other samples at {places[0]}", head);
        }

        _current.Take(samples, _places[0]);
        CheckQuiet(head, _fact.Class);
    }

    public void Silent(int samples)
    {
        _gap += samples;
        _places = _places.ConvertAll(place => place + samples);
        _current?.Pass(_places.Count > 0 ? _places[^1] : _expected + _gap + Slack);
    }

    /// <summary>The output was switched off with so many samples in it.</summary>
    public void Cut(int samples)
    {
        var unheard = Math.Min(samples, _current?.Latest ?? 0);
        Samples -= unheard;
        _current?.Cut(unheard);
    }

    private void StartChime(long instant, long head)
    {
        if (!facts.TakeChime(node, instant - ChimePatience))
        {
            throw Broken(Invariant.NothingTwice, "a chime rang that nobody asked for, or asked for too long ago", head);
        }
    }

    private void CheckInstant(long instant, long head)
    {
        var late = instant > _fact!.LatestStart + OwnError || head / 1000 > _fact.LatestStart + ClockError;
        var early = instant < _fact.Start - OwnError || head / 1000 < _fact.Start - ClockError;
        if (late || early)
        {
            throw Broken(
                Invariant.StartsInTime,
                $"broadcast {_fact.Id} began {instant - _fact.Start} ms after its start, {instant - _fact.LatestStart} after its latest", head);
        }
    }

    /// <summary>Where in the sound it begins: where it was cut, or, for a stream, where the clock says.</summary>
    private List<long> Align(byte[] pcm, int samples, long head)
    {
        var streamed = Math.Max(_current!.Position, _expected + _gap - Slack);
        var places = Range(_current.Position, Math.Max(_current.Position + _gap, _current.BehindGap) + 1)
            .Concat(Range(streamed, _expected + _gap + Slack))
            .Where(place => Fits(pcm, samples, place)).Distinct().Order().ToList();
        if (places.Count > 0)
        {
            return places;
        }

        var elsewhere = Range(0, _sound!.Codes.Length).Where(place => Fits(pcm, samples, place))
            .Select(place => (long?)place).FirstOrDefault();
        throw elsewhere < _current.Position
            ? Broken(
                Invariant.NothingTwice,
                $"broadcast {_fact!.Id} is heard again from {elsewhere}, before {_current.Position}", head)
            : Broken(
                Invariant.OnlyAuthenticSound,
                $"broadcast {_fact!.Id} goes on at {elsewhere}, neither at {_current.Position} nor at {_expected}", head);
    }

    private bool Fits(byte[] pcm, int samples, long place)
    {
        if (place < 0 || place + samples > _sound!.Codes.Length)
        {
            return false;
        }

        var codes = _sound.Codes.AsSpan((int)place, samples);
        var heard = MemoryMarshal.Cast<byte, short>(pcm.AsSpan(0, 2 * samples));
        var levels = _levels;
        for (var i = 0; i < codes.Length; i++)
        {
            if (heard[i] != levels[codes[i]])
            {
                return false;
            }
        }

        return true;
    }

    private void SetVolume(long instant)
    {
        var volume = memory.Plan is not { } plan ? 0
            : _fact!.Class == BroadcastClass.Emergency ? plan.Volume
            : plan.VolumeAt((int)(((instant / 60_000) + plan.UtcOffset) % 1440));
        if (volume != _volume)
        {
            _volume = volume;
            _levels = [.. Enumerable.Range(0, 256).Select(code => (short)((ULaw.Decode(code) * ((volume << 8) / 100)) >> 8))];
        }
    }

    /// <summary>
    /// Checked on the node's own clock to a fraction of a second, and on the true one within what a clock may be wrong.
    /// </summary>
    private void CheckQuiet(long head, BroadcastClass soundClass)
    {
        if (soundClass == BroadcastClass.Emergency || memory.Plan is not { } plan || plan.QuietFrom == plan.QuietTo)
        {
            return;
        }

        var instant = head / 1000;
        if (IsQuiet(plan, instant + _error, OwnError) || IsQuiet(plan, instant, ClockError))
        {
            throw Broken(
                Invariant.QuietHours,
                $"broadcast {_fact?.Id ?? 0} of class {soundClass} sounds between {plan.QuietFrom} and {plan.QuietTo}", head);
        }
    }

    /// <summary>Quiet at that instant and by so many ms before and after.</summary>
    private static bool IsQuiet(Plan plan, long instant, long margin) =>
        IsQuiet(plan, instant - margin) && IsQuiet(plan, instant + margin);

    private static bool IsQuiet(Plan plan, long instant)
    {
        var minute = (int)(((instant / 60_000) + plan.UtcOffset) % 1440);
        return plan.QuietFrom < plan.QuietTo
            ? minute >= plan.QuietFrom && minute < plan.QuietTo
            : minute >= plan.QuietFrom || minute < plan.QuietTo;
    }

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var at = from; at < to; at++)
        {
            yield return at;
        }
    }

    /// <summary>Samples in 50 ms.</summary>
    private long Slack => _sound!.Rate / 20;

    private ViolationException Broken(Invariant invariant, string story, long head) =>
        new(invariant, $"node {node} at {DateTimeOffset.FromUnixTimeMilliseconds(head / 1000):yyyy-MM-dd HH:mm:ss.fff}: {story}");
}
