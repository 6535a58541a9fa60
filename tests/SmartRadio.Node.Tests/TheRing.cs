using SmartRadio.Node.Tests.Bench;
using SmartRadio.Wire;

namespace SmartRadio.Node.Tests;

/// <summary>
/// The proof that playing never holds the device's threads: the node as it is, the pace as the device program uses it, and the
/// I2S driver's ring, under a main loop that wakes late, decoding that takes its time, and hiccups.
/// </summary>
public sealed class The_ring(ITestOutputHelper output)
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
    [InlineData(0, 0)]
    [InlineData(-50, 0)]
    [InlineData(50, 0)]
    [InlineData(-50, 100)]
    [InlineData(50, -100)]
    public void Never_holds_a_thread_longer_than_25_ms_and_never_runs_dry(double ringDrift, long clockDrift)
    {
        var ring = Play(ringDrift, clockDrift, minutes: 100, (world, clock, chance) => new HeldRing(world, clock, ringDrift + clockDrift, chance));

        Assert.Equal(8000L * 60 * 100, ring.Sound);
        Assert.InRange(ring.LongestHold, 0, MostHold);
        Assert.InRange(ring.LongestSlice, 0.0, 20.0);
        Assert.Equal(0, ring.RanDry);
        Assert.Equal(0, ring.Noise);
        // The ring that is slow against the clock fills up, and only waiting tells.
        Assert.True(ringDrift >= 0 || ring.Holds > 0, "The waiting that keeps the pace was never needed: the test is too short.");
    }

    [Fact]
    public void Would_run_dry_under_a_pace_that_trusts_the_clock() =>
        Assert.True(Play(50, 0, minutes: 100, (world, clock, chance) => new TrustingRing(world, clock, 50, chance)).RanDry > 0);

    [Fact]
    public void Would_hold_every_thread_under_a_pace_that_trusts_the_clock() =>
        Assert.True(Play(-50, 0, minutes: 160, (world, clock, chance) => new TrustingRing(world, clock, -50, chance)).Holds > 100);

    [Fact]
    public void Holds_whoever_writes_into_it_just_after_opening()
    {
        var world = new World();
        var ring = new HeldRing(world, new BenchClock(world), 0, new Random(1)) { MostDecoding = 4 };
        ring.Open(8000);
        ring.WriteSilence(160);

        Assert.InRange(ring.LongestHold, 31_000, 32_000);
    }

    [Fact]
    public void Plays_what_a_buffer_held_before_when_nobody_fills_it()
    {
        var world = new World();
        var ring = new HeldRing(world, new BenchClock(world), 0, new Random(1)) { MostDecoding = 4 };
        ring.Open(8000);
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

    private HeldRing Play(double ringDrift, long clockDrift, int minutes, Func<World, ILocalClock, Random, HeldRing> ringOf)
    {
        var chance = new Random(11);
        var station = new Station();
        var clock = new BenchClock(station.World) { Drift = clockDrift };
        var ring = ringOf(station.World, clock, chance);
        station.OtherOutput = ring;
        station.Boot(drift: clockDrift).Connect().RunFor(5000);
        station.Plan(Siren(station.World.Now + 2000, minutes)).Disconnect();
        var until = station.World.Now + (minutes * 60_000) + 20_000;
        var hiccup = 0L;
        while (station.World.Now < until)
        {
            var wait = Math.Min(station.Node.Poll(), LongestWait);
            var late = wait == 0 ? 0 : chance.Next(MostLate * 1000);
            var hiccups = chance.Next(200) == 0 && station.World.Now > hiccup + 2000;
            hiccup = hiccups ? station.World.Now : hiccup;
            ring.Pass((wait * 1000L) + late + (hiccups ? Hiccup * 1000 : 200));
        }

        output.WriteLine(
            $"ring {ringDrift:+0;-0;0} ppm, clock {clockDrift:+0;-0;0} ppm, {minutes} min: {ring.Holds} waits, longest {ring.LongestHold / 1000.0:F1} ms; ran dry {ring.RanDry} times");
        return ring;
    }

    private static PlanEntry Siren(long start, int minutes)
    {
        var entry = Station.Entry(1, new BenchSound(1, 1), start, BroadcastClass.Emergency);
        entry.ObjectId = BuiltInSound.ObjectId(BuiltInSound.Siren);
        entry.Samples = 8000 * 60 * minutes;
        return entry;
    }

    /// <summary>Paced by the rate alone, as if the ring's clock were the node's.</summary>
    private sealed class TrustingRing(World world, ILocalClock clock, double drift, Random chance) : HeldRing(world, clock, drift, chance)
    {
        private readonly World _world = world;
        private long _since;
        private long _put;

        public override int Queued => (int)Math.Max(0, _put - ((_world.Microseconds - _since) * 8 / 1000));

        public override bool Open(int rate)
        {
            _since = _world.Microseconds;
            _put = 15 * RingPace.Descriptor;
            return base.Open(rate);
        }

        protected override void Note(int samples) => _put += samples;
    }
}
