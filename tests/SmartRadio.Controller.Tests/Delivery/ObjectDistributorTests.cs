using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;
using static SmartRadio.Controller.Tests.Delivery.ObjectTargets;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class ObjectDistributorTests
{
    [Fact]
    public async Task Pieces_many_nodes_ask_for_are_published_once_and_add_up()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, TimeSpan.FromSeconds(3));
        var nodes = await NodesAsync(controller, sound, 50);
        await controller.RunAsync<ObjectDistributor>();

        nodes.ForEach(node => controller.Get<ObjectDistributor>().Want(node, Everything(sound)));

        var chunks = await CollectAsync(controller, sound, new ObjectLayout(sound.Bytes).Chunks);
        Assert.Equal(Enumerable.Range(0, chunks.Count), chunks.Select(chunk => chunk.Index));
        Assert.Equal(sound.Id, Hex.Encode(ObjectHash.Digest(chunks[0].Payload)));
        Assert.Equal(chunks[0].Payload[..16], ObjectHash.Digest(chunks[1].Payload));
        Assert.Equal(sound.Bytes, chunks.Skip(1).Sum(chunk => chunk.Payload.Length));
    }

    [Fact]
    public async Task Only_the_missing_chunks_are_sent_again()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, TimeSpan.FromSeconds(3));
        await PlanAsync(controller, sound, BroadcastClass.Normal, "node");
        await controller.RunAsync<ObjectDistributor>();

        controller.Get<ObjectDistributor>().Want("node", Request(sound, (2, 1), (5, 1)));

        Assert.Equal([2, 5], (await CollectAsync(controller, sound, 2, "node")).Select(chunk => chunk.Index));
    }

    [Fact]
    public async Task Pieces_are_not_lost_while_the_link_is_down()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, TimeSpan.FromSeconds(1));
        await PlanAsync(controller, sound, BroadcastClass.Normal, "node");
        await controller.RunAsync<ObjectDistributor>();
        controller.Bus.IsConnected = false;
        controller.Get<ObjectDistributor>().Want("node", Request(sound, (0, 2)));
        controller.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(controller.Bus.TakePublished());

        controller.Bus.IsConnected = true;

        Assert.Equal([0, 1], (await CollectAsync(controller, sound, 2, "node")).Select(chunk => chunk.Index));
    }

    [Fact]
    public async Task Ranges_beyond_the_end_and_unknown_objects_are_ignored()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, TimeSpan.FromSeconds(1));
        await PlanAsync(controller, sound, BroadcastClass.Normal, "node");
        await controller.RunAsync<ObjectDistributor>();
        var distributor = controller.Get<ObjectDistributor>();

        distributor.Want("node", Request(sound, (60_000, 100), (1, 1)));
        distributor.Want("node", new ChunkRequest { ObjectId = new byte[16], First = [0], Count = [10] });

        Assert.Equal(1, Assert.Single(await CollectAsync(controller, sound, 1, "node")).Index);
    }

    [Fact]
    public async Task Pieces_few_nodes_lack_go_to_these_alone_at_the_pace_of_their_line()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, TimeSpan.FromSeconds(30));
        var nodes = await NodesAsync(controller, sound, 20);
        await controller.RunAsync<ObjectDistributor>();
        var distributor = controller.Get<ObjectDistributor>();
        nodes.ForEach(node => distributor.Want(node, Everything(sound)));

        await CollectAsync(controller, sound, new ObjectLayout(sound.Bytes).Chunks);
        distributor.Want("node3", Request(sound, (2, 40)));
        distributor.Want("node7", Request(sound, (5, 1)));

        var sent = new List<(string Topic, int Index)>();
        var start = controller.Time.GetUtcNow();
        while (sent.Count < 41)
        {
            controller.Time.Advance(TimeSpan.FromMilliseconds(20));
            sent.AddRange(
                controller.Bus.TakePublished().Select(message => (message.Topic, ObjectChunk.Read(message.Payload).Index)));
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.Equal(
            Enumerable.Range(2, 40),
            sent.Where(chunk => chunk.Topic == Topics.OwnObject("node3", sound.Id)).Select(chunk => chunk.Index));
        Assert.Equal([5], sent.Where(chunk => chunk.Topic == Topics.OwnObject("node7", sound.Id)).Select(chunk => chunk.Index));
        Assert.InRange((controller.Time.GetUtcNow() - start).TotalSeconds, 39 * 4000 / (128.0 * 1024), 10);
    }

    [Fact]
    public async Task To_many_listeners_it_goes_no_faster_than_the_brokers_own_line()
    {
        await using var controller = await TestController.StartAsync(settings: ("ObjectLineRate", "400000"));
        var sound = await SoundAsync(controller, TimeSpan.FromSeconds(5));
        var nodes = await NodesAsync(controller, sound, 50);
        await controller.RunAsync<ObjectDistributor>();
        nodes.ForEach(node => controller.Get<ObjectDistributor>().Want(node, Everything(sound)));

        var start = controller.Time.GetUtcNow();
        await CollectAsync(controller, sound, new ObjectLayout(sound.Bytes).Chunks);

        // All but the last chunk, fifty times, at 400 KB/s; one line alone would carry it in a third of a second.
        var least = TimeSpan.FromSeconds(50 * (sound.Bytes - 4096) / 400_000.0);
        Assert.True(
            controller.Time.GetUtcNow() - start >= least,
            $"It took {controller.Time.GetUtcNow() - start} instead of at least {least}.");
    }

    [Fact]
    public async Task Pieces_most_nodes_lack_go_to_all()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, TimeSpan.FromSeconds(3));
        await NodesAsync(controller, sound, 8);
        await controller.RunAsync<ObjectDistributor>();
        for (var node = 0; node < 8; node++)
        {
            controller.Get<ObjectDistributor>().Want($"node{node}", node < 6 ? Request(sound, (4, 1)) : Request(sound, (5, 1)));
        }

        var sent = new List<string>();
        while (sent.Count < 3)
        {
            controller.Time.Advance(TimeSpan.FromMilliseconds(20));
            sent.AddRange(controller.Bus.TakePublished().Select(message => message.Topic));
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.Equal(
            [Topics.OwnObject("node6", sound.Id), Topics.OwnObject("node7", sound.Id), Topics.Object(sound.Id)],
            sent.Order(StringComparer.Ordinal));
    }

    private static async Task<List<string>> NodesAsync(TestController controller, SoundObject sound, int count)
    {
        var nodes = Enumerable.Range(0, count).Select(number => $"node{number}").ToList();
        await PlanAsync(controller, sound, BroadcastClass.Normal, nodes);
        return nodes;
    }

    /// <summary>Moves the clock until so many chunks have been published, to all or to one node.</summary>
    private static async Task<List<ObjectChunk>> CollectAsync(
        TestController controller, SoundObject sound, int count, string? node = null)
    {
        var expected = node is null ? Topics.Object(sound.Id) : Topics.OwnObject(node, sound.Id);
        var chunks = new List<ObjectChunk>();
        while (chunks.Count < count)
        {
            controller.Time.Advance(TimeSpan.FromMilliseconds(20));
            foreach (var (topic, payload) in controller.Bus.TakePublished())
            {
                Assert.Equal(expected, topic);
                chunks.Add(ObjectChunk.Read(payload));
            }

            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.Equal(count, chunks.Count);
        return chunks;
    }
}
