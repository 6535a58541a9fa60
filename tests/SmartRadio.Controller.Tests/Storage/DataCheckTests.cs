using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

/// <summary>A start on data that are not whole changes nothing.</summary>
public sealed class DataCheckTests
{
    [Fact]
    public void Empty_folder_is_a_first_start()
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-test-").FullName;

        DataCheck.Check(folder);
        DataCheck.Check(Path.Combine(folder, "none"));

        Directory.Delete(folder);
    }

    [Fact]
    public async Task Sounds_without_a_database_are_not_started_on()
    {
        await using var controller = await WithBulletinAsync();
        var folder = await CopyAsync(controller);
        foreach (var file in Directory.EnumerateFiles(folder, "smartradio.db*"))
        {
            File.Delete(file);
        }

        Assert.Equal(DataFault.DatabaseMissing, Assert.Throws<DataFaultException>(() => DataCheck.Check(folder)).Fault);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(folder, "objects")));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(8192, 4096)]
    public async Task Damaged_database_is_not_started_on(int from, int length)
    {
        await using var controller = await WithBulletinAsync();
        var folder = await CopyAsync(controller);
        await using (var file = File.OpenWrite(Path.Combine(folder, "smartradio.db")))
        {
            file.Position = from;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, length).ToArray());
        }

        Assert.Equal(DataFault.DatabaseDamaged, Assert.Throws<DataFaultException>(() => DataCheck.Check(folder)).Fault);
    }

    [Fact]
    public async Task Secrets_without_their_keys_are_not_started_on()
    {
        await using var controller = await WithBulletinAsync();
        await controller.AddNodeAsync(await controller.AddAreaAsync("A"));
        var folder = await CopyAsync(controller);
        DataCheck.Check(folder);
        Directory.Delete(Path.Combine(folder, "keys"), recursive: true);

        Assert.Equal(DataFault.KeysMissing, Assert.Throws<DataFaultException>(() => DataCheck.Check(folder)).Fault);
    }

    [Fact]
    public async Task Keys_that_were_set_aside_as_stolen_stop_no_start()
    {
        await using var controller = await WithBulletinAsync();
        await controller.AddNodeAsync(await controller.AddAreaAsync("A"));
        var folder = await CopyAsync(controller);
        var keys = Path.Combine(folder, "keys");
        Directory.Move(keys, keys + "-stolen");
        Directory.CreateDirectory(keys);
        Assert.Equal(DataFault.KeysMissing, Assert.Throws<DataFaultException>(() => DataCheck.Check(folder)).Fault);

        Directory.Move(keys + "-stolen", Path.Combine(keys, "stolen"));

        DataCheck.Check(folder);
    }

    [Fact]
    public async Task Another_database_sweeps_nothing_away()
    {
        await using var controller = await TestController.StartAsync();
        var objects = controller.Get<DataFolder>().Objects;
        for (var i = 0; i <= OrphanFiles.Explicable; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(objects, $"{i:x32}"), "a sound");
        }

        var fault = await Assert.ThrowsAsync<DataFaultException>(() => controller.RunAsync<OrphanFiles>());

        Assert.Equal(DataFault.DatabaseForeign, fault.Fault);
        Assert.Equal(OrphanFiles.Explicable + 1, Directory.EnumerateFiles(objects).Count());
    }

    private static async Task<TestController> WithBulletinAsync()
    {
        var controller = await TestController.StartAsync();
        await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        await File.WriteAllTextAsync(Path.Combine(controller.Get<DataFolder>().Keys, "key-1.xml"), "a key");
        return controller;
    }

    /// <summary>A copy of the folder that no program holds.</summary>
    private static async Task<string> CopyAsync(TestController controller)
    {
        await using (var db = await controller.OpenAsync())
        {
            await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)");
        }

        var copy = Path.Combine(controller.Folder, "copy");
        foreach (var file in Directory.EnumerateFiles(controller.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(controller.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
