using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Link.Usage;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using SmartRadio.Testing.Clock;
using static SmartRadio.Controller.Tests.Delivery.SparingNodes;

namespace SmartRadio.Controller.Tests.Link;

public sealed class DataLedgerTests
{
    [Fact]
    public async Task Bytes_are_counted_by_month_here_and_kept_over_a_restart()
    {
        // 30 November, 23:59 in Viet Nam, which is still the 30th in UTC for seven hours after.
        await using var controller = await TestController.StartAsync(
            new DateTimeOffset(2026, 11, 30, 23, 59, 0, TimeSpan.FromHours(7)));
        var node = await NodeAsync(controller);
        await SetAsync(controller, node, lowData: false, megabytes: 25);
        await controller.RunAsync<NodeStatusWriter>();
        controller.Get<DataLedger>().Of(node.Node.Id).Add(1234);

        await using var again = await controller.RestartAsync(TimeSpan.FromSeconds(5));
        var data = again.Get<DataLedger>();
        await data.LoadAsync(CancellationToken.None);
        Assert.Equal((1234, 25_000_000L), (data.Of(node.Node.Id).Used, data.Of(node.Node.Id).Budget));
        data.Of(node.Node.Id).Add(1);
        await again.RunAsync<NodeStatusWriter>();

        // The recorder starts in its own time, only from then on does it watch the clock, and what it has taken it has yet to
        // store.
        await using var db = await again.OpenAsync();
        await Poll.UntilAsync("the recorder has stored it", async () =>
        {
            again.Time.Advance(TimeSpan.FromSeconds(20));
            return data.Of(node.Node.Id).Used == 0 && await db.DataUses.AnyAsync(each => each.Bytes > 1234);
        });

        var use = await db.DataUses.SingleAsync();
        Assert.Equal((202611, 1235), (use.Month, use.Bytes));
    }

    [Fact]
    public async Task Commands_and_chunks_count_for_listeners_until_they_have_all()
    {
        await using var controller = await TestController.StartAsync();
        var (asks, hears, away) = (await NodeAsync(controller), await NodeAsync(controller), await NodeAsync(controller));
        var broadcast = await AirAsync(controller, asks, TimeSpan.FromHours(1), others: [hears, away]);
        var data = controller.Get<DataLedger>();
        foreach (var online in new[] { asks, hears })
        {
            controller.Get<NodeStatusCache>().Present(online.Node.Id, true, controller.Time.GetUtcNow());
        }

        await using var db = await controller.OpenAsync();
        var sound = await db.Objects.SingleAsync(each => each.BulletinId == broadcast.BulletinId && each.Codec == CodecId.ULaw8);
        var everything = new ChunkRequest { ObjectId = Convert.FromHexString(sound.Id), First = [0], Count = [ushort.MaxValue] };
        await controller.RunAsync<ObjectDistributor>();

        controller.Get<ObjectDistributor>().Want(asks.Node.Id, everything);
        var bytes = await SentAsync(controller, new ObjectLayout(sound.Bytes).Chunks);
        Assert.Equal(bytes, data.Of(asks.Node.Id).Used);
        Assert.Equal(bytes, data.Of(hears.Node.Id).Used);
        Assert.Equal(0, data.Of(away.Node.Id).Used);

        // One asks again for a chunk that was lost: the other has all and no longer listens.
        controller.Get<ObjectDistributor>()
            .Want(asks.Node.Id, new ChunkRequest { ObjectId = everything.ObjectId, First = [1], Count = [1] });
        var again = await SentAsync(controller, 1);
        Assert.Equal(bytes + again, data.Of(asks.Node.Id).Used);
        Assert.Equal(bytes, data.Of(hears.Node.Id).Used);

        await controller.Get<CommandSender>()
            .SendAsync(
                away.Node.Id, CommandType.Chime, new ChimeCommand { Volume = 1 }.Write(),
                TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(
            Assert.Single(
                controller.Bus.TakePublished(), sent => sent.Topic == Topics.Command(away.Node.Id)) is var (topic, command)
                    ? topic.Length + command.Length
                    : 0, data.Of(away.Node.Id).Used);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public async Task A_budget_out_of_bounds_is_refused(int megabytes)
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => SetAsync(controller, node, lowData: true, megabytes));

        Assert.Equal(NodeRefusal.DataBudgetOutOfRange, refused.Refusal);
        Assert.Equal([megabytes, 10, 1_000_000], refused.Values);
        Assert.False(
            (await controller.Get<NodeQuery>().GetAsync(node.Node.Id, AreaScope.Everywhere, CancellationToken.None))!.LowData);
    }

    [Fact]
    public async Task A_budget_is_set_changed_taken_away_and_audited()
    {
        await using var controller = await TestController.StartAsync();
        var node = await NodeAsync(controller);
        foreach (var megabytes in new int?[] { 10, 1_000_000, null, null })
        {
            await SetAsync(controller, node, lowData: true, megabytes);
            var row = await controller.Get<NodeQuery>().GetAsync(node.Node.Id, AreaScope.Everywhere, CancellationToken.None);
            Assert.Equal((true, megabytes * 1_000_000L), (row!.LowData, row.DataBudget));
        }

        await using var db = await controller.OpenAsync();
        Assert.Equal(4, await db.Audit.CountAsync(row => row.Action == "node.data"));
        var unknown = new SetDataUseRequest("0123456789abcdef", LowData: true, null);
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<SetDataUse>().HandleAsync(unknown, TestController.Officer, CancellationToken.None));
        Assert.Equal(NodeRefusal.UnknownNode, refused.Refusal);
    }

    /// <summary>Moves the clock until so many chunks have been published.</summary>
    /// <returns>Bytes of their topics and payloads.</returns>
    private static async Task<long> SentAsync(TestController controller, int count)
    {
        long bytes = 0;
        // The distributor works beside this: time must not run minutes ahead of it, after which it forgets who listened.
        await Poll.UntilAsync("the chunks are sent", () =>
        {
            controller.Time.Advance(TimeSpan.FromMilliseconds(20));
            foreach (var (topic, payload) in controller.Bus.TakePublished())
            {
                bytes += topic.Length + payload.Length;
                count--;
            }

            return count <= 0;
        });
        return bytes;
    }
}
