using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B02_Subscribe
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("+/+", "/x", true)]
    [InlineData("a/+/c/#", "a/b/c/d/e", true)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a", "a/", false)]
    [InlineData("a/b", "a", false)]
    public async Task A_message_reaches_those_whose_filter_matches(string filter, string topic, bool matches)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync(filter);

        await client.PublishAsync(topic, "tin");

        Assert.Equal(matches, MqttTopic.Matches(filter, topic));
        if (matches)
        {
            Assert.Equal(topic, (await client.ExpectAsync("tin")).Topic);
        }

        await client.ExpectSilenceAsync();
    }

    [Theory]
    [InlineData("a/#/b", MqttReasonCode.TopicFilterInvalid)]
    [InlineData("a+", MqttReasonCode.TopicFilterInvalid)]
    [InlineData("$share/g", MqttReasonCode.TopicFilterInvalid)]
    [InlineData("secret/x", MqttReasonCode.NotAuthorized)]
    [InlineData("$share/g/secret/x", MqttReasonCode.NotAuthorized)]
    [InlineData("open", MqttReasonCode.GrantedQoS1)]
    public async Task Each_filter_is_answered_with_its_reason(string filter, MqttReasonCode code)
    {
        await using var broker = await TestBroker.StartAsync(authorizer: new NoSecrets());
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        Assert.Equal([code], (await client.SubscribeAsync(filter, MqttQualityOfService.AtLeastOnce)).ReasonCodes);
        Assert.Equal(code >= MqttReasonCode.UnspecifiedError ? 1 : 0, broker.Statistics.SubscriptionsRefused);
    }

    [Theory]
    [InlineData(200, MqttReasonCode.Success)]
    [InlineData(201, MqttReasonCode.TopicFilterInvalid)]
    public async Task A_filter_has_so_many_levels_at_most(int slashes, MqttReasonCode code)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        var deep = new string('/', slashes);

        Assert.Equal([code], (await client.SubscribeAsync(deep)).ReasonCodes);
        await client.PublishAsync(deep, "tin");

        if (code == MqttReasonCode.Success)
        {
            await client.ExpectAsync("tin");
        }

        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task Unsubscribing_ends_it_and_tells_whether_there_was_one()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync("a");

        await client.SendAsync(new UnsubscribePacket(5, ["a", "b"]));

        Assert.Equal([MqttReasonCode.Success, MqttReasonCode.NoSubscriptionExisted], (await client.ReceiveAsync<UnsubAckPacket>()).ReasonCodes);
        await client.PublishAsync("a", "tin");
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task Overlapping_filters_bring_a_message_once_at_the_best_quality_with_all_identifiers()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync(new MqttSubscription("a/#", MqttQualityOfService.AtMostOnce), identifier: 3);
        await client.SubscribeAsync(new MqttSubscription("a/+", MqttQualityOfService.AtLeastOnce), identifier: 300_000);

        await client.SendAsync(new PublishPacket("a/b", "tin"u8.ToArray(), MqttQualityOfService.AtLeastOnce, 9));

        var message = await client.ExpectAsync("tin");
        Assert.Equal(MqttQualityOfService.AtLeastOnce, message.QualityOfService);
        Assert.Equal([3u, 300_000u], message.Properties!.SubscriptionIdentifiers.Order());
        Assert.Equal(PacketType.PubAck, (await client.ReceiveAsync<AckPacket>()).Type);
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task Subscribing_again_replaces_the_options()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync("a", MqttQualityOfService.ExactlyOnce);
        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce);

        await client.PublishAsync("a", "tin");

        Assert.Equal(MqttQualityOfService.AtMostOnce, (await client.ExpectAsync("tin")).QualityOfService);
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task No_local_keeps_ones_own_messages_away()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        using var other = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await other.GreetAsync("o");
        await client.SubscribeAsync(new MqttSubscription("a", MqttQualityOfService.AtMostOnce) { NoLocal = true });

        await client.PublishAsync("a", "own");
        await client.ExpectSilenceAsync();
        await other.PublishAsync("a", "other");

        await client.ExpectAsync("other");
    }

    [Fact]
    public async Task One_too_many_subscriptions_exceed_the_quota()
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxSubscriptionsPerClient = 2);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");

        Assert.Equal([MqttReasonCode.QuotaExceeded], (await client.SubscribeAsync("c")).ReasonCodes);
    }

    private sealed class NoSecrets : IMqttAuthorizer
    {
        public bool MayPublish(MqttPeer peer, string topic) => true;

        public bool MaySubscribe(MqttPeer peer, string filter) => !filter.StartsWith("secret", StringComparison.Ordinal);
    }
}
