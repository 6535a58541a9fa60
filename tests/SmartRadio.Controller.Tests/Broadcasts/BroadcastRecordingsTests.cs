using SmartRadio.Controller.Broadcasts;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>What loudspeakers recorded is found by ids alone, and takes no more room than it may.</summary>
public sealed class BroadcastRecordingsTests
{
    private const string Node = "0123456789abcdef";

    [Theory]
    [InlineData(Node, 7, true)]
    [InlineData(Node, 8, false)]
    [InlineData(Node, 0, false)]
    [InlineData(Node, -7, false)]
    [InlineData("fedcba9876543210", 7, false)]
    [InlineData("0123456789ABCDEF", 7, false)]
    [InlineData("../recordings/0123456789abcdef", 7, false)]
    [InlineData("0123456789abcdef/../0123456789abcdef", 7, false)]
    [InlineData("0123456789abcdef\n", 7, false)]
    [InlineData("", 7, false)]
    public async Task Recording_is_found_by_its_ids_alone(string node, long broadcast, bool isFound)
    {
        await using var controller = await TestController.StartAsync();
        var path = Put(controller, "7.wav");

        Assert.Equal(isFound ? path : null, controller.Get<BroadcastRecordings>().Find(node, broadcast));
    }

    [Fact]
    public async Task Old_ones_go_and_what_is_no_recording_stays()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:RecordingAge", "10.00:00:00"));
        var (old, young, other) = (Put(controller, "1.wav", days: 11), Put(controller, "2.wav", days: 9),
            Put(controller, "notes.txt", days: 11));

        Assert.Equal(1, controller.Get<BroadcastRecordings>().Tidy());

        Assert.Equal([false, true, true], new[] { old, young, other }.Select(File.Exists));
    }

    [Fact]
    public async Task Oldest_make_room()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:RecordingMegabytes", "1"));
        var (first, second, third) = (Put(controller, "1.wav", 3, 600_000), Put(controller, "2.wav", 2, 600_000),
            Put(controller, "3.wav", 1, 300_000));

        Assert.Equal(1, controller.Get<BroadcastRecordings>().Tidy());

        Assert.Equal([false, true, true], new[] { first, second, third }.Select(File.Exists));
    }

    [Fact]
    public async Task Another_folder_may_be_set()
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-recordings-").FullName;
        try
        {
            await using var controller = await TestController.StartAsync(settings: ("Recordings", folder));
            Assert.Equal(folder, controller.Get<BroadcastRecordings>().Folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Put(TestController controller, string name, int days = 0, int bytes = 100)
    {
        var folder = Directory.CreateDirectory(Path.Combine(controller.Get<BroadcastRecordings>().Folder, Node));
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, new byte[bytes]);
        File.SetLastWriteTimeUtc(path, controller.Time.GetUtcNow().UtcDateTime.AddDays(-days));
        return path;
    }
}
