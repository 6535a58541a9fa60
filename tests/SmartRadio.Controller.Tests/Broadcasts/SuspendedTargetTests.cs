using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>What a higher class cut and a node goes on with afterwards is still playing.</summary>
public sealed class SuspendedTargetTests
{
    [Fact]
    public async Task Suspended_broadcast_is_open_and_can_be_stopped()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller, BroadcastClass.Priority);

        await ReportAsync(controller, node, broadcast, (1, ReceiptStep.Started, ReceiptReason.None, 0),
            (2, ReceiptStep.Interrupted, ReceiptReason.Preempted, 8000));
        await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None);

        Assert.Equal((BroadcastState.Planned, TargetState.Playing, 8000L), await StateAsync(controller));
        Assert.True(await controller.Get<StopBroadcast>()
            .HandleAsync(broadcast.Id, TestController.Officer, CancellationToken.None));
        var stop = StopCommand.Read((await controller.Bus.NextCommandAsync(node, CommandType.Stop)).Body);
        Assert.Equal(broadcast.Id, stop!.Broadcast);
    }

    [Fact]
    public async Task Resumed_broadcast_is_heard_to_its_end()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller, BroadcastClass.Priority);

        await ReportAsync(controller, node, broadcast, (1, ReceiptStep.Started, ReceiptReason.None, 0),
            (2, ReceiptStep.Interrupted, ReceiptReason.Preempted, 8000), (3, ReceiptStep.Started, ReceiptReason.None, 8000));
        Assert.Equal((BroadcastState.Planned, TargetState.Playing, 8000L), await StateAsync(controller));
        await using (var db = await controller.OpenAsync())
        {
            Assert.Equal(ReceiptReason.None, (await db.Targets.SingleAsync()).Reason);
        }

        await ReportAsync(controller, node, broadcast, (4, ReceiptStep.Finished, ReceiptReason.None, 16000));
        await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None);
        Assert.Equal((BroadcastState.Finished, TargetState.Played, 16000L), await StateAsync(controller));
    }

    /// <summary>A line that was down while a broadcast was cut, and for so long after it that it counts as over.</summary>
    [Fact]
    public void Cut_that_is_told_after_the_end_is_the_end()
    {
        var target = new Target { NodeId = "0000000000000001", State = TargetState.Unknown };

        target.Apply(Cut(instant: 2000, samples: 100), resumes: true);
        Assert.Equal((TargetState.Interrupted, ReceiptReason.Preempted, 100), (target.State, target.Reason, target.Samples));
        target.Apply(Cut(instant: 9000, samples: 300), resumes: true);
        target.Apply(Cut(instant: 5000, samples: 200), resumes: true);
        Assert.Equal((TargetState.Interrupted, 300), (target.State, target.Samples));

        target.Apply(new Receipt { Step = ReceiptStep.Finished, Instant = 12_000, Samples = 400 }, resumes: true);
        target.Apply(Cut(instant: 13_000, samples: 500), resumes: true);
        Assert.Equal((TargetState.Played, ReceiptReason.None, 400), (target.State, target.Reason, target.Samples));

        static Receipt Cut(long instant, int samples) => new()
        {
            Step = ReceiptStep.Interrupted,
            Reason = ReceiptReason.Preempted,
            Instant = instant,
            Samples = samples,
        };
    }

    [Fact]
    public void Start_that_is_told_behind_the_cut_is_no_resumption()
    {
        var target = new Target { NodeId = "0000000000000001" };
        target.Apply(
            new Receipt { Step = ReceiptStep.Interrupted, Reason = ReceiptReason.Preempted, Instant = 5000, Samples = 8000 },
            resumes: true);

        target.Apply(new Receipt { Step = ReceiptStep.Started, Instant = 4000 }, resumes: true);

        Assert.True(target.IsSuspended);
        Assert.Equal(4000, target.StartedAt?.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Broadcast_that_never_went_on_was_heard_in_part()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller, BroadcastClass.Priority);

        await ReportAsync(controller, node, broadcast, (1, ReceiptStep.Started, ReceiptReason.None, 0),
            (2, ReceiptStep.Interrupted, ReceiptReason.Preempted, 8000), (3, ReceiptStep.Missed, ReceiptReason.Busy, 8000));

        Assert.Equal((BroadcastState.Planned, TargetState.Interrupted, 8000L), await StateAsync(controller));
    }

    [Fact]
    public async Task Broadcast_whose_node_fell_silent_after_the_cut_was_heard_in_part()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller, BroadcastClass.Priority);
        await ReportAsync(controller, node, broadcast, (1, ReceiptStep.Started, ReceiptReason.None, 0),
            (2, ReceiptStep.Interrupted, ReceiptReason.Preempted, 8000));

        controller.Time.Advance(TimeSpan.FromHours(2));
        await controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None);

        Assert.Equal((BroadcastState.Finished, TargetState.Interrupted, 8000L), await StateAsync(controller));
    }

    [Fact]
    public async Task Normal_broadcast_that_was_cut_is_over()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller, BroadcastClass.Normal);

        await ReportAsync(controller, node, broadcast, (1, ReceiptStep.Started, ReceiptReason.None, 0),
            (2, ReceiptStep.Interrupted, ReceiptReason.Preempted, 8000));

        Assert.Equal((BroadcastState.Planned, TargetState.Interrupted, 8000L), await StateAsync(controller));
    }

    [Fact]
    public async Task Receipt_that_comes_while_the_closer_waits_is_not_overwritten()
    {
        await using var controller = await TestController.StartAsync();
        var (_, _) = await AirAsync(controller, BroadcastClass.Normal);
        controller.Time.Advance(TimeSpan.FromHours(2));

        Task<int> closing;
        await using (var turn = await controller.Get<Controller.Changes.WriteTurns>().TakeAsync(false, CancellationToken.None))
        {
            closing = controller.Get<BroadcastCloser>().CloseAsync(CancellationToken.None);
            Assert.False(closing.IsCompleted);
            var target = await turn.Db.Targets.SingleAsync();
            target.Apply(new Receipt { Step = ReceiptStep.Started, Instant = 1 }, resumes: false);
            target.Apply(new Receipt { Step = ReceiptStep.Finished, Instant = 2, Samples = 16000 }, resumes: false);
            await turn.Db.SaveChangesAsync();
        }

        Assert.Equal(1, await closing);
        Assert.Equal((BroadcastState.Finished, TargetState.Played, 16000L), await StateAsync(controller));
    }

    private static async Task<(EnrolledNode Node, Broadcast Broadcast)> AirAsync(
        TestController controller, BroadcastClass soundClass)
    {
        var area = await controller.AddAreaAsync("1");
        var node = await controller.AddNodeAsync(area);
        var bulletin = await controller.AddBulletinAsync(TimeSpan.FromSeconds(2));
        await controller.RunAsync<Controller.Link.UplinkRouter>();
        await controller.RunAsync<ReceiptStore>();
        var broadcast = await controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(bulletin.Id, soundClass, new Audience([area.Id], []), Start: null, Tolerance: null),
            TestController.Officer, CancellationToken.None);
        controller.Time.Advance(TimeSpan.FromSeconds(10));
        return (node, broadcast);
    }

    private static async Task ReportAsync(
        TestController controller, EnrolledNode node, Broadcast broadcast,
        params (long Number, ReceiptStep Step, ReceiptReason Reason, long Samples)[] receipts)
    {
        controller.Bus.ArriveFrom(node, UpType.Receipts, new ReceiptReport
        {
            Receipts =
            [
                .. receipts.Select(receipt => new Receipt
                {
                    Number = receipt.Number,
                    Broadcast = broadcast.Id,
                    Step = receipt.Step,
                    Reason = receipt.Reason,
                    Instant = controller.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                    Samples = receipt.Samples,
                }),
            ],
        }.Write());
        await controller.Bus.NextCommandAsync(node, CommandType.ReceiptAck);
    }

    private static async Task<(BroadcastState, TargetState, long)> StateAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        var target = await db.Targets.AsNoTracking().SingleAsync();
        return ((await db.Broadcasts.AsNoTracking().SingleAsync()).State, target.State, target.Samples);
    }
}
