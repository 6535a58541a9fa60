using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Streams;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.Tests.Broadcasts;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;
using SmartRadio.Protocol.Streams;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class StreamSchedulerTests
{
    [Fact]
    public async Task A_reachable_node_without_the_sound_hears_all_of_it_as_frames_in_time()
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);

        var command = await CommandAsync(controller, node);
        var open = StreamOpen.Read(command.Body);
        using var aes = Aes.Create();
        aes.Key = new NodeKeys(node.Secret).Wrap;
        var blocks = KeyWrap.CounterBlocks(command.Counter, open.WrappedKey.Length);
        var key = KeyWrap.Combine(open.WrappedKey, aes.EncryptEcb(blocks, PaddingMode.None));
        var topic = Topics.Stream(Hex.Encode(open.StreamId), open.Codec);

        Assert.Equal(broadcast.Id, open.Broadcast);
        for (long position = 0, sequence = 0; position < 16000; sequence++)
        {
            var frame = StreamFrame.Open(await NextAsync(controller, published => published == topic), key);
            Assert.Equal((sequence, position), (frame.Sequence, frame.Position));
            Assert.True(
                controller.Time.GetUtcNow() < broadcast.Start + TimeSpan.FromSeconds(position / 8000.0),
                "The frame came too late to be heard.");
            position += frame.Payload.Length;
        }
    }

    [Fact]
    public async Task Nodes_that_hold_the_sound_already_are_sent_none()
    {
        await using var controller = await TestController.StartAsync();
        var (holder, broadcast) = await AirAsync(controller, nodes: 2);
        await using (var db = await controller.OpenAsync())
        {
            (await db.Targets.FindAsync(broadcast.Id, holder.Node.Id))!
                .Apply(new Receipt { Step = ReceiptStep.Verified }, resumes: false);
            await db.SaveChangesAsync();
        }

        var topic = string.Empty;
        await NextAsync(controller, published =>
        {
            Assert.NotEqual(Topics.Command(holder.Node.Id), published);
            topic = published;
            return published.StartsWith(Topics.Root + "s/", StringComparison.Ordinal);
        });
        Assert.EndsWith("/ulaw8", topic, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopping_the_broadcast_or_its_only_area_ends_the_stream(bool byArea)
    {
        await using var controller = await TestController.StartAsync();
        var (node, broadcast) = await AirAsync(controller);
        await OpenedAsync(controller, node);

        Task stopping = byArea
            ? controller.Get<StopEverything>().HandleAsync(node.Node.AreaId, TestController.Officer, CancellationToken.None)
            : controller.Get<StopBroadcast>().HandleAsync(broadcast.Id, TestController.Officer, CancellationToken.None);
        await stopping;
        await NextAsync(controller, published => published == Topics.Command(node.Node.Id));
        controller.Bus.TakePublished();
        controller.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.DoesNotContain(
            controller.Bus.TakePublished(), message => message.Topic.StartsWith(Topics.Root + "s/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_is_sent_three_streams_at_once_and_an_emergency()
    {
        await using var controller = await TestController.StartAsync();
        var (node, first) = await AirAsync(controller);
        var normal = new List<long> { first.Id };
        for (var more = 0; more < 4; more++)
        {
            normal.Add((await AirMoreAsync(controller, first, BroadcastClass.Normal, TimeSpan.Zero)).Id);
        }

        var emergency = await AirMoreAsync(controller, first, BroadcastClass.Emergency, TimeSpan.FromSeconds(2));

        var opened = new List<long>();
        while (!opened.Contains(emergency.Id))
        {
            opened.Add((await OpenedAsync(controller, node)).Broadcast);
        }

        Assert.Equal(3, opened.Intersect(normal).Count());
    }

    [Fact]
    public async Task Streams_that_are_over_make_room_for_more()
    {
        await using var controller = await TestController.StartAsync();
        var (node, first) = await AirAsync(controller);
        for (var more = 0; more < 3; more++)
        {
            await AirMoreAsync(controller, first, BroadcastClass.Normal, TimeSpan.Zero);
        }

        var later = await AirMoreAsync(controller, first, BroadcastClass.Normal, TimeSpan.FromSeconds(3));

        while ((await OpenedAsync(controller, node)).Broadcast != later.Id)
        {
        }
    }

    private static Task<Broadcast> AirMoreAsync(
        TestController controller, Broadcast like, BroadcastClass broadcastClass, TimeSpan later) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(like.BulletinId, broadcastClass, like.Audience, like.Start + later, null),
            TestController.Officer, CancellationToken.None);

    private static async Task<(EnrolledNode Node, Broadcast Broadcast)> AirAsync(TestController controller, int nodes = 1)
    {
        var (node, broadcast) = await ReceiptStoreTests.AirAsync(controller, nodes);
        await using var db = await controller.OpenAsync();
        foreach (var heard in await db.Targets.Select(target => target.NodeId).ToListAsync())
        {
            controller.Get<NodeStatusCache>().Present(heard, online: true, controller.Time.GetUtcNow());
        }

        await controller.RunAsync<StreamScheduler>();
        return (node, broadcast);
    }

    private static async Task<StreamOpen> OpenedAsync(TestController controller, EnrolledNode node) =>
        StreamOpen.Read((await CommandAsync(controller, node)).Body);

    private static async Task<Envelope> CommandAsync(TestController controller, EnrolledNode node) =>
        Envelope.Parse(await NextAsync(controller, published => published == Topics.Command(node.Node.Id)));

    /// <summary>Moves the clock until a message on a wanted topic is published.</summary>
    private static async Task<byte[]> NextAsync(TestController controller, Func<string, bool> wanted) =>
        (await Poll.UntilAsync(
            "the message is sent", () => Task.FromResult(Next(controller, wanted)), static payload => payload is not null))!;

    private static byte[]? Next(TestController controller, Func<string, bool> wanted)
    {
        while (controller.Bus.TryTake(out var message))
        {
            if (wanted(message.Topic))
            {
                return message.Payload;
            }
        }

        // The sender waits either on this clock or on the database; the real clock between two looks only yields to the latter.
        controller.Time.Advance(TimeSpan.FromMilliseconds(5));
        return null;
    }
}
