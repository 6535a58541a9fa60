using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Tests.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>A bulletin's way: it waits, goes back to its author, is approved, replaced, withdrawn.</summary>
public sealed class BulletinStatesTests
{
    [Fact]
    public async Task Returned_bulletin_tells_why_until_it_is_mended()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());

        var returned = await ReturnAsync(controller, bulletin.Id, " Thiếu  giờ\nhọp ");

        Assert.Equal((BulletinState.Returned, "Thiếu giờ họp"), (returned.State, returned.Remark));
        var detail = await DetailAsync(controller, bulletin.Id);
        Assert.Equal("Cán bộ", detail.ReturnedBy);
        var request = new TrimRequest(bulletin.Id, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        var mended = await controller.Get<TrimBulletin>().HandleAsync(
            request, TestController.Officer, progress: null, CancellationToken.None);
        Assert.Equal((BulletinState.Waiting, null, null), (mended.State, mended.Remark, mended.ReturnedAt));
    }

    [Fact]
    public async Task Bulletin_that_was_returned_by_mistake_may_be_approved()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.UploadAsync(await Recordings.Mp3Async());
        await ReturnAsync(controller, bulletin.Id, "Nhầm");

        var approved = await ApproveAsync(controller, bulletin.Id);

        Assert.Equal((BulletinState.Approved, null), (approved.State, approved.Remark));
        Assert.Equal(BulletinRefusal.AlreadyApproved, await RefusalAsync(() => ReturnAsync(controller, bulletin.Id, "Muộn")));
    }

    [Theory]
    [InlineData("", BulletinRefusal.RemarkMissing)]
    [InlineData(" \u200b ", BulletinRefusal.RemarkMissing)]
    [InlineData(null, BulletinRefusal.RemarkMissing)]
    public async Task Remark_is_needed(string? remark, string refusal)
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1), approved: false);

        Assert.Equal(refusal, await RefusalAsync(() => ReturnAsync(controller, bulletin.Id, remark)));
        Assert.Equal(
            BulletinRefusal.RemarkTooLong,
            await RefusalAsync(() => ReturnAsync(controller, bulletin.Id, new string('a', ReturnBulletin.LongestRemark + 1))));
        Assert.Equal(BulletinState.Waiting, (await DetailAsync(controller, bulletin.Id)).Bulletin.State);
    }

    [Fact]
    public async Task Withdrawn_bulletin_leaves_the_plans_and_gets_no_new_broadcasts()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-21 17:00:00 Planned"], await controller.BroadcastsAsync());

        var withdrawn = await WithdrawAsync(controller, schedule.BulletinId);

        Assert.Equal(BulletinState.Withdrawn, withdrawn.State);
        Assert.Equal("Cán bộ", (await DetailAsync(controller, withdrawn.Id)).WithdrawnBy);
        Assert.Equal(
            ["11-20 17:00:00 Stopped", "11-21 17:00:00 Stopped"], await controller.BroadcastsAsync());
        controller.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(await controller.PlanAsync(schedule.Id));
        Assert.Equal(2, (await controller.BroadcastsAsync()).Count);
        Assert.Equal(
            BulletinRefusal.BulletinWithdrawn, await RefusalAsync(() => WithdrawAsync(controller, schedule.BulletinId)));
        Assert.Equal(
            BulletinRefusal.BulletinWithdrawn, await RefusalAsync(() => ApproveAsync(controller, schedule.BulletinId)));
        await using var db = await controller.OpenAsync();
        var area = await db.Areas.SingleAsync();
        Assert.Equal(BulletinRefusal.NotApproved, await RefusalAsync(() => AirAsync(controller, schedule.BulletinId, area)));
    }

    [Fact]
    public async Task What_sounds_already_is_not_withdrawn()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));
        var schedule = await controller.AddAsync(await controller.DailyAsync());
        controller.Time.Advance(TimeSpan.FromHours(9));

        await WithdrawAsync(controller, schedule.BulletinId);

        Assert.Equal(
            ["11-20 17:00:00 Planned", "11-21 17:00:00 Stopped"], await controller.BroadcastsAsync());
    }

    [Fact]
    public async Task Only_an_approved_bulletin_is_withdrawn()
    {
        await using var controller = await TestController.StartAsync();
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1), approved: false);

        Assert.Equal(BulletinRefusal.NotApproved, await RefusalAsync(() => WithdrawAsync(controller, bulletin.Id)));
    }

    [Fact]
    public async Task New_version_takes_the_place_of_the_old_one_once_it_is_approved()
    {
        await using var controller = await TestController.StartAsync();
        var old = await controller.SpeakAsync(Recordings.Text);
        await ApproveAsync(controller, old.Id);

        var next = await ReplaceAsync(controller, old.Id);

        Assert.Equal((2, old.Id), (next.Version, next.PreviousId));
        Assert.Equal([next.Id, old.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
        Assert.Equal(next.Id, (await DetailAsync(controller, old.Id)).NewerId);
        Assert.Equal(old.Id, (await DetailAsync(controller, next.Id)).OlderId);
        await ApproveAsync(controller, next.Id);
        Assert.Equal([next.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
        Assert.Equal([next.Id, old.Id], await ListAsync(controller, BulletinFilter.All));
        await WithdrawAsync(controller, next.Id);
        Assert.Equal([old.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
    }

    [Fact]
    public async Task Version_of_a_version_that_was_returned_takes_the_place_of_all()
    {
        await using var controller = await TestController.StartAsync();
        var first = await controller.SpeakAsync(Recordings.Text);
        await ApproveAsync(controller, first.Id);
        var second = await ReplaceAsync(controller, first.Id);
        await ReturnAsync(controller, second.Id, "Sửa lại");
        var third = await ReplaceAsync(controller, second.Id);
        Assert.Equal([third.Id, first.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));

        await ApproveAsync(controller, third.Id);

        Assert.Equal([third.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
        var other = await controller.SpeakAsync(Recordings.Text);
        Assert.Equal([other.Id, third.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
    }

    [Fact]
    public async Task Older_versions_stay_away_when_one_between_is_withdrawn()
    {
        await using var controller = await TestController.StartAsync();
        var first = await controller.SpeakAsync(Recordings.Text);
        var second = await ReplaceAsync(controller, first.Id);
        var third = await ReplaceAsync(controller, second.Id);
        var fourth = await ReplaceAsync(controller, third.Id);
        foreach (var bulletin in new[] { first, second, third, fourth })
        {
            await ApproveAsync(controller, bulletin.Id);
        }

        await WithdrawAsync(controller, third.Id);
        Assert.Equal([fourth.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));

        await controller.DeleteAsync(first.Id);
        Assert.Equal([fourth.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
        var fifth = await ReplaceAsync(controller, fourth.Id);
        await ApproveAsync(controller, fifth.Id);
        Assert.Equal([fifth.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
    }

    [Fact]
    public async Task Version_of_what_is_not_there_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        Assert.Equal(BulletinRefusal.UnknownBulletin, await RefusalAsync(() => ReplaceAsync(controller, 99)));
        Assert.Empty(await ListAsync(controller, BulletinFilter.All));
    }

    [Fact]
    public async Task Lists_hold_what_is_asked_for()
    {
        await using var controller = await TestController.StartAsync();
        var (approved, waiting) = (
            await controller.AddBulletinAsync(TimeSpan.FromSeconds(1)),
            await controller.AddBulletinAsync(TimeSpan.FromSeconds(1), approved: false));
        var returned = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1), approved: false);
        var withdrawn = await controller.AddBulletinAsync(TimeSpan.FromSeconds(1));
        await ReturnAsync(controller, returned.Id, "Sửa lại");
        await WithdrawAsync(controller, withdrawn.Id);

        async Task<IEnumerable<long>> OfAsync(BulletinState state) =>
            await ListAsync(controller, new BulletinFilter { State = state, IsCurrent = true });
        Assert.Equal([approved.Id], await OfAsync(BulletinState.Approved));
        Assert.Equal([waiting.Id], await OfAsync(BulletinState.Waiting));
        Assert.Equal([returned.Id], await OfAsync(BulletinState.Returned));
        Assert.Equal([withdrawn.Id], await OfAsync(BulletinState.Withdrawn));
        Assert.Equal(
            [returned.Id, waiting.Id, approved.Id], await ListAsync(controller, new BulletinFilter { IsCurrent = true }));
        Assert.Equal([returned.Id, waiting.Id], await ListAsync(controller, new BulletinFilter { IsOpen = true }));
        Assert.Equal([withdrawn.Id, returned.Id], (await ListAsync(controller, new BulletinFilter { Title = "BAN tin" })).Take(2));
        Assert.Empty(await ListAsync(controller, new BulletinFilter { Title = "họp" }));
    }

    private static Task<Bulletin> ReturnAsync(TestController controller, long id, string? remark) =>
        controller.Get<ReturnBulletin>().HandleAsync(id, remark, TestController.Officer, CancellationToken.None);

    private static Task<Bulletin> WithdrawAsync(TestController controller, long id) =>
        controller.Get<WithdrawBulletin>().HandleAsync(id, TestController.Officer, CancellationToken.None);

    private static Task<Bulletin> ApproveAsync(TestController controller, long id) =>
        controller.Get<ApproveBulletin>().HandleAsync(id, TestController.Officer, progress: null, CancellationToken.None);

    private static Task<Bulletin> ReplaceAsync(TestController controller, long id) =>
        controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest("Tiêm phòng", Recordings.Text, "north") { PreviousId = id },
            TestController.Officer, progress: null, CancellationToken.None);

    private static Task<Broadcast> AirAsync(TestController controller, long id, Area area) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(id, BroadcastClass.Normal, new Audience([area.Id], []), Start: null, Tolerance: null),
            TestController.Officer, CancellationToken.None);

    private static async Task<BulletinDetail> DetailAsync(TestController controller, long id) =>
        (await controller.Get<BulletinQuery>().GetAsync(id, AreaScope.Everywhere, CancellationToken.None))!;

    private static async Task<List<long>> ListAsync(TestController controller, BulletinFilter filter) =>
        [.. (await controller.Get<BulletinQuery>().ListAsync(AreaScope.Everywhere, filter, 10, CancellationToken.None)).Rows
            .Select(row => row.Id)];

    private static async Task<string> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(work)).Refusal;
}
