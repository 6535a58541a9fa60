using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B09_Topic_alias
{
    [Fact]
    public async Task A_client_may_shorten_its_topics()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync("a/#");

        await client.PublishAsync("a/long", "1", properties: new PacketProperties { TopicAlias = 1 });
        await client.PublishAsync("", "2", properties: new PacketProperties { TopicAlias = 1 });
        await client.PublishAsync("a/other", "3", properties: new PacketProperties { TopicAlias = 1 });
        await client.PublishAsync("", "4", properties: new PacketProperties { TopicAlias = 1 });

        foreach (var (topic, text) in new[] { ("a/long", "1"), ("a/long", "2"), ("a/other", "3"), ("a/other", "4") })
        {
            Assert.Equal(topic, (await client.ExpectAsync(text)).Topic);
        }
    }

    [Theory]
    [InlineData(999, "a", MqttReasonCode.TopicAliasInvalid)]
    [InlineData(3, "", MqttReasonCode.ProtocolError)]
    public async Task A_wrong_alias_ends_the_connection(ushort alias, string topic, MqttReasonCode reason)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        await client.PublishAsync(topic, "x", properties: new PacketProperties { TopicAlias = alias });

        await client.ExpectFarewellAsync(reason);
    }

    [Fact]
    public async Task A_client_may_not_have_more_remembered_than_the_broker_can()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        for (ushort i = 1; i <= 3; i++)
        {
            await client.PublishAsync(new string((char)('a' + i), 60_000), "tin", properties: new PacketProperties { TopicAlias = i });
        }

        await client.ExpectFarewellAsync(MqttReasonCode.QuotaExceeded);
    }

    [Fact]
    public async Task The_broker_shortens_topics_for_a_client_that_takes_it()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c", with: c => c with { Properties = new PacketProperties { TopicAliasMaximum = 1 } });
        await client.SubscribeAsync("#");
        await client.PublishAsync("a/long", "1");
        await client.PublishAsync("a/long", "2");
        await client.PublishAsync("b", "3");

        var first = await client.ExpectAsync("1");
        var second = await client.ExpectAsync("2");
        var third = await client.ExpectAsync("3");

        Assert.Equal(("a/long", (ushort?)1), (first.Topic, first.Properties!.TopicAlias));
        Assert.Equal(("", (ushort?)1), (second.Topic, second.Properties!.TopicAlias));
        Assert.Equal(("b", null), (third.Topic, third.Properties?.TopicAlias));
    }

    [Fact]
    public async Task A_message_that_may_expire_on_the_way_sets_up_no_alias()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c", with: c => c with { Properties = new PacketProperties { TopicAliasMaximum = 1 } });
        await client.SubscribeAsync("#");
        await client.PublishAsync("a", "1", properties: new PacketProperties { MessageExpiryInterval = 5 });
        await client.PublishAsync("a", "2");
        await client.PublishAsync("a", "3", properties: new PacketProperties { MessageExpiryInterval = 5 });

        var first = await client.ExpectAsync("1");
        var second = await client.ExpectAsync("2");
        var third = await client.ExpectAsync("3");

        Assert.Equal(("a", null), (first.Topic, first.Properties!.TopicAlias));
        Assert.Equal(("a", (ushort?)1), (second.Topic, second.Properties!.TopicAlias));
        Assert.Equal(("", (ushort?)1), (third.Topic, third.Properties!.TopicAlias));
    }

    [Fact]
    public async Task Long_topics_are_not_all_remembered_for_a_client_that_would_take_it()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c", with: c => c with { Properties = new PacketProperties { TopicAliasMaximum = ushort.MaxValue } });
        await client.SubscribeAsync("#");
        var aliased = 0;
        for (var i = 0; i < 10; i++)
        {
            await client.PublishAsync(new string((char)('a' + i), 4_000), "tin");
            aliased += (await client.ExpectAsync("tin")).Properties?.TopicAlias is null ? 0 : 1;
        }

        Assert.Equal(4, aliased);
    }
}
