using SmartRadio.Node.Tests.Bench;
using SmartRadio.Node.Virtual.Hardware;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Playback;

/// <summary>An hour of two hundred boards with all that a first board may do to its node.</summary>
public class FaultyFleetTests(ITestOutputHelper output)
{
    private const int Nodes = 200;
    private const int Seconds = 60;

    private static readonly BenchSound[] Sounds =
        [.. Enumerable.Range(1, 6).Select(seed => new BenchSound(seed, Seconds * 8000))];

    private static readonly NodeProfile Profile = new() { Stall = "3s@30", DnsDead = true, Handshake = 5, LittleFs = true };

    [Fact]
    public void Fleet_with_every_fault_plays_an_hour_with_no_gap_longer_than_its_ring()
    {
        var wear = new FlashWear();
        var lives = Enumerable.Range(0, Nodes).AsParallel().Select(seed => Live(seed, wear)).ToList();

        output.WriteLine(
            $"{lives.Sum(life => life.Attempts)} attempts to connect, {lives.Sum(life => life.DeadLookUps)} dead look-ups, {lives.Sum(life => life.Gaps)} gaps, the longest {lives.Max(life => life.Gap) / 1000} ms, latest start {lives.Max(life => life.Late)} ms; {wear}");
        // A standstill at the very start, before the ring is full; never a look-up or a handshake.
        Assert.InRange(lives.Max(life => life.Gap), 0, 3_000_000);
        Assert.InRange(lives.Sum(life => life.Gaps), 0, Nodes * 6 / 15);
        Assert.All(lives, life => Assert.Equal(6, life.Whole));
        // A standstill before a start makes it late, by no more than itself.
        Assert.InRange(lives.Max(life => life.Late), 0, 4000);
        Assert.True(lives.Sum(life => life.DeadLookUps) > Nodes, "The name server was hardly asked: the fleet lived too well.");
        Assert.InRange(wear.Longest, 1, 18);
    }

    private static Life Live(int seed, FlashWear wear)
    {
        var chance = new Random(seed);
        var station = new Station { Wear = wear, Splits = true }.Boot(drift: chance.Next(-40, 40)).Connect().RunFor(5000);
        var begin = World.Dawn + 300_000;
        var entries = Enumerable.Range(0, 6)
            .Select(i => Entry(i + 1, station.Serve(Sounds[i]), begin + (i * 540_000) + chance.Next(60_000)))
            .ToArray();
        station.Plan(entries);
        var board = new FaultyBoard(station, Profile, chance);
        board.LiveUntil(World.Dawn + 3_600_000);

        var heard = station.Output.Heard;
        return new Life(
            board.Attempts, board.DeadLookUps, station.Output.LongestGap, station.Output.Gaps,
            heard.Count(sound => sound.Samples.Count == Seconds * 8000),
            heard.Max(sound => (sound.FirstAt / 1000) - entries[sound.Broadcast - 1].Start));
    }

    private sealed record Life(int Attempts, int DeadLookUps, long Gap, int Gaps, int Whole, long Late);
}
