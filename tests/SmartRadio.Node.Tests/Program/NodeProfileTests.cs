using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Node.Tests.Program;

public sealed class NodeProfileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-profile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Profile_is_read_from_a_file()
    {
        var profile = NodeProfile.Read(Written("""{"storage":"3MB","drift":40,"flashDelay":30,"signal":-75,"sag":20}"""));

        Assert.Equal(3 * 1024 * 1024, profile.StorageBytes);
        Assert.Equal((40.0, 30, -75, 20), (profile.Drift, profile.FlashDelay, profile.Signal, profile.Sag));
    }

    [Theory]
    [InlineData("not json", "is not a profile in JSON")]
    [InlineData("""{"colour":"red"}""", "is not a profile in JSON")]
    [InlineData("""{"storage":"3"}""", "is no size")]
    [InlineData("""{"storage":"-3MB"}""", "is no size")]
    [InlineData("""{"drift":1000}""", "profile.json: drift must be a number from -200 to 200 (parts per million)")]
    [InlineData("""{"signal":5}""", "profile.json: signal must be a whole number from -100 to -20 (dBm)")]
    public void Profile_is_refused_with_a_sentence_when_it_is_wrong(string content, string expected) =>
        Assert.Contains(
            expected, Assert.Throws<FleetException>(() => NodeProfile.Read(Written(content))).Message, StringComparison.Ordinal);

    [Fact]
    public void Full_storage_takes_nothing_and_gives_back_what_is_deleted()
    {
        var files = new SharedSoundFiles(new FolderFiles(_folder, 10_000), new SharedSounds());
        Assert.True(files.WriteAt("o1", 0, new byte[6000]));
        Assert.False(files.WriteAt("o2", 0, new byte[6000]));
        Assert.False(files.Write("plan.0", new byte[6000]));

        files.Delete("o1");

        Assert.True(files.WriteAt("o2", 0, new byte[3000]));
    }

    [Fact]
    public void Shared_sounds_are_held_once_and_read_as_written()
    {
        var sounds = new SharedSounds();
        byte[] piece = [1, 2, 3, 4];
        var first = new SharedSoundFiles(new FolderFiles(Path.Combine(_folder, "a"), 10_000), sounds);
        var second = new SharedSoundFiles(new FolderFiles(Path.Combine(_folder, "b"), 10_000), sounds);
        first.WriteAt("o1", 0, piece);
        first.WriteAt("o1", 4, [5, 6]);
        second.WriteAt("o1", 0, [1, 2, 3, 4]);

        Assert.Same(piece, sounds.CopyOf([1, 2, 3, 4]));
        var read = new byte[10];
        Assert.Equal(4, first.ReadAt("o1", 2, read, 10));
        Assert.Equal([3, 4, 5, 6], read[..4]);
    }

    [Fact]
    public void Clock_runs_fast_or_slow()
    {
        var time = new SettableTime();
        var clock = new DriftingClock(time, 40);
        var start = clock.Microseconds;
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((3600L * 1_000_000) + (3600 * 40), clock.Microseconds - start);
    }

    [Fact]
    public void A_signal_sags_and_comes_back()
    {
        var time = new SettableTime();
        var sensors = new Sensors(new NodeProfile { Signal = -70, Sag = 24 }, time);
        var seen = new List<int>();
        for (var second = 0; second <= 60; second += 15)
        {
            seen.Add(sensors.Signal);
            time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal([-70, -82, -94, -82, -70], seen);
    }

    private string Written(string content)
    {
        var path = Path.Combine(_folder, "profile.json");
        File.WriteAllText(path, content);
        return path;
    }
}
