using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Tests.Bulletins;
using SmartRadio.Controller.Tests.Groups;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>A bulletin is scheduled before it is approved: nothing is aired until then, and nothing late.</summary>
public sealed class WaitingSchedulesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Broadcasts_are_made_at_the_approval()
    {
        await using var controller = await StartAsync();
        var (schedule, bulletin) = await WaitingAsync(controller);

        Assert.Empty(await controller.BroadcastsAsync());
        var row = await RowAsync(controller, schedule);
        Assert.Equal((true, BulletinState.Waiting, schedule.From), (row.IsWaiting, row.State, DayOf(controller, row.Next)));
        Assert.Equal([schedule.Id], await WaitingIdsAsync(controller));
        Assert.Equal([false, false, false], await CalendarAsync(controller));
        Assert.Equal(
            BulletinRefusal.NotApproved,
            await GroupBench.RefusalAsync(() => controller.Get<MakeOccurrence>().HandleAsync(
                schedule.Id, row.Next!.Value, TestController.Officer, CancellationToken.None)));

        await controller.ApproveAsync(bulletin.Id);

        Assert.Equal(["11-20 17:00:00 Planned", "11-21 17:00:00 Planned"], await controller.BroadcastsAsync());
        Assert.False((await RowAsync(controller, schedule)).IsWaiting);
        Assert.Empty(await WaitingIdsAsync(controller));
        Assert.Equal([true, true, false], await CalendarAsync(controller));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Time_that_passes_unapproved_is_told_and_never_aired(bool returned)
    {
        await using var controller = await StartAsync();
        var (schedule, bulletin) = await WaitingAsync(controller);
        if (returned)
        {
            await ReturnAsync(controller, bulletin.Id);
        }

        controller.Time.Advance(TimeSpan.FromHours(9));
        await controller.PlanAsync(schedule.Id);

        Assert.Equal(["11-20 17:00:00 Missed"], await controller.BroadcastsAsync());
        Assert.Equal([true], await UnapprovedAsync(controller));
        // Its latest start is not over yet.
        controller.Time.Advance(TimeSpan.FromMinutes(1));
        await controller.ApproveAsync(bulletin.Id);
        Assert.Equal(
            ["11-20 17:00:00 Missed", "11-21 17:00:00 Planned", "11-22 17:00:00 Planned"], await controller.BroadcastsAsync());
        Assert.Equal([true, false, false], await UnapprovedAsync(controller));
    }

    [Fact]
    public async Task Repeats_after_the_approval_are_aired_and_those_before_are_not()
    {
        await using var controller = await StartAsync();
        var (_, bulletin) = await WaitingAsync(controller, daily => daily.When(rule => rule with
        {
            Recurrence = Recurrence.Once,
            Repeats = 3,
            Distance = TimeSpan.FromMinutes(5),
        }));

        controller.Time.Advance(TimeSpan.FromHours(9) + TimeSpan.FromMinutes(7));
        await controller.ApproveAsync(bulletin.Id);

        Assert.Equal(
            ["Missed", "Missed", "Planned"], (await controller.BroadcastsAsync()).Select(each => each.Split(' ')[^1]));
    }

    [Fact]
    public async Task Repeats_of_a_waiting_bulletin_are_told_one_by_one()
    {
        await using var controller = await StartAsync();
        var (schedule, _) = await WaitingAsync(controller, daily => daily.When(rule => rule with
        {
            Repeats = 2,
            Distance = TimeSpan.FromMinutes(5),
        }));

        controller.Time.Advance(TimeSpan.FromHours(9));
        await controller.PlanAsync(schedule.Id);
        Assert.Single(await controller.BroadcastsAsync());
        controller.Time.Advance(TimeSpan.FromMinutes(7));
        await controller.PlanAsync(schedule.Id);

        Assert.Equal(["Missed", "Missed"], (await controller.BroadcastsAsync()).Select(each => each.Split(' ')[^1]));
    }

    [Fact]
    public async Task New_version_of_a_returned_bulletin_takes_its_schedules_along()
    {
        await using var controller = await StartAsync();
        var (schedule, bulletin) = await WaitingAsync(controller);
        var daily = await RequestAsync(controller, schedule);
        await ReturnAsync(controller, bulletin.Id);
        Assert.Equal(
            ScheduleRefusal.BulletinReturned, await GroupBench.RefusalAsync(() => controller.AddAsync(daily)));
        Assert.Equal(BulletinState.Returned, (await RowAsync(controller, schedule)).State);

        var next = await ReplaceAsync(controller, bulletin.Id);

        var row = await RowAsync(controller, schedule);
        Assert.Equal((next.Id, BulletinState.Waiting), (row.Schedule.BulletinId, row.State));
        await controller.ApproveAsync(next.Id);
        await using var db = await controller.OpenAsync();
        Assert.Equal([next.Id, next.Id], await db.Broadcasts.Select(each => each.BulletinId).ToListAsync());
    }

    [Fact]
    public async Task Version_too_long_for_the_repeats_is_refused()
    {
        await using var controller = await StartAsync();
        var (_, bulletin) = await WaitingAsync(
            controller, daily => daily.When(rule => rule with { Repeats = 2, Distance = Minute }));

        Assert.Equal(
            ScheduleRefusal.DistanceTooShort,
            await GroupBench.RefusalAsync(() => ReplaceAsync(
                controller, bulletin.Id, string.Concat(Enumerable.Repeat(Recordings.Text + "\n", 40)))));
        await ReplaceAsync(controller, bulletin.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Version_of_what_was_approved_or_by_another_takes_none_along(bool approved)
    {
        await using var controller = await StartAsync();
        var (schedule, bulletin) = await WaitingAsync(controller);
        if (approved)
        {
            await controller.ApproveAsync(bulletin.Id);
        }
        else
        {
            await using var db = await controller.OpenAsync();
            db.Users.Add(new Person { Id = "other", UserName = "other", DisplayName = "Lan" });
            await db.SaveChangesAsync();
            await db.Bulletins.ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedById, "other"));
        }

        await ReplaceAsync(controller, bulletin.Id);

        Assert.Equal(bulletin.Id, (await RowAsync(controller, schedule)).Schedule.BulletinId);
        var daily = await RequestAsync(controller, schedule);
        if (!approved)
        {
            // Another one is to take its place.
            Assert.Equal(
                ScheduleRefusal.BulletinReturned, await GroupBench.RefusalAsync(() => controller.AddAsync(daily)));
        }
    }

    [Fact]
    public async Task Own_approval_does_not_do_where_it_is_scheduled_for_others()
    {
        await using var controller = await StartAsync();
        var home = await controller.AddAreaAsync("C");
        var (schedule, bulletin) = await WaitingAsync(controller);
        var author = new Actor("lan", "Lan");
        await using (var db = await controller.OpenAsync())
        {
            await db.Roles.Where(grant => grant.Role == Role.Approver).ExecuteDeleteAsync();
            db.Users.AddRange(
                new Person { Id = "lan", UserName = "lan", DisplayName = "Lan" },
                new Person { Id = "hoa", UserName = "hoa", DisplayName = "Hoa" });
            db.Roles.AddRange(
                new RoleGrant { PersonId = "lan", Role = Role.Approver, AreaId = home.Id },
                new RoleGrant { PersonId = "hoa", Role = Role.Approver, AreaId = schedule.Audience.Areas[0] });
            await db.SaveChangesAsync();
            await db.Bulletins.ExecuteUpdateAsync(set => set
                .SetProperty(row => row.CreatedById, "lan").SetProperty(row => row.AreaId, home.Id));
        }

        Task<Bulletin> ApproveAsync() => controller.Get<ApproveBulletin>().HandleAsync(
            bulletin.Id, author, progress: null, CancellationToken.None);
        Assert.Equal(BulletinRefusal.AuthorIsApprover, await GroupBench.RefusalAsync(ApproveAsync));
        Assert.Empty(await controller.BroadcastsAsync());

        await controller.Get<CancelSchedule>().HandleAsync(schedule.Id, TestController.Officer, CancellationToken.None);
        Assert.True((await ApproveAsync()).IsApproved);
    }

    private static Task<TestController> StartAsync() => TestController.StartAsync(now: null, ("PlanAhead", "2.00:00:00"));

    /// <summary>Every day at 17:00, with a bulletin that was spoken just now.</summary>
    private static async Task<(Schedule Schedule, Bulletin Bulletin)> WaitingAsync(
        TestController controller, Func<ScheduleRequest, ScheduleRequest>? change = null)
    {
        var daily = await controller.DailyAsync();
        var bulletin = await controller.SpeakAsync(Recordings.Text);
        daily = daily with { BulletinId = bulletin.Id };
        await controller.Get<PreviewSchedule>().HandleAsync(
            daily, replaces: null, TestController.Officer, CancellationToken.None);
        return (await controller.AddAsync(change is null ? daily : change(daily)), bulletin);
    }

    private static async Task<ScheduleRequest> RequestAsync(TestController controller, Schedule schedule)
    {
        await using var db = await controller.OpenAsync();
        var row = await db.Schedules.SingleAsync(each => each.Id == schedule.Id);
        return new(
            row.BulletinId, row.Class, row.Audience, new RecurrenceRule(row.Recurrence, row.From, row.Times), row.Tolerance);
    }

    private static Task<Bulletin> ReturnAsync(TestController controller, long id) =>
        controller.Get<ReturnBulletin>().HandleAsync(id, "Sai giờ", TestController.Officer, CancellationToken.None);

    private static Task<Bulletin> ReplaceAsync(TestController controller, long id, string text = Recordings.Text) =>
        controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest("Tiêm phòng", text, "north") { PreviousId = id },
            TestController.Officer, progress: null, CancellationToken.None);

    private static async Task<ScheduleRow> RowAsync(TestController controller, Schedule schedule) =>
        (await controller.Get<ScheduleQuery>().GetAsync(schedule.Id, AreaScope.Everywhere, CancellationToken.None))!;

    private static async Task<IEnumerable<long>> WaitingIdsAsync(TestController controller) =>
        (await controller.Get<ScheduleQuery>().WaitingAsync(AreaScope.Everywhere, CancellationToken.None))
            .Select(row => row.Schedule.Id);

    private static DateOnly? DayOf(TestController controller, DateTimeOffset? instant) =>
        instant is { } at ? DateOnly.FromDateTime(controller.Get<LocalTime>().Of(at)) : null;

    /// <summary>Of three days, whether each entry is a broadcast.</summary>
    private static async Task<IEnumerable<bool>> CalendarAsync(TestController controller)
    {
        var from = controller.Get<LocalTime>().InstantOf(ScheduleBench.Friday, TimeOnly.MinValue);
        return (await controller.Get<CalendarQuery>().ListAsync(
            AreaScope.Everywhere, from, from.AddDays(3), CancellationToken.None)).Select(entry => entry.Broadcast is not null);
    }

    private static async Task<IEnumerable<bool>> UnapprovedAsync(TestController controller) =>
        (await controller.Get<BroadcastQuery>().ListAsync(
            AreaScope.Everywhere, new BroadcastFilter { IsAscending = true }, 10, CancellationToken.None))
        .Select(row => row.IsUnapproved);
}
