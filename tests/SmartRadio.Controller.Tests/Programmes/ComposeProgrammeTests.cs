using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Programmes;
using SmartRadio.Controller.Tests.Bulletins;

namespace SmartRadio.Controller.Tests.Programmes;

/// <summary>Approved bulletins are joined to one that is heard, approved and aired like any other.</summary>
public sealed class ComposeProgrammeTests
{
    [Fact]
    public async Task Words_of_the_bulletins_follow_each_other_within_one_frame()
    {
        await using var controller = await TestController.StartAsync();
        var (first, second) = (await ApprovedAsync(controller), await ApprovedAsync(controller));

        var programme = await ComposeAsync(
            controller, [new(second.Id, TimeSpan.FromSeconds(2)), new(first.Id, TimeSpan.FromSeconds(5))]);

        Assert.Equal((BulletinOrigin.Programme, false), (programme.Origin, programme.IsApproved));
        Assert.Equal(
            [PartKind.Opening, PartKind.Bulletin, PartKind.Pause, PartKind.Bulletin], programme.Parts.Select(part => part.Kind));
        Assert.Equal([null, second.Id, null, first.Id], programme.Parts.Select(part => part.SourceId));
        var lengths = programme.Parts.Select(part => part.Length.TotalSeconds).ToList();
        Assert.Equal((2.05, 2), (lengths[0], lengths[2]));
        Assert.Equal(second.Length.TotalSeconds - 2.05, lengths[1], 0.002);
        Assert.Equal(first.Length.TotalSeconds - 2.05, lengths[3], 0.002);
        await using var db = await controller.OpenAsync();
        var entry = await db.Audit.OrderBy(row => row.Id).LastAsync();
        Assert.Equal(("programme.compose", $"bulletin {programme.Id}"), (entry.Action, entry.Subject));
    }

    [Fact]
    public async Task Bulletins_may_keep_their_own_openings()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await ApprovedAsync(controller);

        var programme = await ComposeAsync(controller, [new(bulletin.Id, default), new(bulletin.Id, default)], keepsFrames: true);

        Assert.Equal(2.05 + (2 * bulletin.Length.TotalSeconds), programme.Length.TotalSeconds, 0.01);
    }

    [Fact]
    public async Task Programme_is_approved_by_another_person_and_may_stand_in_a_programme()
    {
        await using var controller = await TestController.StartAsync();
        var programme = await ComposeAsync(controller, [new((await ApprovedAsync(controller)).Id, default)]);
        var chair = new Actor("chair", "Chủ tịch");
        await using (var db = await controller.OpenAsync())
        {
            db.Users.Add(new Person { Id = "chair", UserName = "chair", DisplayName = chair.Name });
            db.Roles.Add(new RoleGrant { PersonId = "chair", Role = Role.Approver });
            await db.SaveChangesAsync();
        }

        Assert.Equal(
            BulletinRefusal.AuthorIsApprover,
            await RefusalAsync(() => ApproveAsync(controller, programme.Id, TestController.Officer)));
        Assert.True((await ApproveAsync(controller, programme.Id, chair)).IsApproved);
        Assert.True((await ComposeAsync(controller, [new(programme.Id, default)])).Length > programme.Length);
    }

    [Fact]
    public async Task Bulletin_that_is_not_approved_or_not_known_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var draft = await controller.UploadAsync(await Recordings.Mp3Async());

        Assert.Equal(BulletinRefusal.NotApproved, await RefusalAsync(() => ComposeAsync(controller, [new(draft.Id, default)])));
        await ApproveAsync(controller, draft.Id, TestController.Officer);
        await controller.WithdrawAsync(draft.Id);
        Assert.Equal(BulletinRefusal.NotApproved, await RefusalAsync(() => ComposeAsync(controller, [new(draft.Id, default)])));
        Assert.Equal(BulletinRefusal.UnknownBulletin, await RefusalAsync(() => ComposeAsync(controller, [new(99, default)])));
    }

    [Fact]
    public async Task Bulletin_whose_sound_was_changed_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await ApprovedAsync(controller);
        await File.AppendAllTextAsync(controller.Get<BulletinFiles>().MasterOf(bulletin), "x");

        Assert.Equal(
            BulletinRefusal.SoundChanged, await RefusalAsync(() => ComposeAsync(controller, [new(bulletin.Id, default)])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bulletin_that_goes_while_it_is_joined_is_refused(bool deleted)
    {
        await using var controller = await TestController.StartAsync();
        var (first, second) = (await ApprovedAsync(controller), await ApprovedAsync(controller));
        var going = new Meanwhile(
            1, () => deleted ? controller.DeleteAsync(second.Id) : controller.WithdrawAsync(second.Id));
        var request = new ProgrammeRequest("Sáng", [new(first.Id, default), new(second.Id, default), new(first.Id, default)]);

        Assert.Equal(BulletinRefusal.PartChanged, await RefusalAsync(() => controller.Get<ComposeProgramme>().HandleAsync(
            request, TestController.Officer, going, CancellationToken.None)));
    }

    [Fact]
    public async Task None_too_many_and_gaps_that_cannot_be_are_refused()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await ApprovedAsync(controller);

        Assert.Equal(ProgrammeRefusal.NoBulletins, await RefusalAsync(() => ComposeAsync(controller, [])));
        Assert.Equal(
            ProgrammeRefusal.TooManyProgrammeBulletins,
            await RefusalAsync(() => ComposeAsync(
                controller, [.. Enumerable.Repeat(new ProgrammeMember(bulletin.Id, default), 31)])));
        foreach (var seconds in new[] { -1, 61 })
        {
            Assert.Equal(
                Refusal.Malformed,
                await RefusalAsync(() => ComposeAsync(controller, [new(bulletin.Id, TimeSpan.FromSeconds(seconds))])));
        }
    }

    [Fact]
    public async Task Trimming_a_programme_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var programme = await ComposeAsync(controller, [new((await ApprovedAsync(controller)).Id, default)]);

        Assert.Equal(BulletinRefusal.NotTrimmable, await RefusalAsync(() => controller.Get<TrimBulletin>().HandleAsync(
            new TrimRequest(programme.Id, TimeSpan.Zero, programme.Length), TestController.Officer, progress: null,
            CancellationToken.None)));
    }

    [Fact]
    public async Task Kept_siren_takes_the_right_to_alert()
    {
        await using var controller = await TestController.StartAsync();
        var request = new UploadRequest("Diễn tập", await Recordings.Mp3Async())
        {
            Frame = new BulletinFrame { Opening = Cue.Siren },
        };
        var drill = await controller.Get<CreateBulletin>().FromUploadAsync(
            request, TestController.Officer, progress: null, CancellationToken.None);
        await ApproveAsync(controller, drill.Id, TestController.Officer);
        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(role => role.Role == Role.AlertOfficer).ExecuteDeleteAsync();
        }

        Assert.Equal(
            BulletinRefusal.SirenNeedsAlert,
            await RefusalAsync(() => ComposeAsync(controller, [new(drill.Id, default)], keepsFrames: true)));
        Assert.False((await ComposeAsync(controller, [new(drill.Id, default)])).IsApproved);
    }

    [Fact]
    public async Task Siren_within_a_programme_takes_the_right_to_alert()
    {
        await using var controller = await TestController.StartAsync();
        var drill = await controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest("Diễn tập", await Recordings.Mp3Async()) { Frame = new BulletinFrame { Closing = Cue.Siren } },
            TestController.Officer, progress: null, CancellationToken.None);
        await ApproveAsync(controller, drill.Id, TestController.Officer);
        var loud = await ComposeAsync(controller, [new(drill.Id, default)], keepsFrames: true);
        var quiet = await ComposeAsync(controller, [new(drill.Id, default)]);
        var deep = await ComposeAsync(
            controller, [new((await ApproveAsync(controller, loud.Id, TestController.Officer)).Id, default)]);
        await ApproveAsync(controller, deep.Id, TestController.Officer);
        await ApproveAsync(controller, quiet.Id, TestController.Officer);
        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(role => role.Role == Role.AlertOfficer).ExecuteDeleteAsync();
        }

        foreach (var (member, keeps) in new[] { (loud, false), (loud, true), (deep, false), (deep, true) })
        {
            Assert.Equal(
                BulletinRefusal.SirenNeedsAlert,
                await RefusalAsync(() => ComposeAsync(controller, [new(member.Id, default)], keeps)));
        }

        Assert.False((await ComposeAsync(controller, [new(quiet.Id, default)], keepsFrames: true)).HoldsSiren);
    }

    private static async Task<Bulletin> ApprovedAsync(TestController controller)
    {
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        return await ApproveAsync(controller, bulletin.Id, TestController.Officer);
    }

    private static Task<Bulletin> ApproveAsync(TestController controller, long id, Actor actor) =>
        controller.Get<ApproveBulletin>().HandleAsync(id, actor, progress: null, CancellationToken.None);

    private static Task<Bulletin> ComposeAsync(
        TestController controller, IReadOnlyList<ProgrammeMember> members, bool keepsFrames = false) =>
        controller.Get<ComposeProgramme>().HandleAsync(
            new ProgrammeRequest("Chương trình sáng", members) { KeepsFrames = keepsFrames }, TestController.Officer,
            progress: null, CancellationToken.None);

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
