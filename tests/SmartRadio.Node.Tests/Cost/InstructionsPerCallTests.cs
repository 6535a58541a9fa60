namespace SmartRadio.Node.Tests.Cost;

/// <summary>
/// What a call of the node costs the device's interpreter, in IL instructions, over whole lives. An instruction takes an ESP32
/// 0.3 to 1.0 µs and the ring of the output lasts 480 ms: a call of 100,000 delays sound and stop by 30 to 100 ms.
/// </summary>
public sealed class InstructionsPerCallTests(ITestOutputHelper output, InstructionsPerCallTests.Lives lives)
    : IClassFixture<InstructionsPerCallTests.Lives>
{
    [Theory]
    [InlineData("idle", "poll", 2_700)]
    [InlineData("receipts waiting", "poll", 42_000)]
    [InlineData("plan of 64", "Plan", 75_000)]
    [InlineData("plan of 64", "poll", 100_000)]
    [InlineData("plan of 64, one new", "Plan", 93_000)]
    [InlineData("plan of 64, one new", "poll", 72_000)]
    [InlineData("start mu-law 8", "poll", 19_000)]
    [InlineData("start mu-law 16", "poll", 30_000)]
    [InlineData("start IMA", "poll", 32_000)]
    [InlineData("learning the time", "ClockReply", 18_000)]
    [InlineData("knowing the time", "ClockReply", 18_000)]
    [InlineData("fetching", "sr/1/o/", 1_450)]
    [InlineData("live", "sr/1/s/", 1_400)]
    public void Call_keeps_to_its_budget(string stage, string call, long budget)
    {
        var calls = lives.Of(stage, call);
        var dearest = calls.MaxBy(counted => counted.Instructions)!;
        output.WriteLine(
            $"{stage}, {call}: {dearest.Instructions:N0} at most, {calls.Average(c => c.Instructions):N0} on average");
        output.WriteLine($"  {CountedCall.HotSpots([dearest], 10)}");

        Assert.InRange(dearest.Instructions, 1, budget);
    }

    /// <summary>What methods take of the dearest poll, by the beginning of their names.</summary>
    [Theory]
    [InlineData("start IMA", "ImaDecoder..ctor ImaAdpcm. ImaTables.", 35)]
    [InlineData("volume mu-law", "ULawDecoder.SetVolume ULaw. Gain.", 6_600)]
    [InlineData("volume IMA", "ImaDecoder.SetVolume Gain.", 12)]
    public void Part_keeps_to_its_budget(string stage, string methods, long budget)
    {
        var dearest = lives.Of(stage, "poll").Max(call => call.Of(methods.Split(' ')));
        output.WriteLine($"{stage}, {methods}: {dearest:N0}");

        Assert.InRange(dearest, 1, budget);
    }

    [Theory]
    [InlineData("plan of 64", 640_000)]
    [InlineData("plan of 64, one new", 475_000)]
    [InlineData("storage", 1_050_000)]
    [InlineData("live", 300_000)]
    [InlineData("live IMA", 530_000)]
    [InlineData("live and full", 340_000)]
    [InlineData("receipts waiting", 84_000)]
    [InlineData("idle", 31_000)]
    public void Second_keeps_to_its_budget(string stage, long budget)
    {
        var seconds = lives.Of(stage, "").GroupBy(call => call.At / 1000).ToList();
        var dearest = seconds.MaxBy(second => second.Sum(call => call.Instructions))!.ToList();
        output.WriteLine($"{stage}: {dearest.Sum(c => c.Instructions):N0} in the dearest second, "
            + $"{seconds.Average(second => second.Sum(c => c.Instructions)):N0} on average");
        output.WriteLine($"  {CountedCall.HotSpots(dearest, 12)}");

        Assert.InRange(dearest.Sum(c => c.Instructions), 1, budget);
    }

    /// <summary>All calls of all lives, lived once.</summary>
    public sealed class Lives
    {
        private readonly IReadOnlyList<CountedCall> _calls;

        public Lives()
        {
            var world = new CountedWorld();
            _calls = world.Live();
            world.Unload();
        }

        internal List<CountedCall> Of(string stage, string call)
        {
            var found = _calls.Where(c => c.Stage == stage && c.Call.StartsWith(call, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(found);
            return found;
        }
    }
}
