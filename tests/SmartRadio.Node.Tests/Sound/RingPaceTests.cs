using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Tests.Sound;

/// <summary>
/// The proof that playing never holds the device's threads: the node as it is, the pace as the device program uses it, and the
/// I2S driver's ring, under a main loop that wakes late, decoding that takes its time, and hiccups.
/// </summary>
public sealed class RingPaceTests(ITestOutputHelper output)
{
    /// <summary>µs that the MQTT thread may be held.</summary>
    private const long MostHold = 25_000;

    /// <summary>ms: the device program looks at its button so often.</summary>
    private const int LongestWait = 50;

    /// <summary>ms by which Sleep may be late beside a busy thread.</summary>
    private const int MostLate = 13;

    /// <summary>ms of a flash erase or a collection, a few times a minute.</summary>
    private const int Hiccup = 100;

    [Theory]
    [InlineData(8000, 0, 0)]
    [InlineData(8000, -50, 0)]
    [InlineData(8000, 50, 0)]
    [InlineData(8000, -50, 100)]
    [InlineData(8000, 50, -100)]
    [InlineData(16000, 0, 0)]
    [InlineData(16000, -50, 0)]
    [InlineData(16000, 50, 0)]
    public void Ring_never_holds_a_thread_longer_than_25_ms_and_never_runs_dry(int rate, double ringDrift, long clockDrift)
    {
        var ring = Play(
            ringDrift, clockDrift, minutes: 100,
            (world, clock, chance) => new HeldRing(world, clock, ringDrift + clockDrift, chance),
            rate == 8000 ? Siren : Wide);

        Assert.Equal(rate * 60L * 100, ring.Sound);
        Assert.InRange(ring.LongestHold, 0, MostHold);
        Assert.InRange(ring.LongestSlice, 0.0, 20.0);
        Assert.Equal(0, ring.RanDry);
        Assert.Equal(0, ring.Noise);
        // The ring that is slow against the clock fills up, and only waiting tells.
        Assert.True(ringDrift >= 0 || ring.Holds > 0, "The waiting that keeps the pace was never needed: the test is too short.");
    }

    /// <summary>A silent name server, a handshake, a block of flash: nothing of the device runs but the ring.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-50)]
    [InlineData(50)]
    public void Deep_ring_goes_on_through_3_s_in_which_nothing_runs(double ringDrift)
    {
        var ring = Play(
            ringDrift, 0, minutes: 60, (world, clock, chance) => new HeldRing(world, clock, ringDrift, chance),
            (station, minutes) => [Built(station.World.Now + 20_000, minutes, BroadcastClass.Normal)], standstill: 3000);

        Assert.Equal(8000L * 60 * 60, ring.Sound);
        Assert.Equal(0, ring.RanDry);
        Assert.Equal(0, ring.Noise);
        Assert.InRange(ring.LongestHold, 0, MostHold);
    }

    /// <summary>The longer it played, the less the node knows how full the ring is, and when its last sound is out.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-50)]
    [InlineData(50)]
    public void Ring_plays_nothing_stale_where_the_rate_changes(double ringDrift)
    {
        var wide = new BenchSound(5, 16000 * 5);
        var narrow = new BenchSound(6, 8000 * 5);
        var start = 0L;
        var ring = Play(
            ringDrift, 0, minutes: 60, (world, clock, chance) => new HeldRing(world, clock, ringDrift, chance), (station, _) =>
        {
            start = station.World.Now + 10_000;
            station.Store(wide);
            station.Store(narrow);
            var entries = new List<PlanEntry> { Built(start, minutes: 59, BroadcastClass.Normal) };
            entries[0].Flags = PlanEntry.Resume;
            entries[0].LatestStart = start + 3_600_000;
            for (var i = 0; i < 20; i++)
            {
                var cut = Station.Entry(10 + i, i % 3 == 0 ? narrow : wide, start + CutAfter(i), BroadcastClass.Priority);
                cut.Codec = i % 3 == 0 ? CodecId.ULaw8 : CodecId.ULaw16;
                entries.Add(cut);
            }

            return [.. entries];
        });

        Assert.Equal(0, ring.Noise);
        Assert.InRange(ring.LongestHold, 0, MostHold);
        Assert.InRange(ring.Openings, 27, 40);
        var cuts = ring.Started.Where(begin => begin.Broadcast >= 10).ToList();
        Assert.Equal(20, cuts.Count);
        // To the sample, in whole milliseconds.
        Assert.All(cuts, cut => Assert.InRange(start + CutAfter((int)cut.Broadcast - 10) - cut.Instant, 0, 1));
    }

    [Fact]
    public void Ring_would_run_dry_under_a_pace_that_trusts_the_clock() =>
        Assert.True(
            Play(50, 0, minutes: 100, (world, clock, chance) => new TrustingRing(world, clock, 50, chance), Siren).RanDry > 0);

    [Fact]
    public void Ring_would_hold_every_thread_under_a_pace_that_trusts_the_clock() =>
        Assert.True(
            Play(-50, 0, minutes: 160, (world, clock, chance) => new TrustingRing(world, clock, -50, chance), Siren).Holds > 100);

    [Fact]
    public void Ring_holds_whoever_writes_into_it_just_after_opening()
    {
        var world = new World();
        var ring = new HeldRing(world, new BenchClock(world), 0, new Random(1)) { MostDecoding = 4 };
        ring.Open(8000, false);
        ring.WriteSilence(160);

        Assert.InRange(ring.LongestHold, 31_000, 32_000);
    }

    [Fact]
    public void Ring_plays_what_a_buffer_held_before_when_nobody_fills_it()
    {
        var world = new World();
        var ring = new HeldRing(world, new BenchClock(world), 0, new Random(1)) { MostDecoding = 4 };
        ring.Open(8000, false);
        ring.Pass(300_000);
        byte[] loud = [.. Enumerable.Repeat((byte)64, 320)];
        for (var slice = 0; slice < 50; slice++)
        {
            ring.Write(loud, 160);
            ring.Pass(20_000);
        }

        ring.Pass(1_000_000);
        ring.Close();

        Assert.InRange(ring.Noise, 1, RingPace.Descriptor);
    }

    /// <summary>
    /// Milliseconds of the long sound before it is cut for the nth time: first when it is known least how full the ring is.
    /// </summary>
    private static long CutAfter(int number) => 1_500_000 + (number * 81_003);

    private HeldRing Play(
        double ringDrift, long clockDrift, int minutes, Func<World, ILocalClock, Random, HeldRing> ringOf,
        Func<Station, int, PlanEntry[]> programme, int standstill = 0)
    {
        var chance = new Random(11);
        var station = new Station();
        var clock = new BenchClock(station.World) { Drift = clockDrift };
        var ring = ringOf(station.World, clock, chance);
        station.OtherOutput = ring;
        station.Boot(drift: clockDrift).Connect().RunFor(5000);
        var entries = programme(station, minutes);
        station.Plan(entries).Disconnect();
        var until = entries[0].Start + (minutes * 60_000) + 20_000;
        var hiccup = 0L;
        var stoodStill = entries[0].Start;
        while (station.World.Now < until)
        {
            var wait = Math.Min(station.Node.Poll(), LongestWait);
            var late = wait == 0 ? 0 : chance.Next(MostLate * 1000);
            var hiccups = chance.Next(200) == 0 && station.World.Now > hiccup + 2000;
            hiccup = hiccups ? station.World.Now : hiccup;
            ring.Pass((wait * 1000L) + late + (hiccups ? Hiccup * 1000 : 200));
            if (standstill > 0 && station.World.Now - stoodStill > 60_000 && station.Node.Condition == NodeCondition.Playing)
            {
                stoodStill = station.World.Now;
                ring.Pass(standstill * 1000L);
            }
        }

        output.WriteLine(
            $"ring {ringDrift:+0;-0;0} ppm, clock {clockDrift:+0;-0;0} ppm, {minutes} min: {ring.Holds} waits, longest {ring.LongestHold / 1000.0:F1} ms; ran dry {ring.RanDry} times");
        return ring;
    }

    private static PlanEntry[] Siren(Station station, int minutes) =>
        [Built(station.World.Now + 2000, minutes, BroadcastClass.Emergency)];

    /// <summary>A sound of 16 kHz, which the node first looks through piece by piece.</summary>
    private static PlanEntry[] Wide(Station station, int minutes)
    {
        var sound = new BenchSound([.. Enumerable.Range(0, 16000 * 60 * minutes).Select(i => (byte)(i * 7))]);
        station.Files.TotalBytes = 1L << 30;
        station.Store(sound);
        var entry = Station.Entry(1, sound, station.World.Now + 120_000, BroadcastClass.Emergency);
        entry.Codec = CodecId.ULaw16;
        return [entry];
    }

    private static PlanEntry Built(long start, int minutes, BroadcastClass soundClass)
    {
        var entry = Station.Entry(1, new BenchSound(1, 1), start, soundClass);
        entry.ObjectId = BuiltInSound.ObjectId(BuiltInSound.Siren);
        entry.Samples = 8000 * 60 * minutes;
        return entry;
    }

    /// <summary>Paced by the rate alone, as if the ring's clock were the node's.</summary>
    private sealed class TrustingRing(World world, ILocalClock clock, double drift, Random chance)
        : HeldRing(world, clock, drift, chance)
    {
        private readonly World _world = world;
        private long _since;
        private long _put;

        public override int Queued => (int)Math.Max(0, _put - ((_world.Microseconds - _since) * 8 / 1000));

        public override int QueuedAtMost => Queued;

        public override bool Open(int rate, bool isDeep)
        {
            _since = _world.Microseconds;
            _put = RingSize.Samples(rate, isDeep);
            return base.Open(rate, isDeep);
        }

        protected override void Note(int samples) => _put += samples;
    }
}
