using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

public sealed class OpenBroadcastLimitTests
{
    [Theory]
    [InlineData("Limits:PersonBroadcasts", BroadcastRefusal.TooManyOwnBroadcasts)]
    [InlineData("Limits:Broadcasts", BroadcastRefusal.TooManyBroadcasts)]
    public async Task Broadcast_beyond_the_most_is_refused_until_one_is_over(string limit, string refusal)
    {
        await using var controller = await TestController.StartAsync(settings: (limit, "2"));
        var (_, first) = await ReceiptStoreTests.AirAsync(controller);
        await AirAsync(controller, first, BroadcastClass.Priority);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => AirAsync(controller, first, BroadcastClass.Normal));
        Assert.Equal((refusal, 2), (refused.Refusal, refused.Values[0]));

        await controller.Get<StopBroadcast>().HandleAsync(first.Id, TestController.Officer, CancellationToken.None);
        await AirAsync(controller, first, BroadcastClass.Normal);
    }

    [Fact]
    public async Task Emergencies_have_places_of_their_own()
    {
        await using var controller = await TestController.StartAsync(
            settings: [("Limits:PersonBroadcasts", "1"), ("Limits:Broadcasts", "1")]);
        var (_, first) = await ReceiptStoreTests.AirAsync(controller);

        await AirAsync(controller, first, BroadcastClass.Emergency);

        await Assert.ThrowsAsync<RefusedException>(() => AirAsync(controller, first, BroadcastClass.Emergency));
    }

    [Fact]
    public async Task Broadcasts_that_are_over_count_for_a_day()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonDayBroadcasts", "2"));
        var (_, first) = await ReceiptStoreTests.AirAsync(controller);
        var second = await AirAsync(controller, first, BroadcastClass.Priority);
        foreach (var id in new[] { first.Id, second.Id })
        {
            await controller.Get<StopBroadcast>().HandleAsync(id, TestController.Officer, CancellationToken.None);
        }

        var refused = await Assert.ThrowsAsync<RefusedException>(() => AirAsync(controller, first, BroadcastClass.Normal));
        await AirAsync(controller, first, BroadcastClass.Emergency);
        controller.Time.Advance(TimeSpan.FromHours(24));
        await AirAsync(controller, first, BroadcastClass.Normal);

        Assert.Equal((BroadcastRefusal.TooManyDayBroadcasts, 2), (refused.Refusal, refused.Values[0]));
    }

    private static Task<Broadcast> AirAsync(TestController controller, Broadcast like, BroadcastClass broadcastClass) =>
        controller.Get<AirBulletin>().HandleAsync(
            new AirRequest(like.BulletinId, broadcastClass, like.Audience, null, null), TestController.Officer,
            CancellationToken.None);
}
