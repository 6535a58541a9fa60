using System.Formats.Tar;
using System.IO.Compression;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class RestoreTests
{
    [Fact]
    public async Task Restored_folder_equals_the_old_one()
    {
        await using var controller = await TestController.StartAsync();
        await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        var file = Path.Combine(controller.Folder, "backup.tar.gz");
        await Backup.WriteAsync(controller.Folder, file, CancellationToken.None);
        var folder = Path.Combine(controller.Folder, "restored");

        var files = await Restore.ReadAsync(file, folder, CancellationToken.None);

        Assert.Equal(1 + Contents(controller.Folder).Count, files);
        Assert.Equal(Contents(controller.Folder), Contents(folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            foreach (var each in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(each));
            }
        }
    }

    [Fact]
    public async Task Folder_that_holds_something_is_left_alone()
    {
        await using var controller = await TestController.StartAsync();
        var file = Path.Combine(controller.Folder, "backup.tar.gz");
        await Backup.WriteAsync(controller.Folder, file, CancellationToken.None);
        var before = Directory.EnumerateFileSystemEntries(controller.Folder).Order().ToList();

        await Assert.ThrowsAsync<IOException>(() => Restore.ReadAsync(file, controller.Folder, CancellationToken.None));

        Assert.Equal(before, Directory.EnumerateFileSystemEntries(controller.Folder).Order());
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("keys/../../outside")]
    [InlineData("/etc/outside")]
    [InlineData("keys/a\\b")]
    [InlineData("lock")]
    public async Task Name_that_no_back_up_has_is_refused(string name)
    {
        using var folder = new WorkFolder();
        var file = await ArchiveAsync(
            folder.Path, new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) });

        await Assert.ThrowsAsync<InvalidDataException>(() => Restore.ReadAsync(file, folder.Target, CancellationToken.None));

        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Link_is_refused()
    {
        using var folder = new WorkFolder();
        var file = await ArchiveAsync(
            folder.Path, new PaxTarEntry(TarEntryType.SymbolicLink, "keys/link") { LinkName = "/etc/passwd" });

        await Assert.ThrowsAsync<InvalidDataException>(() => Restore.ReadAsync(file, folder.Target, CancellationToken.None));

        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public async Task Archive_that_is_cut_off_leaves_nothing(double share)
    {
        await using var controller = await TestController.StartAsync();
        await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        using var folder = new WorkFolder();
        var file = Path.Combine(folder.Path, "backup.tar.gz");
        await Backup.WriteAsync(controller.Folder, file, CancellationToken.None);
        await using (var archive = File.OpenWrite(file))
        {
            archive.SetLength((long)(archive.Length * share));
        }

        var error = await Record.ExceptionAsync(() => Restore.ReadAsync(file, folder.Target, CancellationToken.None));

        Assert.True(error is InvalidDataException or IOException, error?.ToString());
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static async Task<string> ArchiveAsync(string folder, TarEntry entry)
    {
        var file = Path.Combine(folder, "backup.tar.gz");
        await using var zipped = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        await using var tar = new TarWriter(zipped);
        await tar.WriteEntryAsync(entry);
        return file;
    }

    /// <summary>Name and content of all that a back-up holds beside the database.</summary>
    private static List<(string Name, string Content)> Contents(string folder) =>
        [.. from name in new[] { "keys", "bulletins", "objects" }
            let part = Path.Combine(folder, name)
            where Directory.Exists(part)
            from file in Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories)
            orderby file
            select (Path.GetRelativePath(folder, file), Convert.ToHexString(File.ReadAllBytes(file)))];

    private sealed class WorkFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("smartradio-test-").FullName;

        public string Target => System.IO.Path.Combine(Path, "restored");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
