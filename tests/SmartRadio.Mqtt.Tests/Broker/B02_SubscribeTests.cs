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
    public async Task One_who_has_as_many_as_allowed_may_renew_them()
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxSubscriptionsPerClient = 1);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync("a");

        Assert.Equal([MqttReasonCode.QuotaExceeded], (await client.SubscribeAsync("b")).ReasonCodes);
        Assert.Equal([MqttReasonCode.GrantedQoS1], (await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce)).ReasonCodes);
    }

    [Fact]
    public async Task Filters_count_by_their_length_too()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        var codes = new List<MqttReasonCode>();
        for (var i = 0; i < 4; i++)
        {
            codes.AddRange((await client.SubscribeAsync(new string((char)('a' + i), 40_000))).ReasonCodes);
        }

        Assert.Equal([MqttReasonCode.Success, MqttReasonCode.Success, MqttReasonCode.Success, MqttReasonCode.QuotaExceeded], codes);
    }

    [Fact]
    public async Task A_filter_said_often_in_one_packet_brings_its_retained_messages_once()
    {
        await using var broker = await TestBroker.StartAsync(o => o.SysInterval = TimeSpan.Zero);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.PublishAsync("a", "kept", retain: true);

        await client.SendAsync(new SubscribePacket(1, [.. Enumerable.Repeat(new MqttSubscription("#", MqttQualityOfService.AtMostOnce), 1000)]));

        Assert.Equal(1000, (await client.ReceiveAsync<SubAckPacket>()).ReasonCodes.Count);
        await client.ExpectAsync("kept");
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task What_a_client_asked_for_before_it_came_anew_does_not_outlive_its_session()
    {
        var time = new ManualTime();
        var slow = new SlowToDecide();
        await using var broker = await TestBroker.StartAsync(authorizer: slow, time: time);
        using var before = await broker.ConnectRawAsync();
        await before.GreetAsync("c");
        await before.SendAsync(new SubscribePacket(1, [new MqttSubscription("a", MqttQualityOfService.AtMostOnce), new MqttSubscription("b", MqttQualityOfService.AtMostOnce)]));
        await slow.Asked.Task;

        // The newcomer waits for a second at most.
        using var now = await broker.ConnectRawAsync();
        var greeting = now.GreetAsync("c");
        while (!greeting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(greeting, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        await greeting;
        slow.Decided.SetResult();
        while (await before.TryReceiveAsync() is not null)
        {
            // The farewell, until the broker has closed it: its SUBSCRIBE is over then.
        }

        await now.ExpectSilenceAsync();
        Assert.Equal(MqttReasonCode.NoMatchingSubscribers, await now.PublishAsync("a", "tin", MqttQualityOfService.AtLeastOnce));
        Assert.Equal(MqttReasonCode.NoMatchingSubscribers, await now.PublishAsync("b", "tin", MqttQualityOfService.AtLeastOnce));
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

    private sealed class SlowToDecide : IMqttAuthorizer
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Decided { get; } = new();

        public bool MayPublish(MqttPeer peer, string topic) => true;

        public bool MaySubscribe(MqttPeer peer, string filter)
        {
            Asked.TrySetResult();
            Decided.Task.Wait();
            return true;
        }
    }

    private sealed class NoSecrets : IMqttAuthorizer
    {
        public bool MayPublish(MqttPeer peer, string topic) => true;

        public bool MaySubscribe(MqttPeer peer, string filter) => !filter.StartsWith("secret", StringComparison.Ordinal);
    }
}
