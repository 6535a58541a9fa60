using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Programmes;
using SmartRadio.Controller.Tests.Schedules;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>What was never aired can be deleted, and nothing else.</summary>
public sealed class DeleteBulletinTests
{
    [Fact]
    public async Task Deleted_bulletin_leaves_its_entry_and_no_file()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        await ApproveAsync(controller, bulletin.Id);
        var folder = controller.Get<BulletinFiles>().FolderOf(bulletin.Id);
        var objects = await ObjectsAsync(controller);
        Assert.Equal(2, objects.Count);
        Assert.True(Directory.Exists(folder));

        await DeleteAsync(controller, bulletin.Id);

        await using var db = await controller.OpenAsync();
        Assert.Equal(0, await db.Bulletins.CountAsync());
        Assert.Equal(0, await db.Objects.CountAsync() + await db.Set<BulletinPart>().CountAsync());
        Assert.False(Directory.Exists(folder));
        Assert.All(objects, id => Assert.False(File.Exists(controller.Get<ObjectStorage>().PathOf(id))));
        var entry = await db.Audit.OrderBy(row => row.Id).LastAsync();
        Assert.Equal(("bulletin.delete", $"bulletin {bulletin.Id}"), (entry.Action, entry.Subject));
        Assert.Contains("Tiêm phòng", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(BulletinRefusal.UnknownBulletin, await RefusalAsync(() => DeleteAsync(controller, bulletin.Id)));
    }

    [Fact]
    public async Task Object_that_another_bulletin_shares_stays()
    {
        await using var controller = await TestController.StartAsync();
        var (one, other) = (
            await controller.UploadAsync(await Recordings.Mp3Async()), await controller.UploadAsync(await Recordings.Mp3Async()));
        await ApproveAsync(controller, one.Id);
        await ApproveAsync(controller, other.Id);
        var objects = await ObjectsAsync(controller);
        Assert.Equal(4, objects.Count);
        Assert.Equal(2, objects.Distinct(StringComparer.Ordinal).Count());

        await DeleteAsync(controller, one.Id);

        Assert.All(objects, id => controller.Get<ObjectStorage>().Open(id));
    }

    [Fact]
    public async Task Scheduled_bulletin_stays_after_its_schedule_too()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());

        Assert.Equal(BulletinRefusal.BulletinInUse, await RefusalAsync(() => DeleteAsync(controller, schedule.BulletinId)));
        await using var db = await controller.OpenAsync();
        await db.Targets.ExecuteDeleteAsync();
        await db.Broadcasts.ExecuteDeleteAsync();
        Assert.Equal(BulletinRefusal.BulletinInUse, await RefusalAsync(() => DeleteAsync(controller, schedule.BulletinId)));
        await db.Schedules.ExecuteDeleteAsync();
        await DeleteAsync(controller, schedule.BulletinId);
    }

    [Fact]
    public async Task Aired_bulletin_stays_without_a_schedule_too()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "1.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        await using var db = await controller.OpenAsync();
        await db.Broadcasts.ExecuteUpdateAsync(set => set.SetProperty(row => row.ScheduleId, (long?)null));
        await db.Schedules.ExecuteDeleteAsync();

        Assert.Equal(BulletinRefusal.BulletinInUse, await RefusalAsync(() => DeleteAsync(controller, schedule.BulletinId)));
    }

    [Fact]
    public async Task Bulletin_of_a_programme_stays_as_long_as_the_programme()
    {
        await using var controller = await TestController.StartAsync();
        var member = await controller.UploadAsync(await Recordings.Mp3Async());
        await ApproveAsync(controller, member.Id);
        var programme = await controller.Get<ComposeProgramme>().HandleAsync(
            new ProgrammeRequest("Chương trình", [new ProgrammeMember(member.Id, TimeSpan.Zero)]),
            TestController.Officer, progress: null, CancellationToken.None);

        Assert.Equal(BulletinRefusal.BulletinInUse, await RefusalAsync(() => DeleteAsync(controller, member.Id)));

        await DeleteAsync(controller, programme.Id);
        await DeleteAsync(controller, member.Id);
    }

    [Fact]
    public async Task Versions_around_a_deleted_one_stay_joined()
    {
        await using var controller = await TestController.StartAsync();
        var first = await controller.SpeakAsync(Recordings.Text);
        var second = await NextAsync(controller, first.Id);
        var third = await NextAsync(controller, second.Id);

        await DeleteAsync(controller, second.Id);

        await using var db = await controller.OpenAsync();
        Assert.Equal(first.Id, (await db.Bulletins.SingleAsync(row => row.Id == third.Id)).PreviousId);
    }

    private static Task<Bulletin> NextAsync(TestController controller, long id) =>
        controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest("Tiêm phòng", Recordings.Text, "north") { PreviousId = id },
            TestController.Officer, progress: null, CancellationToken.None);

    private static async Task<List<string>> ObjectsAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return await db.Objects.Select(sound => sound.Id).ToListAsync();
    }

    private static Task DeleteAsync(TestController controller, long id) =>
        controller.Get<DeleteBulletin>().HandleAsync(id, TestController.Officer, CancellationToken.None);

    private static Task<Bulletin> ApproveAsync(TestController controller, long id) =>
        controller.Get<ApproveBulletin>().HandleAsync(id, TestController.Officer, progress: null, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
