using System.Globalization;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B04_Retained
{
    [Fact]
    public async Task The_last_one_greets_a_new_subscriber_and_an_empty_one_forgets_it()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.PublishAsync("a/b", "old", MqttQualityOfService.AtLeastOnce, retain: true);
        await client.PublishAsync("a/b", "new", MqttQualityOfService.AtLeastOnce, retain: true);

        await client.SubscribeAsync("a/+");
        Assert.True((await client.ExpectAsync("new")).Retain);

        await client.PublishAsync("a/b", "", retain: true);
        Assert.False((await client.ExpectAsync("")).Retain);
        await client.SubscribeAsync("#");
        await client.ExpectSilenceAsync();
    }

    [Theory]
    [InlineData(MqttRetainHandling.Send, true, true)]
    [InlineData(MqttRetainHandling.SendIfNew, true, false)]
    [InlineData(MqttRetainHandling.DoNotSend, false, false)]
    public async Task Retain_handling_says_when_it_is_sent(MqttRetainHandling handling, bool first, bool again)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.PublishAsync("a", "kept", retain: true);
        var request = new MqttSubscription("a", MqttQualityOfService.AtMostOnce) { RetainHandling = handling };

        foreach (var sent in new[] { first, again })
        {
            await client.SubscribeAsync(request);
            if (sent)
            {
                await client.ExpectAsync("kept");
            }

            await client.ExpectSilenceAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retain_as_published_shows_the_flag_of_live_messages(bool asPublished)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync(new MqttSubscription("a", MqttQualityOfService.AtMostOnce) { RetainAsPublished = asPublished });

        await client.PublishAsync("a", "tin", retain: true);

        Assert.Equal(asPublished, (await client.ExpectAsync("tin")).Retain);
    }

    [Fact]
    public async Task One_that_sank_to_QoS_0_while_it_waited_for_its_turn_is_sent_once_and_not_repeated()
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("n/1", "first", MqttQualityOfService.AtLeastOnce, retain: true);
        await speaker.PublishAsync("n/2", "old", MqttQualityOfService.AtLeastOnce, retain: true);
        using (var client = await broker.ConnectRawAsync())
        {
            await client.GreetAsync("c", sessionExpiry: 100, with: c => c with { Properties = c.Properties! with { ReceiveMaximum = 1 } });
            await client.SubscribeAsync("n/+", MqttQualityOfService.AtLeastOnce);
            var before = await client.ReceiveAsync<PublishPacket>();
            var waiting = before.Topic == "n/1" ? "n/2" : "n/1";
            await speaker.PublishAsync(waiting, "new", retain: true);
            Assert.False((await client.ExpectAsync("new")).Retain);

            await client.SendAsync(new AckPacket(PacketType.PubAck, before.PacketId));
            Assert.True((await client.ExpectAsync("new")).Retain);
        }

        using var again = await broker.ConnectRawAsync();
        Assert.True((await again.GreetAsync("c", cleanStart: false, sessionExpiry: 100)).SessionPresent);
        await again.ExpectSilenceAsync();
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    public async Task However_many_there_are_none_is_lost_on_the_way(MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxQueuedBytesPerClient = 16 * 1024);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        for (var i = 0; i < 1000; i++)
        {
            await client.PublishAsync("n/" + i.ToString(CultureInfo.InvariantCulture), new string('x', 200), quality, retain: true);
        }

        await client.SubscribeAsync("n/+", quality);

        var topics = new HashSet<string>(StringComparer.Ordinal);
        while (topics.Count < 1000)
        {
            var message = await client.ReceiveAsync<PublishPacket>();
            topics.Add(message.Topic);
            if (quality == MqttQualityOfService.AtLeastOnce)
            {
                await client.SendAsync(new AckPacket(PacketType.PubAck, message.PacketId));
            }
        }
    }

    [Fact]
    public async Task A_name_deeper_than_any_filter_is_refused_and_harms_nobody()
    {
        var abyss = new string('/', 60_000);
        await using var broker = await TestBroker.StartAsync();
        using var listener = await broker.ConnectRawAsync();
        await listener.GreetAsync("listener");
        await listener.SubscribeAsync("alive");
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c", with: c => c with { Will = new Will(abyss, "bye"u8.ToArray(), MqttQualityOfService.AtMostOnce, Retain: true) });

        Assert.Equal(MqttReasonCode.TopicNameInvalid, await client.PublishAsync(abyss, "1", MqttQualityOfService.AtLeastOnce, retain: true));
        await client.PublishAsync("alive", "1");
        await client.SendAsync(new DisconnectPacket(MqttReasonCode.DisconnectWithWill));
        Assert.Null(await client.TryReceiveAsync());

        await listener.ExpectAsync("1");
        await listener.SubscribeAsync("#");
        await listener.ExpectSilenceAsync();
    }

    [Fact]
    public async Task What_a_message_carries_beside_its_payload_counts_too()
    {
        await using var broker = await TestBroker.StartAsync(o => (o.MaxRetainedBytes, o.SysInterval) = (50_000, TimeSpan.Zero));
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        var many = new PacketProperties { UserProperties = [.. Enumerable.Repeat(new MqttUserProperty("name", new string('x', 100)), 200)] };

        Assert.Equal(MqttReasonCode.QuotaExceeded, await client.PublishAsync("a", "1", MqttQualityOfService.AtLeastOnce, retain: true, many));
    }

    [Fact]
    public async Task One_too_many_is_refused()
    {
        await using var broker = await TestBroker.StartAsync(o => (o.MaxRetainedMessages, o.SysInterval) = (1, TimeSpan.Zero));
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.PublishAsync("a", "1", MqttQualityOfService.AtLeastOnce, retain: true);

        Assert.Equal(MqttReasonCode.QuotaExceeded, await client.PublishAsync("b", "2", MqttQualityOfService.AtLeastOnce, retain: true));
        Assert.Equal(MqttReasonCode.NoMatchingSubscribers, await client.PublishAsync("a", "3", MqttQualityOfService.AtLeastOnce, retain: true));
    }
}
