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

    /// <summary>The row that a copy holds names a file that came after the first look and is gone before the next.</summary>
    [Fact]
    public async Task Sound_that_gets_another_form_meanwhile_is_in_the_archive()
    {
        await using var controller = await TestController.StartAsync();
        var id = (await controller.AddBulletinAsync(TimeSpan.FromSeconds(1))).Id;
        await GiveSoundAsync(controller, id, null, 'a');
        var file = Path.Combine(controller.Folder, "backup.tar.gz");
        char[] forms = ['a', 'b', 'c', 'd', 'e'];
        var given = 0;
        var looks = 0;

        var missing = await Backup.WriteAsync(controller.Folder, file, async () =>
        {
            looks++;
            if (given < forms.Length - 1)
            {
                await GiveSoundAsync(controller, id, forms[given], forms[++given]);
            }
        }, CancellationToken.None);

        Assert.Empty(missing);
        Assert.Equal(6, looks);
        var restored = Path.Combine(controller.Folder, "restored");
        await Restore.ReadAsync(file, restored, CancellationToken.None);
        var named = Path.Combine(restored, "bulletins", $"{id}", $"{new string('e', 16)}.master.wav");
        Assert.Equal("e", await File.ReadAllTextAsync(named));
    }

    [Fact]
    public async Task File_that_was_lost_before_is_named_and_the_rest_is_kept()
    {
        await using var controller = await TestController.StartAsync();
        var id = (await controller.AddBulletinAsync(TimeSpan.FromSeconds(1))).Id;
        await GiveSoundAsync(controller, id, null, 'a');
        File.Delete(Path.Combine(controller.Folder, "bulletins", $"{id}", $"{new string('a', 16)}.master.wav"));
        var file = Path.Combine(controller.Folder, "backup.tar.gz");

        var missing = await Backup.WriteAsync(controller.Folder, file, CancellationToken.None);

        Assert.Equal([$"bulletins/{id}/{new string('a', 16)}.master.wav"], missing);
        await Restore.ReadAsync(file, Path.Combine(controller.Folder, "restored"), CancellationToken.None);
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

    // As a trim does it: the new files, the row, then the old ones go.
    private static async Task GiveSoundAsync(TestController controller, long id, char? old, char form)
    {
        var folder = Directory.CreateDirectory(Path.Combine(controller.Folder, "bulletins", $"{id}")).FullName;
        foreach (var name in new[] { "master.wav", "preview.mp3" })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{new string(form, 16)}.{name}"), $"{form}");
        }

        await using var db = await controller.OpenAsync();
        await db.Bulletins.Where(row => row.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.Hash, new string(form, 64)));
        foreach (var name in new[] { "master.wav", "preview.mp3" })
        {
            File.Delete(Path.Combine(folder, old is { } before ? $"{new string(before, 16)}.{name}" : "none"));
        }
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
