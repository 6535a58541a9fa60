using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Storage;

/// <summary>Who waits for the disk, and for which of its flushes: a slow one ends when the test says so.</summary>
public sealed class SharedFlushTests
{
    [Fact]
    public async Task All_who_come_during_one_flush_share_the_next()
    {
        await using var controller = await TestController.StartAsync();
        var disk = new SlowDisk();
        var log = LogOn(controller, disk);
        var first = log.FlushAsync();
        await disk.BegunAsync(1);

        var waiters = Enumerable.Range(0, 20).Select(_ => log.FlushAsync()).ToList();

        Assert.All(waiters, waiter => Assert.Same(waiters[0], waiter));
        disk.End(1);
        await first.WaitAsync(Poll.Patience);
        await disk.BegunAsync(2);
        // Their commits were there before it began; that of whoever comes now perhaps was not.
        var late = log.FlushAsync();
        Assert.NotSame(waiters[0], late);
        Assert.False(waiters[0].IsCompleted);
        disk.End(2);
        await waiters[0].WaitAsync(Poll.Patience);
        await disk.BegunAsync(3);
        Assert.False(late.IsCompleted);
        disk.End(3);
        await late.WaitAsync(Poll.Patience);
        Assert.Equal(3, disk.Begun);
    }

    [Fact]
    public async Task Urgent_flush_begins_at_once_and_alone()
    {
        await using var controller = await TestController.StartAsync();
        var disk = new SlowDisk();
        var log = LogOn(controller, disk);
        var first = log.FlushAsync();
        await disk.BegunAsync(1);
        var waiter = log.FlushAsync();

        var urgent = log.FlushAsync(isUrgent: true);

        await disk.BegunAsync(2);
        disk.End(2);
        await urgent.WaitAsync(Poll.Patience);
        Assert.False(first.IsCompleted || waiter.IsCompleted);
        disk.End(1);
        await disk.BegunAsync(3);
        disk.End(3);
        await waiter.WaitAsync(Poll.Patience);
    }

    [Theory]
    [InlineData(Right.Stop)]
    [InlineData(Right.Alert)]
    public async Task Stop_and_alert_are_done_while_flushes_of_others_wait(Right right)
    {
        await using var controller = await TestController.StartAsync();
        var disk = new SlowDisk();
        var door = Door(controller, LogOn(controller, disk));
        var first = ApplyAsync(door, Right.Administer);
        await disk.BegunAsync(1);
        var second = ApplyAsync(door, Right.Approve);
        await Poll.UntilAsync("the second change is committed", async () => await EntriesAsync(controller) == 2);

        var urgent = ApplyAsync(door, right);

        await disk.BegunAsync(2);
        disk.End(2);
        await urgent.WaitAsync(Poll.Patience);
        Assert.False(first.IsCompleted || second.IsCompleted);
        disk.End(1);
        await first.WaitAsync(Poll.Patience);
        await disk.BegunAsync(3);
        Assert.False(second.IsCompleted);
        disk.End(3);
        await second.WaitAsync(Poll.Patience);
    }

    private static WriteAheadLog LogOn(TestController controller, SlowDisk disk) =>
        new(controller.Get<DataFolder>()) { ToDisk = disk.Flush };

    private static AuditedChanges Door(TestController controller, WriteAheadLog log) => new(
        controller.Get<WaitingChanges>(), controller.Get<WriteTurns>(), log, controller.Get<IRights>(), controller.Get<Events>(),
        controller.Time, NullLogger<AuditedChanges>.Instance);

    private static Task<int> ApplyAsync(AuditedChanges door, Right right) => door.ApplyAsync(
        Actor.Program, right, "test.do",
        (change, _) =>
        {
            change.Everywhere();
            return Task.FromResult(change.Report(1, "test 1", new { }));
        },
        CancellationToken.None);

    private static async Task<int> EntriesAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return await db.Audit.CountAsync();
    }

    /// <summary>Each flush lasts until the test ends it.</summary>
    private sealed class SlowDisk
    {
        private readonly TaskCompletionSource[] _begun = [.. Enumerable.Range(0, 5).Select(_ => New())];
        private readonly TaskCompletionSource[] _ended = [.. Enumerable.Range(0, 5).Select(_ => New())];
        private int _count;

        public int Begun => Volatile.Read(ref _count);

        public void Flush(string path)
        {
            Assert.EndsWith("-wal", path, StringComparison.Ordinal);
            var number = Interlocked.Increment(ref _count) - 1;
            _begun[number].SetResult();
            _ended[number].Task.Wait();
        }

        /// <summary>Waits until the flush of this number, from 1, is under way.</summary>
        public Task BegunAsync(int number) => _begun[number - 1].Task.WaitAsync(Poll.Patience);

        public void End(int number) => _ended[number - 1].SetResult();

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
