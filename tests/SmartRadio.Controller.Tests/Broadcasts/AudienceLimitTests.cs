using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>Lists of thousands of areas and nodes in one request.</summary>
public sealed class AudienceLimitTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task List_beyond_the_most_ids_is_refused()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Ids", "3"));
        var area = await controller.AddAreaAsync("1");
        var audience = new Audience([area.Id, area.Id], ["a", "b"]);

        var aired = await RefusedAsync(() => AirAsync(controller, audience));
        var planned = await RefusedAsync(() => PlanAsync(controller, audience));

        Assert.Equal((Refusal.TooManyIds, 3), (aired.Refusal, aired.Values[0]));
        Assert.Equal(Refusal.TooManyIds, planned.Refusal);
    }

    [Fact]
    public async Task Schedule_beyond_the_most_is_refused()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Schedules", "1"));
        var area = await controller.AddAreaAsync("1");
        await controller.AddNodeAsync(area);
        await PlanAsync(controller, new Audience([area.Id], []));

        var refused = await RefusedAsync(() => PlanAsync(controller, new Audience([area.Id], [])));

        Assert.Equal((ScheduleRefusal.TooManySchedules, 1), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task Audience_that_is_refused_does_not_wait_for_the_right_to_write()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var bulletin = await controller.AddBulletinAsync(Length);
        await using var other = await HoldAsync(controller);

        var node = await RefusedAsync(() => AirAsync(controller, new Audience([area.Id], ["khong-co"]), bulletin.Id));
        var unknown = await RefusedAsync(() => AirAsync(controller, new Audience([99], []), bulletin.Id));

        Assert.Equal((NodeRefusal.UnknownNode, AreaRefusal.UnknownArea), (node.Refusal, unknown.Refusal));
    }

    [Fact]
    public async Task List_of_ids_is_one_parameter_of_a_query()
    {
        await using var controller = await TestController.StartAsync();
        await using var db = await controller.OpenAsync();
        List<string> ids = ["a", "b", "c"];

        await using var command = db.Nodes.Where(node => ids.Contains(node.Id)).CreateDbCommand();

        Assert.Single(command.Parameters);
    }

    private static async Task<SqliteConnection> HoldAsync(TestController controller)
    {
        var other = new SqliteConnection($"Data Source={Path.Combine(controller.Folder, "smartradio.db")}");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return other;
    }

    private static async Task AirAsync(TestController controller, Audience audience, long? bulletin = null) =>
        await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(
                bulletin ?? (await controller.AddBulletinAsync(Length)).Id, BroadcastClass.Normal, audience, Start: null,
                Tolerance: null),
            TestController.Officer, CancellationToken.None);

    private static async Task PlanAsync(TestController controller, Audience audience) =>
        await controller.Get<AddSchedule>().HandleAsync(
            new ScheduleRequest(
                (await controller.AddBulletinAsync(Length)).Id, BroadcastClass.Normal, audience,
                new RecurrenceRule(Recurrence.Daily, new DateOnly(2026, 11, 21), [new TimeOnly(9, 0)]), Tolerance: null),
            TestController.Officer, CancellationToken.None);

    private static Task<RefusedException> RefusedAsync(Func<Task> work) => Assert.ThrowsAsync<RefusedException>(work);
}
