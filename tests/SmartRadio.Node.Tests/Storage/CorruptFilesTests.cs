using SmartRadio.Node.Hardware;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Storage;

/// <summary>
/// Whatever the medium makes of the node's files, the node boots, plays a new plan's sound as it is, and no noise.
/// </summary>
public class CorruptFilesTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _old;
    private readonly BenchSound _new;
    private readonly BenchFiles _before;
    private readonly long _upCounter;
    private long _broadcast = 100;

    /// <summary>A node that has lived: every store it has is on the medium, in both generations.</summary>
    public CorruptFilesTests()
    {
        _old = _station.Serve(6000);
        _new = _station.Serve(2000);
        _station.Acknowledges = false;
        _station.Plan(Entry(1, _old, World.Dawn + 10_000)).RunFor(2000);
        _station.RunFor(3 * 3600_000).Plan(Entry(2, _old, _station.World.Now + 30_000_000)).RunFor(5000);
        _station.LosePower();
        _before = _station.Files.AfterPowerCut();
        _upCounter = _station.UpCounter;
        Assert.Superset(
            new HashSet<string> { "counters.0", "counters.1", "plan.0", "plan.1", "book.0", "book.1", "shelf.0", "clock.0" },
            _before.Content.Keys.ToHashSet());
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("one byte")]
    [InlineData("half")]
    [InlineData("a byte short")]
    [InlineData("a byte long")]
    [InlineData("zeros")]
    [InlineData("erased")]
    [InlineData("random")]
    [InlineData("long and random")]
    public void Node_boots_when_one_file_is_corrupt(string how)
    {
        foreach (var name in _before.Content.Keys)
        {
            Lives(files => files[name] = Corrupted(files[name], how), $"{name}: {how}");
        }
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("half")]
    [InlineData("erased")]
    [InlineData("random")]
    public void Node_boots_when_all_files_are_corrupt(string how) =>
        Lives(files => _before.Content.Keys.ToList().ForEach(name => files[name] = Corrupted(files[name], how)), $"all: {how}");

    [Fact]
    public void Node_boots_when_any_bit_of_a_record_is_corrupt()
    {
        foreach (var (name, content) in _before.Content.Where(file => file.Value.Length <= 64))
        {
            for (var bit = 0; bit < content.Length * 8; bit++)
            {
                Boots(files => files[name][bit / 8] ^= (byte)(1 << (bit % 8)), $"{name}, bit {bit}");
            }
        }
    }

    [Fact]
    public void Node_boots_when_any_byte_of_another_file_is_corrupt()
    {
        foreach (var (name, content) in _before.Content.Where(file => file.Value.Length > 64))
        {
            for (var place = 0; place < content.Length; place += content.Length > 1000 ? 61 : 1)
            {
                Boots(files => files[name][place] ^= 0x55, $"{name}, byte {place}");
            }
        }
    }

    [Fact]
    public void Node_boots_when_files_of_strangers_are_there() => Lives(
        files =>
        {
            files["o"] = [1];
            files["o00112233445566778899aabbccddeeff"] = [];
            files["plan.2"] = [1, 2, 3];
            files["lost+found"] = new byte[10_000];
        },
        "strangers");

    /// <summary>
    /// Keys that were rotated: the controller has forgotten those of enrolment, to which a node without the newest falls back.
    /// </summary>
    [Theory]
    [InlineData("empty")]
    [InlineData("half")]
    [InlineData("zeros")]
    [InlineData("erased")]
    [InlineData("random")]
    public void Node_with_corrupt_keys_plays_what_it_has_and_obeys_nobody(string how)
    {
        var station = Rotated(out var newest);
        var sound = station.Serve(6000);
        var start = station.World.Now + 60_000;
        station.Plan(Entry(1, sound, start)).RunFor(10_000).LosePower();
        foreach (var name in new[] { "keys.0", "keys.1" })
        {
            station.Files.Content[name] = Corrupted(station.Files.Content[name], how);
        }

        station.Boot().Connect();
        station.Deliver(station.Seal(CommandType.Chime, new ChimeCommand { Volume = 50 }.Write(), key: newest.Command));
        station.RunFor(5000);
        Assert.Empty(station.Output.Heard);
        Assert.True(station.Node.HasLostKeys);
        Assert.Equal(NodeCondition.Fault, station.Node.Condition);

        station.RunTo(start + 10_000);
        Assert.Equal(sound.Samples, Assert.Single(station.Output.Heard).Samples);
    }

    [Theory]
    [InlineData("keys.0")]
    [InlineData("keys.1")]
    public void Node_with_one_corrupt_generation_of_keys_goes_on_under_the_newest(string spoilt)
    {
        var station = Rotated(out var newest);
        station.LosePower();
        station.Files.Content[spoilt] = Corrupted(station.Files.Content[spoilt], "random");

        station.Boot().Connect();

        Assert.False(station.Node.HasLostKeys);
        Assert.Equal(newest.Up, station.Keys.Up);
    }

    private static byte[] Corrupted(byte[] content, string how)
    {
        var random = new Random(content.Length);
        var noise = new byte[how == "long and random" ? content.Length + 5000 : content.Length];
        random.NextBytes(noise);
        return how switch
        {
            "empty" => [],
            "one byte" => content[..Math.Min(1, content.Length)],
            "half" => content[..(content.Length / 2)],
            "a byte short" => content[..^Math.Min(1, content.Length)],
            "a byte long" => [.. content, 0],
            "zeros" => new byte[content.Length],
            "erased" => [.. Enumerable.Repeat((byte)0xff, content.Length)],
            _ => noise,
        };
    }

    /// <summary>A node that took a new secret and heard its controller use it.</summary>
    private static Station Rotated(out NodeKeys newest)
    {
        byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)(200 - i))];
        newest = new NodeKeys(secret);
        var station = new Station().Boot().Connect().RunFor(5000);
        station.Send(CommandType.Rotate, new RotateCommand { KeyId = 1, WrappedSecret = station.Wrap(secret) }.Write())
            .RunFor(30_000);
        Assert.Superset(new HashSet<string> { "keys.0", "keys.1" }, station.Files.Content.Keys.ToHashSet());
        return station;
    }

    /// <summary>Boots with what a change left of the files, and rings its bell.</summary>
    private void Boots(Action<Dictionary<string, byte[]>> change, string what)
    {
        _station.Files = _before.AfterPowerCut();
        foreach (var name in _station.Files.Content.Keys)
        {
            _station.Files.Content[name] = [.. _station.Files.Content[name]];
        }

        change(_station.Files.Content);
        Assert.Null(
            Record.Exception(
                () => _station.Boot().Connect().RunFor(50)
                    .Send(CommandType.Chime, new ChimeCommand { Volume = 50 }.Write()).RunFor(2500)));
        Assert.True(_station.Output.Heard.Count == 1 && _station.Output.Heard[0].Samples.Count == 12_000, $"{what}: no chime.");
        _station.LosePower();
    }

    /// <summary>Boots with what a change left of the files, takes a plan, fetches its sounds and plays them.</summary>
    private void Lives(Action<Dictionary<string, byte[]>> change, string what)
    {
        _station.Files = _before.AfterPowerCut();
        // The controller, too, is where it was.
        _station.UpCounter = _upCounter;
        change(_station.Files.Content);
        _station.Boot().Connect().RunFor(2000);
        var start = _station.World.Now + 60_000;
        _station.Plan(Entry(++_broadcast, _old, start), Entry(++_broadcast, _new, start + 5000)).RunTo(start + 10_000);

        Assert.True(_station.Output.Heard.Count == 2, $"{what}: {_station.Output.Heard.Count} broadcasts were heard.");
        Assert.Equal(_old.Samples, _station.Output.Heard[0].Samples);
        Assert.Equal(_new.Samples, _station.Output.Heard[1].Samples);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(_broadcast).Last());
        Assert.Equal(0, _station.Replays);
        _station.LosePower();
    }
}
