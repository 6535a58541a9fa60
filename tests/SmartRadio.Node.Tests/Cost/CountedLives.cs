using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Streams;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Cost;

/// <summary>Whole lives of a node, each call of it announced, in stages.</summary>
internal sealed class CountedLives
{
    /// <summary>The device's loop looks around at least so often, in ms.</summary>
    private const int LongestWait = 50;

    private const int FrameSamples = 1600;

    private static readonly byte[] StreamKey = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
    private static readonly byte[] StreamId = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly Action _start;
    private readonly Action<string, string, long> _end;
    private readonly Station _station = new();
    private string _stage = "hello";
    private long _broadcast;

    private CountedLives(Action start, Action<string, string, long> end)
    {
        _start = start;
        _end = end;
        _station.Around = (name, call) =>
        {
            _start();
            call();
            _end(_stage, name, _station.World.Now);
        };
    }

    /// <summary>Lives; around each call of the node <paramref name="start"/> and <paramref name="end"/> are called.</summary>
    public static void Run(Action start, Action<string, string, long> end)
    {
        new CountedLives(start, end).Quiet();
        new CountedLives(start, end).Playing();
        new CountedLives(start, end).Full();
    }

    /// <summary>Nothing but the clock, for three hours: all places of its filter are taken.</summary>
    private void Quiet()
    {
        _station.Delay = Delays();
        _station.Boot(ahead: 300_000, drift: 20).Connect();
        Pass(5000);
        Stage("idle").Pass(30_000);
        _stage = "learning the time";
        _station.RunFor(4 * 3600_000);
        Stage("knowing the time");
        _station.RunFor(1800_000);
    }

    /// <summary>Fetches a sound, plays it, then one of each codec and a live one.</summary>
    private void Playing()
    {
        _station.Boot().Connect();
        Pass(5000);
        var sound = _station.Serve(80_000);
        Plan(Entry(++_broadcast, sound, _station.World.Now + 20_000));
        Stage("fetching").Pass(10_000);
        Stage("storage").Pass(25_000);
        Play("start mu-law 8", CodecId.ULaw8);
        Play("start mu-law 16", CodecId.ULaw16);
        Play("start IMA", CodecId.Ima8);
        Play("second start IMA", CodecId.Ima8);
        Volume("volume mu-law", CodecId.ULaw8);
        Volume("volume IMA", CodecId.Ima8);
        Live("live", CodecId.ULaw8, 12);
        Live("live IMA", CodecId.Ima8, 12);
    }

    /// <summary>A plan of 64, every record and every receipt, and nobody who acknowledges; then live sound.</summary>
    private void Full()
    {
        _station.Acknowledges = false;
        _station.Boot().Connect();
        Pass(5000);
        for (var filled = 0; filled < ReceiptOutbox.Capacity; filled += Protocol.Plans.Plan.MaxEntries)
        {
            Stage("filling");
            Plan([.. Many()]);
            Pass(3000);
        }

        Stage("plan of 64");
        Plan([.. Many()]);
        Pass(3000);
        Stage("receipts waiting").Pass(60_000);
        _stage = "between";
        PlanEntry[] same = [.. Many()];
        Plan(same);
        Pass(3000);
        Stage("plan of 64, one new");
        Plan([.. same[1..], Far()]);
        Pass(3000);
        Live("live and full", CodecId.ULaw8, 20, [.. same[2..]]);
    }

    private IEnumerable<PlanEntry> Many() => Enumerable.Range(0, Protocol.Plans.Plan.MaxEntries).Select(_ => Far());

    /// <summary>A broadcast hours away with a sound that nobody serves.</summary>
    private PlanEntry Far()
    {
        var entry = Entry(++_broadcast, new BenchSound((int)_broadcast, 8000), _station.World.Now + 3600_000);
        entry.Start += _broadcast * 60_000;
        entry.LatestStart = entry.Start + 60_000;
        return entry;
    }

    private void Play(string stage, CodecId codec)
    {
        var sound = _station.Serve(Sound(codec, 30_000));
        _station.Store(sound);
        var start = _station.World.Now + 10_000;
        Plan(Of(codec, sound, start));
        // Its ring is opened 7.5 s before the start.
        Pass(2000);
        Stage(stage).Pass(9000);
        _stage = "between";
        Pass(10_000);
    }

    private void Volume(string stage, CodecId codec)
    {
        var sound = _station.Serve(Sound(codec, 60_000));
        _station.Store(sound);
        var entry = Of(codec, sound, _station.World.Now + 5000);
        Plan(entry);
        Pass(7000);
        var plan = _station.PlanOf(entry);
        plan.Volume = 30;
        Stage(stage);
        _station.Plan(plan);
        Pass(500);
        _stage = "between";
        Pass(15_000);
    }

    private void Live(string stage, CodecId codec, int seconds, params PlanEntry[] others)
    {
        var start = _station.World.Now + 3000;
        var entry = Of(codec, new BenchSound(1, 1), start);
        entry.ObjectId = new byte[WireSizes.ObjectIdLength];
        entry.Samples = seconds * 8000;
        entry.Class = BroadcastClass.Live;
        _stage = "before live";
        Plan([entry, .. others]);
        _station.Send(CommandType.StreamOpen, new StreamOpen
        {
            Broadcast = entry.Broadcast,
            StreamId = StreamId,
            Codec = codec,
            WrappedKey = _station.Wrap(StreamKey),
        }.Write());
        var samples = codec == CodecId.Ima8 ? SoundFormat.ImaBlockSamples * 3 : FrameSamples;
        var bytes = codec == CodecId.Ima8 ? SoundFormat.ImaBlockBytes * 3 : FrameSamples;
        var topic = Topics.Stream(Hex.Encode(StreamId), codec);
        for (var position = 0L; position < entry.Samples; position += samples)
        {
            var frame = new StreamFrame
            {
                Codec = codec,
                StreamId = StreamId,
                Sequence = position / samples,
                Position = position,
                Payload = Sound(codec, bytes)[..bytes],
            };
            if (position >= 8000 * 4)
            {
                _stage = stage;
            }

            _station.Deliver(topic, frame.Seal(StreamKey));
            Pass((int)(samples / 8));
        }

        _stage = "after live";
        Pass(10_000);
    }

    private PlanEntry Of(CodecId codec, BenchSound sound, long start)
    {
        var entry = Entry(++_broadcast, sound, start);
        entry.Codec = codec;
        entry.Samples = SoundFormat.Samples(codec, sound.Bytes.Length);
        return entry;
    }

    /// <summary>Noise, whose IMA blocks have headers that may be.</summary>
    private static byte[] Sound(CodecId codec, int bytes)
    {
        var noise = new byte[bytes];
        new Random(3).NextBytes(noise);
        for (var block = 2; codec == CodecId.Ima8 && block < bytes; block += SoundFormat.ImaBlockBytes)
        {
            noise[block] %= ImaAdpcm.StepCount;
        }

        return noise;
    }

    /// <summary>A line by radio: 30 to 100 ms, now and then a second.</summary>
    private static Func<long> Delays()
    {
        var chance = new Random(11);
        return () => chance.Next(20) == 0 ? 1_000_000 : 30_000 + chance.Next(70_000);
    }

    private CountedLives Stage(string name)
    {
        _stage = name;
        return this;
    }

    private void Plan(params PlanEntry[] entries) => _station.Plan(entries);

    /// <summary>Lets time pass as the device's loop does.</summary>
    private void Pass(int milliseconds)
    {
        for (var until = _station.World.Now + milliseconds; _station.World.Now < until;)
        {
            _station.RunTo(Math.Min(until, _station.World.Now + LongestWait));
        }
    }
}
