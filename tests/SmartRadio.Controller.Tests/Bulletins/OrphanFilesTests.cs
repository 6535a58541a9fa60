using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Bulletins;

public sealed class OrphanFilesTests
{
    [Fact]
    public async Task Remains_of_a_crash_are_cleared_away_at_start_and_nothing_else()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        await controller.Get<ApproveBulletin>()
            .HandleAsync(bulletin.Id, TestController.Officer, progress: null, CancellationToken.None);
        var data = controller.Get<DataFolder>();
        var owned = Everything(data);
        await File.WriteAllTextAsync(Path.Combine(data.Incoming, "0123"), "half an upload");
        Directory.CreateDirectory(Path.Combine(data.Incoming, "4567"));
        await File.WriteAllTextAsync(Path.Combine(data.Incoming, "4567", "source"), "half a sound");
        Directory.CreateDirectory(Path.Combine(data.Bulletins, "99"));
        await File.WriteAllTextAsync(Path.Combine(data.Bulletins, "99", "master.wav"), "a bulletin never committed");
        await File.WriteAllTextAsync(Path.Combine(data.Objects, new string('0', 32)), "an object never committed");

        await controller.RunAsync<OrphanFiles>();

        Assert.Equal(owned, Everything(data));
        // What could be somebody's is kept.
        Assert.Equal(
            ["00000000000000000000000000000000", "master.wav"],
            Directory.EnumerateFiles(data.Aside, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file)!).Order());
    }

    private static List<string> Everything(DataFolder data) =>
        [.. new[] { data.Incoming, data.Bulletins, data.Objects }
            .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
            .Order()];
}
