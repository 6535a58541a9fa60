using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Changes;

/// <summary>The one door: what is written with a change, and who hears of it when.</summary>
public sealed class AuditedChangesTests
{
    [Fact]
    public async Task Durable_listener_writes_its_row_with_the_change()
    {
        await using var controller = await TestController.StartAsync();
        int? seen = null;
        var door = Door(
            controller,
            part: (change, _) =>
            {
                change.Db.AppliedRequests.Add(Row("of the listener"));
                return Task.CompletedTask;
            },
            reaction: async () => seen = await RowsAsync(controller));

        await ApplyAsync(door);

        Assert.Equal((2, 1, 2), (await RowsAsync(controller), await EntriesAsync(controller), seen));
    }

    [Fact]
    public async Task Durable_listener_that_fails_undoes_the_change()
    {
        await using var controller = await TestController.StartAsync();
        var isTold = false;
        var door = Door(
            controller,
            part: async (change, cancellationToken) =>
            {
                change.Db.AppliedRequests.Add(Row("of the listener"));
                await change.Db.SaveChangesAsync(cancellationToken);
                throw new InvalidOperationException("The listener cannot.");
            },
            reaction: () =>
            {
                isTold = true;
                return Task.CompletedTask;
            });

        await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(door));

        Assert.Equal((0, 0, false), (await RowsAsync(controller), await EntriesAsync(controller), isTold));
    }

    [Fact]
    public async Task Reaction_that_fails_undoes_nothing()
    {
        await using var controller = await TestController.StartAsync();
        var door = Door(
            controller, part: (_, _) => Task.CompletedTask, reaction: () => throw new InvalidOperationException("It cannot."));

        await ApplyAsync(door);

        Assert.Equal((1, 1), (await RowsAsync(controller), await EntriesAsync(controller)));
    }

    [Fact]
    public async Task Change_that_names_no_area_is_not_made()
    {
        await using var controller = await TestController.StartAsync();
        var door = Door(controller, part: (_, _) => Task.CompletedTask, reaction: () => Task.CompletedTask);

        await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(door, _ => { }));

        Assert.Equal((0, 0), (await RowsAsync(controller), await EntriesAsync(controller)));
    }

    [Fact]
    public async Task Change_stands_and_is_told_where_the_disk_takes_no_flush()
    {
        await using var controller = await TestController.StartAsync();
        var broken = new DataFolder(
            Options.Create(new RadioOptions { Data = Path.Combine(controller.Get<DataFolder>().Root, "broken") }));
        // A program that runs cannot be opened for writing, not even by root.
        File.CreateSymbolicLink(broken.Database + "-wal", Environment.ProcessPath!);
        var log = new WriteAheadLog(broken);
        await Assert.ThrowsAsync<IOException>(() => log.FlushAsync());
        var isTold = false;
        var door = Door(
            controller, part: (_, _) => Task.CompletedTask,
            reaction: () =>
            {
                isTold = true;
                return Task.CompletedTask;
            },
            log);

        await ApplyAsync(door);

        Assert.Equal((1, 1, true), (await RowsAsync(controller), await EntriesAsync(controller), isTold));
    }

    private static AuditedChanges Door(
        TestController controller, Func<Change, CancellationToken, Task> part, Func<Task> reaction, WriteAheadLog? log = null)
    {
        var events = new Events(
            controller.Get<IServiceProvider>(),
            [new Reaction(typeof(Happening), (_, _, _) => reaction())],
            [new Part(typeof(Happening), (_, change, _, cancellationToken) => part(change, cancellationToken))],
            controller.Get<ChangeFeed>(),
            NullLogger<Events>.Instance);
        return new AuditedChanges(
            controller.Get<WaitingChanges>(), controller.Get<WriteTurns>(), log ?? controller.Get<WriteAheadLog>(),
            controller.Get<IRights>(), events, controller.Time, NullLogger<AuditedChanges>.Instance);
    }

    private static Task<int> ApplyAsync(AuditedChanges door, Action<Change>? check = null) =>
        door.ApplyAsync(
            TestController.Officer, Right.Administer, "test.do",
            (change, _) =>
            {
                (check ?? (each => each.Everywhere()))(change);
                change.Db.AppliedRequests.Add(Row("of the change"));
                change.Happens(new Happening());
                return Task.FromResult(change.Report(1, "test 1", new { }));
            },
            CancellationToken.None);

    private static AppliedRequest Row(string key) =>
        new() { PersonId = TestController.Officer.PersonId!, Key = key, Action = "test.do", Subject = "test 1" };

    private static async Task<int> RowsAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return await db.AppliedRequests.CountAsync();
    }

    private static async Task<int> EntriesAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return await db.Audit.CountAsync();
    }

    private sealed record Happening : IEvent
    {
        public IEnumerable<Subject> About => [];
    }
}
