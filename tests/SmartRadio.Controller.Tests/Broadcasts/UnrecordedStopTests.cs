using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>Stops whose books cannot be written: the nodes are silent at once, and the books follow.</summary>
public sealed class UnrecordedStopTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_beside_a_held_database_is_recorded_when_it_is_free(bool all)
    {
        await using var controller = await TestController.StartAsync();
        var (area, node) = await PlaceAsync(controller);
        var aired = await AirAsync(controller, area);
        var pressed = controller.Time.GetUtcNow();
        await using var other = await HoldAsync(controller);

        var stopping = StopAsync(controller, all ? null : aired.Id, TestController.Officer);
        await controller.Bus.NextCommandAsync(node, CommandType.Stop);
        Assert.False(await AfterPatienceAsync(controller, stopping));
        await ExecuteAsync(other, "ROLLBACK");

        await using var db = await controller.OpenAsync();
        await Poll.UntilAsync(
            "it is recorded", () => db.Audit.AnyAsync(row => row.Action == (all ? "broadcast.stop-all" : "broadcast.stop")));
        var stopped = await db.Broadcasts.Include(broadcast => broadcast.Targets).SingleAsync();
        Assert.Equal((BroadcastState.Stopped, pressed), (stopped.State, stopped.StoppedAt));
        Assert.Equal((TargetState.Missed, pressed), (stopped.Targets.Single().State, stopped.Targets.Single().StoppedAt));
        await controller.Bus.NextCommandAsync(node, CommandType.Plan);
    }

    [Fact]
    public async Task Stop_that_is_not_allowed_is_refused_beside_a_held_database_too()
    {
        await using var controller = await TestController.StartAsync();
        var (area, _) = await PlaceAsync(controller);
        var aired = await AirAsync(controller, area);
        var nobody = await AddPersonAsync(controller);
        await using var other = await HoldAsync(controller);

        foreach (var broadcast in new long?[] { null, aired.Id })
        {
            // What waits for the database is not answered at all.
            var refused = await Assert.ThrowsAsync<RefusedException>(
                () => StopAsync(controller, broadcast, nobody).WaitAsync(Poll.Patience));
            Assert.Equal(Refusal.NotAllowed, refused.Refusal);
        }

        Assert.DoesNotContain(
            controller.Bus.TakePublished(), message => Envelope.Parse(message.Payload)!.Type == (byte)CommandType.Stop);
    }

    [Fact]
    public async Task What_was_aired_after_the_press_goes_on_when_it_is_recorded_later()
    {
        await using var controller = await TestController.StartAsync();
        var (area, node) = await PlaceAsync(controller);
        var before = await AirAsync(controller, area);
        var slow = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = controller.Get<StopRecorder>().RecordAsync(Press("slow"), _ => slow.Task);

        var stopping = StopAsync(controller, broadcast: null, TestController.Officer);
        await controller.Bus.NextCommandAsync(node, CommandType.Stop);
        Assert.False(await AfterPatienceAsync(controller, stopping));
        Assert.Null(await first);
        var after = await AirAsync(controller, area);
        slow.SetResult(0);

        await using var db = await controller.OpenAsync();
        await Poll.UntilAsync("it is recorded", () => db.Audit.AnyAsync(row => row.Action == "broadcast.stop-all"));
        var states = await db.Broadcasts.ToDictionaryAsync(row => row.Id, row => row.State);
        Assert.Equal((BroadcastState.Stopped, BroadcastState.Planned), (states[before.Id], states[after.Id]));
    }

    [Fact]
    public async Task Books_are_tried_again_until_database_and_disk_take_them()
    {
        await using var controller = await TestController.StartAsync();
        var tries = 0;
        var recording = controller.Get<StopRecorder>().RecordAsync(Press("stop"), _ => Interlocked.Increment(ref tries) switch
        {
            1 => throw new StorageBusyException(),
            2 => throw new RefusedException(Refusal.DiskFull),
            _ => Task.FromResult(7),
        });

        Assert.False(await AfterPatienceAsync(controller, NotNullAsync(recording)));
        await Poll.UntilAsync("it is written", () =>
        {
            controller.Time.Advance(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref tries) == 3;
        });
    }

    [Fact]
    public async Task Refusal_by_the_books_reaches_whoever_asked()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<StopRecorder>().RecordAsync(
            Press("stop"), _ => throw new RefusedException(BroadcastRefusal.AlreadyOver, 1L)));

        Assert.Equal(BroadcastRefusal.AlreadyOver, refused.Refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_that_the_end_of_the_program_cuts_short_is_recorded_next(bool all)
    {
        var controller = await TestController.StartAsync();
        var (area, node) = await PlaceAsync(controller);
        var aired = await AirAsync(controller, area);
        var pressed = controller.Time.GetUtcNow();
        // The books are busy with another.
        _ = controller.Get<StopRecorder>().RecordAsync(
            Press("slow"), async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, controller.Time, token);
                return 0;
            });
        var stopping = StopAsync(controller, all ? null : aired.Id, TestController.Officer);
        await controller.Bus.NextCommandAsync(node, CommandType.Stop);
        Assert.False(await AfterPatienceAsync(controller, stopping));

        await using var next = await controller.RestartAsync(TimeSpan.FromHours(1));
        await next.RunAsync<UnrecordedStops>();

        await using var db = await next.OpenAsync();
        await Poll.UntilAsync("it is recorded", () => db.Broadcasts.AnyAsync(row => row.State == BroadcastState.Stopped));
        Assert.Equal(pressed, (await db.Broadcasts.SingleAsync()).StoppedAt);
        Assert.Contains(db.Audit, row => row.ActorName.StartsWith(TestController.Officer.Name, StringComparison.Ordinal)
            && row.Action == (all ? "broadcast.stop-all" : "broadcast.stop"));
        var file = Path.Combine(next.Folder, DataFolder.StopsName);
        await Poll.UntilAsync("nothing is left", () => !File.Exists(file));
    }

    [Fact]
    public async Task The_same_press_again_and_again_is_written_once_with_the_last_instant()
    {
        await using var controller = await TestController.StartAsync();
        var recorder = controller.Get<StopRecorder>();
        var slow = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = recorder.RecordAsync(Press("slow"), _ =>
        {
            begun.TrySetResult();
            return slow.Task;
        });
        await begun.Task;
        var written = new List<int>();
        var actor = new Actor("officer", "Officer");

        // More than the line holds.
        var presses = Enumerable.Range(1, 1500).Select(i => recorder.RecordAsync(
            new StopPress(null, null, actor, DateTimeOffset.UnixEpoch.AddSeconds(i)), _ =>
            {
                written.Add(i);
                return Task.FromResult(i);
            })).ToList();
        slow.SetResult(0);

        Assert.All(await Task.WhenAll(presses), stopped => Assert.Equal(1500, stopped));
        Assert.Equal([1500], written);
        Assert.Equal(0, await first);
        Assert.Empty(controller.Get<StopJournal>().Pending);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_that_the_link_does_not_take_is_recorded_and_not_told_as_done(bool all)
    {
        await using var controller = await TestController.StartAsync();
        var (area, node) = await PlaceAsync(controller);
        var aired = await AirAsync(controller, area);
        controller.Bus.IsConnected = false;

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => StopAsync(controller, all ? null : aired.Id, TestController.Officer));

        Assert.Equal(BroadcastRefusal.StopNotSent, refused.Refusal);
        await using var db = await controller.OpenAsync();
        Assert.Equal(BroadcastState.Stopped, (await db.Broadcasts.SingleAsync()).State);
    }

    private static StopPress Press(string who) => new(null, null, new Actor(null, who), DateTimeOffset.UnixEpoch);

    private static async Task<bool> StopAsync(TestController controller, long? broadcast, Actor actor) => broadcast is { } one
        ? await controller.Get<StopBroadcast>().HandleAsync(one, actor, CancellationToken.None)
        : await controller.Get<StopEverything>().HandleAsync(area: null, actor, CancellationToken.None) is not null;

    /// <summary>Lets the time pass for which a person waits.</summary>
    private static async Task<bool> AfterPatienceAsync(TestController controller, Task<bool> stopping)
    {
        await Poll.UntilAsync("the stop is answered", () =>
        {
            controller.Time.Advance(TimeSpan.FromMilliseconds(100));
            return stopping.IsCompleted;
        });
        return await stopping;
    }

    private static async Task<bool> NotNullAsync(Task<int?> recording) => await recording is not null;

    private static async Task<(Area Area, EnrolledNode Node)> PlaceAsync(TestController controller)
    {
        var area = await controller.AddAreaAsync("1");
        await controller.RunAsync<Controller.Delivery.Plans.PlanSync>();
        return (area, await controller.AddNodeAsync(area));
    }

    private static async Task<Actor> AddPersonAsync(TestController controller)
    {
        var person = new Person { UserName = "none", DisplayName = "Không vai trò" };
        await using var db = await controller.OpenAsync();
        db.Users.Add(person);
        await db.SaveChangesAsync();
        return new Actor(person.Id, person.DisplayName);
    }

    /// <summary>A broadcast that is about to begin; the bus is empty then.</summary>
    private static async Task<Broadcast> AirAsync(TestController controller, Area area)
    {
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(5));
        var broadcast = await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin.Id, BroadcastClass.Normal, new Audience([area.Id], []), Start: null, Tolerance: null),
            TestController.Officer, CancellationToken.None);
        controller.Bus.TakePublished();
        return broadcast;
    }

    private static async Task<SqliteConnection> HoldAsync(TestController controller)
    {
        var other = new SqliteConnection($"Data Source={Path.Combine(controller.Folder, "smartradio.db")}");
        await other.OpenAsync();
        await ExecuteAsync(other, "BEGIN IMMEDIATE");
        return other;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
