using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class BackupTests
{
    [Fact]
    public async Task Back_up_under_writes_is_whole_and_has_each_file_its_rows_name()
    {
        await using var controller = await TestController.StartAsync();
        var file = Path.Combine(controller.Folder, "backup.tar.gz");
        using var enough = new CancellationTokenSource();
        var made = 0;
        var writing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
                Interlocked.Increment(ref made);
            }
        });
        await Poll.UntilAsync("three bulletins are made", () => Volatile.Read(ref made) >= 3);

        await Backup.WriteAsync(controller.Folder, file, CancellationToken.None);
        var after = Volatile.Read(ref made);
        await Poll.UntilAsync("another bulletin is made", () => Volatile.Read(ref made) > after);
        await enough.CancelAsync();
        await writing;

        var restored = Directory.CreateDirectory(Path.Combine(controller.Folder, "restored")).FullName;
        await using (var zipped = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(zipped, restored, overwriteFiles: false);
        }

        await using var db = new RadioDb(
            new DbContextOptionsBuilder<RadioDb>().UseSqlite(
                $"Data Source={Path.Combine(restored, "smartradio.db")};Pooling=False").Options);
        var objects = await db.Objects.Select(sound => sound.Id).ToListAsync();
        Assert.InRange(objects.Count, 3, after + 1);
        Assert.All(
            objects,
            id => Assert.Contains(
                Directory.EnumerateFiles(Path.Combine(restored, "objects"), "*", SearchOption.AllDirectories),
                path => path.Contains(id, StringComparison.Ordinal)));
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal([file], Directory.EnumerateFiles(controller.Folder, "backup*"));
    }

    [Fact]
    public async Task Back_up_overwrites_no_file_and_refuses_an_empty_folder()
    {
        await using var controller = await TestController.StartAsync();
        var file = Path.Combine(controller.Folder, "backup.tar.gz");
        await File.WriteAllTextAsync(file, "an earlier one");

        await Assert.ThrowsAsync<IOException>(() => Backup.WriteAsync(controller.Folder, file, CancellationToken.None));
        await Assert.ThrowsAsync<FileNotFoundException>(
            () => Backup.WriteAsync(Path.Combine(controller.Folder, "nothing"), file + "2", CancellationToken.None));

        Assert.Equal("an earlier one", await File.ReadAllTextAsync(file));
        Assert.False(File.Exists(file + "2"));
    }

    [Fact]
    public async Task Only_files_of_its_own_are_deleted()
    {
        await using var controller = await TestController.StartAsync();
        var foreign = Path.Combine(controller.Folder, "smartradio.partial");
        await File.WriteAllTextAsync(foreign, "of somebody else");

        // Beside the database, under its name without the ending.
        await Backup.WriteAsync(controller.Folder, Path.Combine(controller.Folder, "smartradio"), CancellationToken.None);

        Assert.Equal("of somebody else", await File.ReadAllTextAsync(foreign));
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Users.CountAsync());
        Assert.True(File.Exists(Path.Combine(controller.Folder, "smartradio.db")));
    }
}
