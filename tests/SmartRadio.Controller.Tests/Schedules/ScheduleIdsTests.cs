using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Schedules;

/// <summary>How many areas and nodes the schedules name: all of them are read again and again.</summary>
public sealed class ScheduleIdsTests
{
    [Fact]
    public async Task Audience_is_stored_without_repeats()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "12:00:00"));
        var daily = await controller.DailyAsync();
        await using var db = await controller.OpenAsync();
        var (area, node) = (daily.Audience.Areas[0], await db.Nodes.Select(row => row.Id).SingleAsync());
        var often = new Audience([area, area, area], [node, node]);

        await controller.AddAsync(daily with { Audience = often });
        await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(daily.BulletinId, BroadcastClass.Normal, often, Start: null, Tolerance: null),
            TestController.Officer, CancellationToken.None);

        var stored = (await db.Broadcasts.Select(row => row.Audience).ToListAsync())
            .Append(await db.Schedules.Select(row => row.Audience).SingleAsync()).ToList();
        Assert.Equal(3, stored.Count);
        Assert.All(stored, audience =>
        {
            Assert.Equal([area], audience.Areas);
            Assert.Equal([node], audience.Nodes);
        });
    }

    [Theory]
    [InlineData("PersonScheduleIds", "TooManyOwnScheduleIds")]
    [InlineData("ScheduleIds", "TooManyScheduleIds")]
    public async Task Open_schedules_name_no_more_than_the_most(string limit, string refusal)
    {
        await using var controller = await TestController.StartAsync(settings: ($"Limits:{limit}", "3"));
        var daily = await controller.DailyAsync() with { AllowsDouble = true };
        var two = daily with { Audience = new Audience([daily.Audience.Areas[0], (await controller.AddAreaAsync("2")).Id], []) };
        var first = await controller.AddAsync(two);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.AddAsync(two));

        Assert.Equal((refusal, 3), (refused.Refusal, refused.Values[0]));
        await controller.Get<CancelSchedule>().HandleAsync(first.Id, TestController.Officer, CancellationToken.None);
        await controller.AddAsync(two);
        await controller.AddAsync(daily);
    }

    [Theory]
    [InlineData("PersonScheduleIds", "TooManyOwnScheduleIds")]
    [InlineData("PersonSchedules", "TooManyOwnSchedules")]
    public async Task Bound_of_a_person_leaves_the_others_alone(string limit, string refusal)
    {
        await using var controller = await TestController.StartAsync(settings: ($"Limits:{limit}", "1"));
        var daily = await controller.DailyAsync() with { AllowsDouble = true };
        var first = await controller.AddAsync(daily);
        await using (var db = await controller.OpenAsync())
        {
            db.Users.Add(new Person { Id = "lan", UserName = "lan", DisplayName = "Lan" });
            db.Roles.Add(new RoleGrant { PersonId = "lan", Role = Role.Editor });
            await db.SaveChangesAsync();
        }

        await controller.Get<AddSchedule>().HandleAsync(daily, new Actor("lan", "Lan"), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.AddAsync(daily));
        Assert.Equal((refusal, 1), (refused.Refusal, refused.Values[0]));
        await controller.Get<CancelSchedule>().HandleAsync(first.Id, TestController.Officer, CancellationToken.None);
        await controller.AddAsync(daily);
    }

    [Fact]
    public async Task Schedule_that_cannot_be_read_holds_up_no_other()
    {
        await using var controller = await TestController.StartAsync(now: null, ("PlanAhead", "10:00:00"));
        var daily = await controller.DailyAsync() with { AllowsDouble = true };
        var (broken, whole) = (await controller.AddAsync(daily), await controller.AddAsync(daily));
        await using var db = await controller.OpenAsync();
        await db.Database.ExecuteSqlAsync($"update Schedules set Audience = '[' where Id = {broken.Id}");

        await using var later = await controller.RestartAsync(TimeSpan.FromDays(1));
        await later.Get<SchedulePlanner>().PlanAllAsync(CancellationToken.None);

        await using var after = await later.OpenAsync();
        Assert.Equal(2, await after.Broadcasts.CountAsync(row => row.ScheduleId == whole.Id));
    }
}
