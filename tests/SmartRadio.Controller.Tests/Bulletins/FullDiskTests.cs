using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Testing.Files;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>On a real disk of a few megabytes that is really full.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task An_upload_is_refused_and_leaves_nothing_and_works_once_there_is_room()
    {
        using var disk = SmallDisk.TryMount(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        await using var controller = await TestController.StartAsync(now: null, ("Data", disk.Path));
        var recording = await Recordings.Mp3Async();
        disk.FillUpTo(freeBytes: (int)recording.Length / 2);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.UploadAsync(recording));

        Assert.Equal(Refusal.DiskFull, refused.Refusal);
        await AssertEmptyAsync(controller);
        disk.Free();
        Assert.NotEqual(0, (await controller.UploadAsync(await Recordings.Mp3Async())).Id);
    }

    [Fact]
    public async Task Sound_that_fits_only_unprepared_is_refused_and_leaves_nothing()
    {
        using var disk = SmallDisk.TryMount(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        await using var controller = await TestController.StartAsync(now: null, ("Data", disk.Path));
        var recording = await Recordings.Mp3Async();
        disk.FillUpTo(freeBytes: (int)recording.Length + 65_536);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.UploadAsync(recording));

        Assert.Equal(Refusal.DiskFull, refused.Refusal);
        await AssertEmptyAsync(controller);
    }

    [Fact]
    public async Task An_approval_is_refused_and_can_be_given_later()
    {
        using var disk = SmallDisk.TryMount(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        await using var controller = await TestController.StartAsync(now: null, ("Data", disk.Path));
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        disk.FillUpTo(freeBytes: 20_000);
        var approve = () => controller.Get<ApproveBulletin>().HandleAsync(
            bulletin.Id, TestController.Officer, progress: null, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<RefusedException>(approve);

        Assert.Equal(Refusal.DiskFull, refused.Refusal);
        var data = controller.Get<DataFolder>();
        Assert.Empty(
            Directory.EnumerateFileSystemEntries(data.Objects).Concat(Directory.EnumerateFileSystemEntries(data.Incoming)));
        disk.Free();
        Assert.True((await approve()).IsApproved);
    }

    [Fact]
    public async Task A_change_that_only_the_database_must_hold_is_refused_whole()
    {
        using var disk = SmallDisk.TryMount(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        await using var controller = await TestController.StartAsync(now: null, ("Data", disk.Path));
        disk.FillUpTo(freeBytes: 0);
        var add = (int code) => controller.Get<AddArea>().HandleAsync(
            new AddAreaRequest(null, $"{code}", $"Hòa Vang {code}", "Xã"), TestController.Officer, CancellationToken.None);

        // The write-ahead log may have some room left in pages it holds already.
        var accepted = 0;
        var refused = await Assert.ThrowsAsync<RefusedException>(async () =>
        {
            for (; accepted < 10_000; accepted++)
            {
                await add(accepted);
            }
        });

        Assert.Equal(Refusal.DiskFull, refused.Refusal);
        disk.Free();
        await using var db = await controller.OpenAsync();
        Assert.Equal((accepted, accepted), (await db.Areas.CountAsync(), await db.Audit.CountAsync()));
        await add(accepted);
    }

    [Fact]
    public async Task A_key_still_opens()
    {
        using var disk = SmallDisk.TryMount(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        await using var controller = await TestController.StartAsync(now: null, ("Data", disk.Path));
        var made = await controller.CreateKeyAsync(TestController.Officer);
        await using (var db = await controller.OpenAsync())
        {
            // The log is emptied, so that the next write needs room.
            await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)");
        }

        disk.FillUpTo(freeBytes: 0);

        Assert.NotNull(await controller.Get<ApiKeyQuery>().FindActorAsync(made.Key, CancellationToken.None));
    }

    /// <summary>The pool closes connections that nobody uses; whoever stops a broadcast then is looked up all the same.</summary>
    [Fact]
    public async Task Reading_goes_on_when_the_pool_has_closed_its_connections()
    {
        using var disk = SmallDisk.TryMount(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.Unsupported);
        await using var controller = await TestController.StartAsync(now: null, ("Data", disk.Path));
        SqliteConnection.ClearAllPools();
        disk.FillUpTo(freeBytes: 0);

        var grants = await controller.Get<RightsCheck>().CheckAsync(
            TestController.Officer, Right.Stop, area: null, CancellationToken.None);

        Assert.True(grants.May(Right.Stop, null));
    }

    private static async Task AssertEmptyAsync(TestController controller)
    {
        var data = controller.Get<DataFolder>();
        Assert.Empty(
            Directory.EnumerateFileSystemEntries(data.Incoming).Concat(Directory.EnumerateFileSystemEntries(data.Bulletins)));
        await using var db = await controller.OpenAsync();
        Assert.Equal((0, 0), (await db.Bulletins.CountAsync(), await db.Audit.CountAsync()));
    }
}
