using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Bulletins;

public sealed class ApproveBulletinTests
{
    private static readonly Actor Chair = new("chair", "Chủ tịch");

    [Fact]
    public async Task Approval_makes_an_object_of_each_codec()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        var approved = await ApproveAsync(controller, bulletin.Id, TestController.Officer);

        Assert.Equal(TestController.Officer.PersonId, approved.ApprovedById);
        var detail = (await controller.Get<BulletinQuery>().GetAsync(bulletin.Id, AreaScope.Everywhere, CancellationToken.None))!;
        Assert.Equal("Cán bộ", detail.Approver);
        Assert.Equal([CodecId.ULaw8, CodecId.Ima8], detail.Objects.Select(sound => sound.Codec));
        Assert.All(detail.Objects, sound =>
        {
            var file = controller.Get<ObjectStorage>().Open(sound.Id);
            Assert.Equal(sound.Bytes, file.Layout.Length);
            Assert.InRange(sound.Samples, (bulletin.Length.TotalSeconds * 8000) - 1, (bulletin.Length.TotalSeconds * 8000) + 1);
        });
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming));
    }

    [Fact]
    public async Task An_author_who_is_not_alone_needs_another_person()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = Chair.PersonId!, UserName = "chair", DisplayName = Chair.Name });
        db.Roles.Add(new RoleGrant { PersonId = Chair.PersonId!, Role = Role.Approver });
        await db.SaveChangesAsync();

        Assert.Equal(BulletinRefusal.AuthorIsApprover, await RefusalAsync(controller, bulletin.Id, TestController.Officer));

        Assert.True((await ApproveAsync(controller, bulletin.Id, Chair)).IsApproved);
    }

    [Fact]
    public async Task A_bulletin_is_approved_once()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            try
            {
                await ApproveAsync(controller, bulletin.Id, TestController.Officer);
                return null;
            }
            catch (RefusedException refused)
            {
                return refused.Refusal;
            }
        }));

        Assert.Equal([null, BulletinRefusal.AlreadyApproved, BulletinRefusal.AlreadyApproved], outcomes.Order());
    }

    [Fact]
    public async Task An_approval_for_emergencies_passes_the_others()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonSounds", "1"));
        var (slow, next) = (
            await controller.UploadAsync(await Recordings.Mp3Async()), await controller.UploadAsync(await Recordings.Mp3Async()));
        var urgent = await controller.UploadAsync(await Recordings.Mp3Async());
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = Chair.PersonId!, UserName = "chair", DisplayName = Chair.Name });
        db.Roles.Add(new RoleGrant { PersonId = Chair.PersonId!, Role = Role.Approver });
        (await db.Bulletins.SingleAsync(row => row.Id == urgent.Id)).CreatedById = Chair.PersonId!;
        await db.SaveChangesAsync();
        using var held = new HeldProgress();
        var first = controller.Get<ApproveBulletin>().HandleAsync(slow.Id, Chair, held, CancellationToken.None);
        await held.Reached.WaitAsync(Poll.Patience);

        Assert.Equal(BulletinRefusal.OwnSoundsAtWork, await RefusalAsync(controller, next.Id, Chair));
        var passed = await ApproveAsync(controller, urgent.Id, TestController.Officer).WaitAsync(Poll.Patience);

        Assert.True(passed.IsApproved);
        Assert.False(first.IsCompleted);
        held.Dispose();
        Assert.True((await first).IsApproved);
        Assert.True((await ApproveAsync(controller, next.Id, Chair)).IsApproved);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bulletin_that_was_returned_meanwhile_is_not_approved(bool whileEncoding)
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        var read = ReviewedBulletin.Of(bulletin);
        using var held = new HeldProgress();
        var approving = whileEncoding
            ? controller.Get<ApproveBulletin>().HandleAsync(bulletin.Id, TestController.Officer, held, CancellationToken.None)
            : Task.FromResult(bulletin);
        await (whileEncoding ? held.Reached.WaitAsync(Poll.Patience) : Task.CompletedTask);

        var returned = await controller.Get<ReturnBulletin>().HandleAsync(
            bulletin.Id, "Sai ngày", TestController.Officer, CancellationToken.None);
        held.Dispose();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => whileEncoding
            ? approving
            : controller.Get<ApproveBulletin>().HandleAsync(
                bulletin.Id, read, TestController.Officer, null, CancellationToken.None));
        Assert.Equal(BulletinRefusal.ReturnedMeanwhile, refused.Refusal);
        var approved = await controller.Get<ApproveBulletin>().HandleAsync(
            bulletin.Id, ReviewedBulletin.Of(returned), TestController.Officer, null, CancellationToken.None);
        Assert.True(approved.IsApproved);
    }

    [Fact]
    public async Task A_bulletin_nobody_knows_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        Assert.Equal(BulletinRefusal.UnknownBulletin, await RefusalAsync(controller, 99, TestController.Officer));
    }

    [Fact]
    public async Task A_sound_that_is_not_the_one_that_was_heard_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        var master = controller.Get<BulletinFiles>().MasterOf(bulletin);
        var bytes = await File.ReadAllBytesAsync(master);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(master, bytes);

        Assert.Equal(BulletinRefusal.SoundChanged, await RefusalAsync(controller, bulletin.Id, TestController.Officer));

        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Objects));
    }

    [Fact]
    public async Task A_sound_that_is_gone_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        Directory.Delete(controller.Get<BulletinFiles>().FolderOf(bulletin.Id), recursive: true);

        Assert.Equal(BulletinRefusal.SoundChanged, await RefusalAsync(controller, bulletin.Id, TestController.Officer));
    }

    [Fact]
    public async Task Bulletin_deleted_while_it_is_encoded_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        var deleting = new Meanwhile(0, () => controller.DeleteAsync(bulletin.Id));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<ApproveBulletin>()
            .HandleAsync(bulletin.Id, TestController.Officer, deleting, CancellationToken.None));

        Assert.Equal(BulletinRefusal.SoundChanged, refused.Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Objects));
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming));
    }

    [Fact]
    public async Task Two_bulletins_of_one_sound_share_its_objects()
    {
        await using var controller = await TestController.StartAsync();
        var first = await controller.UploadAsync(await Recordings.Mp3Async());
        var second = await controller.UploadAsync(await Recordings.Mp3Async());

        await ApproveAsync(controller, first.Id, TestController.Officer);
        await ApproveAsync(controller, second.Id, TestController.Officer);

        await using var db = await controller.OpenAsync();
        Assert.Equal(4, await db.Objects.CountAsync());
        Assert.Equal(2, await db.Objects.Select(sound => sound.Id).Distinct().CountAsync());
        Assert.Equal(2, Directory.GetFiles(controller.Get<DataFolder>().Objects).Length);
    }

    [Fact]
    public async Task An_approval_that_fails_takes_back_its_own_objects_and_no_others()
    {
        await using var controller = await TestController.StartAsync();
        var first = await controller.UploadAsync(await Recordings.Mp3Async());
        await ApproveAsync(controller, first.Id, TestController.Officer);
        var kept = Directory.GetFiles(controller.Get<DataFolder>().Objects);
        var same = await controller.UploadAsync(await Recordings.Mp3Async());
        var other = await controller.SpeakAsync(Recordings.Text + " Xin cảm ơn.");

        foreach (var (bulletin, files) in new[] { (same, kept.Length), (other, kept.Length + 2) })
        {
            using var cancel = new CancellationTokenSource();
            var encoded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var turn = await controller.Get<WriteTurns>().TakeAsync(isUrgent: true, CancellationToken.None);
            var approving = controller.Get<ApproveBulletin>().HandleAsync(
                bulletin.Id, TestController.Officer, new AtTheEnd(() => encoded.TrySetResult()), cancel.Token);
            await encoded.Task.WaitAsync(Poll.Patience);
            // Then the change waits for its turn.
            await Poll.UntilAsync("its objects are kept", () =>
                Directory.GetFiles(controller.Get<DataFolder>().Objects).Length == files
                && !Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming).Any());

            await cancel.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => approving);
            Assert.Equal(kept.Order(), Directory.GetFiles(controller.Get<DataFolder>().Objects).Order());
        }
    }

    private static Task<Bulletin> ApproveAsync(TestController controller, long id, Actor actor) =>
        controller.Get<ApproveBulletin>().HandleAsync(id, actor, progress: null, TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(TestController controller, long id, Actor actor) =>
        (await Assert.ThrowsAsync<RefusedException>(() => ApproveAsync(controller, id, actor))).Refusal;

    private sealed class AtTheEnd(Action act) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= 1)
            {
                act();
            }
        }
    }

    /// <summary>Holds up the work at its first report.</summary>
    private sealed class HeldProgress : IProgress<double>, IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new();

        public Task Reached => _reached.Task;

        public void Report(double value)
        {
            _reached.TrySetResult();
            _go.Task.Wait(Poll.Patience);
        }

        public void Dispose() => _go.TrySetResult();
    }
}
