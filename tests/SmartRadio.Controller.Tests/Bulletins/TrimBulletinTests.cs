using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>The author keeps a stretch of the words before the bulletin is approved.</summary>
public sealed class TrimBulletinTests
{
    private static readonly Actor Chair = new("chair", "Chủ tịch");

    [Fact]
    public async Task Kept_words_stand_between_the_parts_that_were_there()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);

        var trimmed = await TrimAsync(controller, bulletin.Id, 3.05, 5.05);

        Assert.Equal([2.05, 2, 1, 2.05], trimmed.Parts.Select(part => part.Length.TotalSeconds));
        Assert.Equal(7.1, trimmed.Length.TotalSeconds, 0.001);
        Assert.NotEqual(bulletin.Hash, trimmed.Hash);
        Assert.InRange(trimmed.Loudness, -18, -14);
        var files = controller.Get<BulletinFiles>();
        Assert.Equal(trimmed.Hash, await BulletinFiles.HashOfAsync(files.MasterOf(trimmed), CancellationToken.None));
        Assert.Equal(
            new[] { files.MasterOf(trimmed), files.PreviewOf(trimmed) }.Order(),
            Directory.GetFiles(files.FolderOf(trimmed.Id)).Order());
        await using var db = await controller.OpenAsync();
        Assert.Equal("bulletin.trim", (await db.Audit.OrderBy(entry => entry.Id).LastAsync()).Action);
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming));
    }

    [Fact]
    public async Task Trimming_deletes_the_sound_it_replaces_and_no_other()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);
        // As of the author's next revision, which is committed before this one has deleted what it replaced.
        var next = Path.Combine(controller.Get<BulletinFiles>().FolderOf(bulletin.Id), "0123456789abcdef.master.wav");
        await File.WriteAllTextAsync(next, "sound");

        await TrimAsync(controller, bulletin.Id, 3.05, 5.05);

        Assert.True(File.Exists(next));
        Assert.False(File.Exists(controller.Get<BulletinFiles>().MasterOf(bulletin)));
    }

    [Fact]
    public async Task Trimmed_bulletin_is_trimmed_again_approved_and_then_frozen()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);
        await TrimAsync(controller, bulletin.Id, 3.05, 6.05);
        var trimmed = await TrimAsync(controller, bulletin.Id, 0, 4.05);

        Assert.Equal([2.05, 2, 1, 2.05], trimmed.Parts.Select(part => part.Length.TotalSeconds));
        Assert.True((await ApproveAsync(controller, bulletin.Id, trimmed.Hash, TestController.Officer)).IsApproved);
        Assert.Equal(
            BulletinRefusal.AlreadyApproved, await RefusalAsync(() => TrimAsync(controller, bulletin.Id, 2.05, 3.55)));
    }

    [Fact]
    public async Task Five_trims_change_neither_loudness_nor_sound_of_what_stays()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);
        var files = controller.Get<BulletinFiles>();
        var before = WordsOf(files.MasterOf(bulletin), bulletin);
        for (var trim = 1; trim <= 5; trim++)
        {
            // Off the end, so that the words begin where they did.
            var words = bulletin.Parts.Single(part => part.Kind == PartKind.Words);
            bulletin = await TrimAsync(
                controller, bulletin.Id, 0, (words.Start + words.Length).TotalSeconds - 0.2);
        }

        var after = WordsOf(files.MasterOf(bulletin), bulletin);
        Assert.InRange(before.Length - after.Length, (5 * 3_200) - 100, (5 * 3_200) + 100);
        Assert.Equal(before[..(after.Length - 500)], after[..^500]);
    }

    [Fact]
    public async Task Sound_that_was_trimmed_after_it_was_heard_is_not_approved()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);
        await TrimAsync(controller, bulletin.Id, 3.05, 6.05);

        Assert.Equal(
            BulletinRefusal.SoundChanged,
            await RefusalAsync(() => ApproveAsync(controller, bulletin.Id, bulletin.Hash, TestController.Officer)));
    }

    [Fact]
    public async Task Only_the_author_trims()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);
        await using var db = await controller.OpenAsync();
        db.Users.Add(new Person { Id = Chair.PersonId!, UserName = "chair", DisplayName = Chair.Name });
        db.Roles.AddRange(
            new RoleGrant { PersonId = Chair.PersonId!, Role = Role.Approver },
            new RoleGrant { PersonId = Chair.PersonId!, Role = Role.Editor });
        await db.SaveChangesAsync();

        Assert.Equal(BulletinRefusal.NotAuthor, await RefusalAsync(() => TrimAsync(controller, bulletin.Id, 3, 5, Chair)));
        Assert.Equal(BulletinRefusal.UnknownBulletin, await RefusalAsync(() => TrimAsync(controller, 99, 3, 5)));
    }

    [Theory]
    [InlineData(3, 3.9)]
    [InlineData(5, 3)]
    [InlineData(0, 2.5)]
    [InlineData(-10, -5)]
    [InlineData(500, 600)]
    public async Task Less_than_a_second_of_words_is_refused(double from, double to)
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);

        Assert.Equal(BulletinRefusal.StretchTooShort, await RefusalAsync(() => TrimAsync(controller, bulletin.Id, from, to)));

        await using var db = await controller.OpenAsync();
        Assert.Equal(bulletin.Hash, await db.Bulletins.Select(row => row.Hash).SingleAsync());
    }

    [Fact]
    public async Task Bulletin_from_before_there_were_parts_is_trimmed_as_a_whole()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await MadeAsync(controller);
        await using (var db = await controller.OpenAsync())
        {
            await db.Set<BulletinPart>().ExecuteDeleteAsync();
        }

        Assert.Equal(3, (await TrimAsync(controller, bulletin.Id, 1, 4)).Length.TotalSeconds, 0.001);
    }

    // The samples of 16 bits of the words in a master.
    private static short[] WordsOf(string master, Bulletin bulletin)
    {
        var words = bulletin.Parts.Single(part => part.Kind == PartKind.Words);
        var bytes = File.ReadAllBytes(master).AsSpan();
        var samples = MemoryMarshal.Cast<byte, short>(bytes[(bytes.IndexOf("data"u8) + 8)..]);
        return samples.Slice((int)(words.Start.TotalSeconds * 16_000), (int)(words.Length.TotalSeconds * 16_000)).ToArray();
    }

    private static Task<Bulletin> MadeAsync(TestController controller) => controller.Get<CreateBulletin>().FromTextAsync(
        new SpeechRequest("Tin", Recordings.Text, "north")
        {
            Frame = new BulletinFrame { Pause = TimeSpan.FromSeconds(1), Closing = Cue.TwoTone },
        },
        TestController.Officer, progress: null, CancellationToken.None);

    private static Task<Bulletin> TrimAsync(TestController controller, long id, double from, double to, Actor? actor = null) =>
        controller.Get<TrimBulletin>().HandleAsync(
            new TrimRequest(id, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to)), actor ?? TestController.Officer,
            progress: null, CancellationToken.None);

    private static Task<Bulletin> ApproveAsync(TestController controller, long id, string heard, Actor actor) =>
        controller.Get<ApproveBulletin>().HandleAsync(
            id, new ReviewedBulletin(heard), actor, progress: null, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
