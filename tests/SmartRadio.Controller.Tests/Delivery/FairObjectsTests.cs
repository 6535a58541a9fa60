using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.Releases;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;
using SmartRadio.Testing.Clock;
using static SmartRadio.Controller.Tests.Delivery.ObjectTargets;

namespace SmartRadio.Controller.Tests.Delivery;

/// <summary>What a node with valid keys that asks for all it can leaves to the others.</summary>
public sealed class FairObjectsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Objects_that_the_nodes_broadcasts_do_not_name_are_not_sent()
    {
        await using var controller = await TestController.StartAsync();
        var (own, other, stopped) = (
            await SoundAsync(controller, Short), await SoundAsync(controller, Short), await SoundAsync(controller, Short));
        await PlanAsync(controller, own, BroadcastClass.Normal, "honest", "thief");
        await PlanAsync(controller, other, BroadcastClass.Normal, "honest");
        var gone = await PlanAsync(controller, stopped, BroadcastClass.Normal, "thief");
        await using (var db = await controller.OpenAsync())
        {
            await db.Broadcasts.Where(row => row.Id == gone)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.State, BroadcastState.Stopped));
        }

        await controller.RunAsync<ObjectDistributor>();
        await AskAsync(controller, "thief", other, stopped, own);

        Assert.All(await SentAsync(controller, TimeSpan.FromSeconds(10)), sent => Assert.Equal(own.Id, sent.Object));
    }

    [Fact]
    public async Task A_broadcast_planned_after_a_request_is_served_at_the_next()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, Short);
        await PlanAsync(controller, await SoundAsync(controller, Short), BroadcastClass.Normal, "node");
        await controller.RunAsync<ObjectDistributor>();
        await AskAsync(controller, "node", sound);
        Assert.Empty(await SentAsync(controller, TimeSpan.FromSeconds(1)));

        await PlanAsync(controller, sound, BroadcastClass.Emergency, "node");
        await AskAsync(controller, "node", sound);

        Assert.NotEmpty(await SentAsync(controller, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_release_is_sent_to_nodes_that_were_told_and_to_no_others()
    {
        await using var controller = await TestController.StartAsync();
        var release = await SoundAsync(controller, Short);
        await PlanAsync(controller, await SoundAsync(controller, Short), BroadcastClass.Normal, "told", "waiting");
        await using (var db = await controller.OpenAsync())
        {
            var now = controller.Time.GetUtcNow();
            var row = new Release
            {
                Version = "2",
                ObjectId = release.Id,
                Bytes = release.Bytes,
                Notes = "",
                CreatedById = "officer",
                CreatedAt = now,
            };
            db.Releases.Add(row);
            await db.SaveChangesAsync();
            var rollout = new Rollout { ReleaseId = row.Id, CreatedAt = now };
            rollout.Nodes.Add(new RolloutNode { NodeId = "told", Stage = 1, Step = RolloutStep.Sent, SentAt = now });
            rollout.Nodes.Add(new RolloutNode { NodeId = "waiting", Stage = 2 });
            db.Rollouts.Add(rollout);
            await db.SaveChangesAsync();
        }

        await controller.RunAsync<ObjectDistributor>();
        await AskAsync(controller, "told", release);
        await AskAsync(controller, "waiting", release);

        var chunks = await SentAsync(controller, TimeSpan.FromSeconds(5));
        Assert.Equal(new ObjectLayout(release.Bytes).Chunks, chunks.Count);
        Assert.All(chunks, sent => Assert.Equal(Topics.OwnObject("told", release.Id), sent.Topic));
    }

    [Fact]
    public async Task A_node_that_asks_alone_and_again_never_fills_the_topic_of_all()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, Short);
        await PlanAsync(controller, sound, BroadcastClass.Normal, "honest", "thief");
        controller.Get<NodeStatusCache>().Present("honest", true, controller.Time.GetUtcNow());
        await controller.RunAsync<ObjectDistributor>();

        // The honest one listens and has not asked: once, all of it serves both.
        await AskAsync(controller, "thief", sound);
        var first = await SentAsync(controller, TimeSpan.FromSeconds(3));
        Assert.Equal(new ObjectLayout(sound.Bytes).Chunks, first.Count);
        Assert.All(first, sent => Assert.Equal(Topics.Object(sound.Id), sent.Topic));

        await AskAsync(controller, "thief", sound);

        Assert.All(
            await SentAsync(controller, TimeSpan.FromSeconds(3)),
            sent => Assert.Equal(Topics.OwnObject("thief", sound.Id), sent.Topic));
    }

    [Fact]
    public async Task A_chunk_is_sent_to_a_node_again_after_two_seconds_at_the_earliest()
    {
        await using var controller = await TestController.StartAsync();
        var sound = await SoundAsync(controller, Short);
        await PlanAsync(controller, sound, BroadcastClass.Normal, "thief");
        await controller.RunAsync<ObjectDistributor>();

        var sent = new List<Sent>();
        for (var tick = 0; tick < 100; tick++)
        {
            controller.Get<ObjectDistributor>().Want("thief", Request(sound, (1, 1)));
            await AwakeAsync(controller);
            sent.AddRange(await SentAsync(controller, TimeSpan.FromMilliseconds(100)));
        }

        Assert.InRange(sent.Count, 4, 5);
    }

    [Fact]
    public async Task A_node_that_asks_for_many_objects_gets_the_line_of_one()
    {
        await using var controller = await TestController.StartAsync();
        var sounds = new List<SoundObject>();
        while (sounds.Count < 6)
        {
            sounds.Add(await SoundAsync(controller, TimeSpan.FromSeconds(30)));
            await PlanAsync(controller, sounds[^1], BroadcastClass.Normal, "thief");
        }

        await controller.RunAsync<ObjectDistributor>();
        await AskAsync(controller, "thief", [.. sounds]);

        var chunks = await SentAsync(controller, TimeSpan.FromSeconds(5));

        Assert.InRange(chunks.Count * 4008, 4 * 80 * 1024, 5 * 128 * 1024);
    }

    [Fact]
    public async Task When_repairs_are_slow_nodes_take_turns_whatever_they_ask_for()
    {
        // A chunk takes three ticks: less than one node alone may have.
        await using var controller = await TestController.StartAsync(settings: ("ObjectRepairRate", "65536"));
        var own = await SoundAsync(controller, TimeSpan.FromSeconds(30));
        await PlanAsync(controller, own, BroadcastClass.Normal, "honest");
        var many = new List<SoundObject>();
        while (many.Count < 4)
        {
            many.Add(await SoundAsync(controller, TimeSpan.FromSeconds(30)));
            await PlanAsync(controller, many[^1], BroadcastClass.Normal, "thief");
        }

        await controller.RunAsync<ObjectDistributor>();
        await AskAsync(controller, "thief", [.. many]);
        await AskAsync(controller, "honest", own);

        var chunks = await SentAsync(controller, TimeSpan.FromSeconds(4));

        Assert.InRange(chunks.Count(sent => sent.Object == own.Id) / (double)chunks.Count, 0.45, 0.55);
    }

    [Fact]
    public async Task Objects_for_all_take_turns()
    {
        await using var controller = await TestController.StartAsync();
        var (one, other) = (
            await SoundAsync(controller, TimeSpan.FromSeconds(30)), await SoundAsync(controller, TimeSpan.FromSeconds(30)));
        await PlanAsync(controller, one, BroadcastClass.Normal, "a", "b");
        await PlanAsync(controller, other, BroadcastClass.Normal, "a", "b");
        await controller.RunAsync<ObjectDistributor>();
        await AskAsync(controller, "a", one, other);
        await AskAsync(controller, "b", one, other);

        var chunks = await SentAsync(controller, TimeSpan.FromSeconds(2));

        Assert.InRange(chunks.Count(sent => sent.Object == one.Id) / (double)chunks.Count, 0.45, 0.55);
    }

    [Fact]
    public async Task An_emergencys_object_comes_before_all_others()
    {
        await using var controller = await TestController.StartAsync();
        var (normal, urgent) = (
            await SoundAsync(controller, TimeSpan.FromSeconds(60)), await SoundAsync(controller, TimeSpan.FromSeconds(5)));
        await PlanAsync(controller, normal, BroadcastClass.Normal, "a", "b", "c");
        await PlanAsync(controller, urgent, BroadcastClass.Emergency, "a", "b", "c");
        await controller.RunAsync<ObjectDistributor>();
        foreach (var node in new[] { "a", "b", "c" })
        {
            await AskAsync(controller, node, normal);
        }

        Assert.NotEmpty(await SentAsync(controller, TimeSpan.FromSeconds(1)));
        await AskAsync(controller, "a", urgent);
        await AskAsync(controller, "b", urgent);
        await AskAsync(controller, "c", urgent);

        var chunks = await SentAsync(controller, TimeSpan.FromSeconds(2));
        var after = chunks.SkipWhile(sent => sent.Object != urgent.Id).Take(new ObjectLayout(urgent.Bytes).Chunks).ToList();
        Assert.Equal(new ObjectLayout(urgent.Bytes).Chunks, after.Count);
        Assert.All(after, sent => Assert.Equal(urgent.Id, sent.Object));
    }

    [Fact]
    public async Task A_damaged_object_harms_no_other()
    {
        await using var controller = await TestController.StartAsync();
        var (broken, whole) = (await SoundAsync(controller, Short), await SoundAsync(controller, Short));
        await PlanAsync(controller, broken, BroadcastClass.Emergency, "node");
        await PlanAsync(controller, whole, BroadcastClass.Normal, "node");
        await File.WriteAllBytesAsync(controller.Get<ObjectStorage>().PathOf(broken.Id), [1, 2, 3]);
        await controller.RunAsync<ObjectDistributor>();

        await AskAsync(controller, "node", broken, whole);

        Assert.Equal(
            new ObjectLayout(whole.Bytes).Chunks,
            (await SentAsync(controller, TimeSpan.FromSeconds(5))).Count(sent => sent.Object == whole.Id));
    }

    /// <summary>Asks for whole objects, and waits until the distributor is awake.</summary>
    private static async Task AskAsync(TestController controller, string node, params SoundObject[] sounds)
    {
        foreach (var sound in sounds)
        {
            controller.Get<ObjectDistributor>().Want(node, Everything(sound));
        }

        await AwakeAsync(controller);
    }

    private static Task AwakeAsync(TestController controller) =>
        Poll.UntilAsync("the distributor is awake", () => controller.Get<ObjectDistributor>().IsAwake);

    /// <summary>Lets so much time pass.</summary>
    private static async Task<List<Sent>> SentAsync(TestController controller, TimeSpan time)
    {
        var distributor = controller.Get<ObjectDistributor>();
        var sent = new List<Sent>();
        for (var passed = TimeSpan.Zero; passed < time; passed += Tick)
        {
            var before = distributor.Turns;
            controller.Time.Advance(Tick);
            // A turn looks into the database, which goes by real time.
            await Poll.UntilAsync("the turn is over", () => !distributor.IsAwake || distributor.Turns > before);
            sent.AddRange(
                from message in controller.Bus.TakePublished()
                select new Sent(message.Topic, message.Topic[(message.Topic.LastIndexOf('/') + 1)..]));
        }

        return sent;
    }

    private sealed record Sent(string Topic, string Object);
}
