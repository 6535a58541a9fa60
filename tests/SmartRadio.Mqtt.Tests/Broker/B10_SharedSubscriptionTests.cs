using System.Globalization;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B10_Shared_subscription
{
    [Fact]
    public async Task Each_message_goes_to_one_of_the_group_and_to_everybody_else()
    {
        await using var broker = await TestBroker.StartAsync();
        using var one = await JoinAsync(broker, "one", "$share/g/a/#");
        using var two = await JoinAsync(broker, "two", "$share/g/a/#");
        using var all = await JoinAsync(broker, "all", "a/#");
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        for (var i = 0; i < 10; i++)
        {
            await speaker.PublishAsync("a/" + i.ToString(CultureInfo.InvariantCulture), "tin");
        }

        for (var i = 0; i < 5; i++)
        {
            await one.ExpectAsync("tin");
            await two.ExpectAsync("tin");
        }

        for (var i = 0; i < 10; i++)
        {
            await all.ExpectAsync("tin");
        }

        await one.ExpectSilenceAsync();
        await two.ExpectSilenceAsync();
    }

    [Fact]
    public async Task The_group_is_served_in_the_order_its_members_came()
    {
        await using var broker = await TestBroker.StartAsync();
        using var one = await JoinAsync(broker, "one", "$share/g/a");
        using var two = await JoinAsync(broker, "two", "$share/g/a");
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");

        await speaker.PublishAsync("a", "first");
        await speaker.PublishAsync("a", "second");

        await one.ExpectAsync("first");
        await two.ExpectAsync("second");
    }

    [Fact]
    public async Task No_local_on_a_shared_subscription_is_a_protocol_error()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        await client.SendAsync(new SubscribePacket(1, [new MqttSubscription("$share/g/a", MqttQualityOfService.AtMostOnce) { NoLocal = true }]));

        await client.ExpectFarewellAsync(MqttReasonCode.ProtocolError);
    }

    [Fact]
    public async Task Retained_messages_do_not_greet_a_shared_subscriber()
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("a", "kept", MqttQualityOfService.AtLeastOnce, retain: true);

        using var client = await JoinAsync(broker, "c", "$share/g/a");

        await client.ExpectSilenceAsync();
    }

    private static async Task<RawClient> JoinAsync(TestBroker broker, string name, string filter)
    {
        var client = await broker.ConnectRawAsync();
        await client.GreetAsync(name);
        await client.SubscribeAsync(filter);
        return client;
    }
}
