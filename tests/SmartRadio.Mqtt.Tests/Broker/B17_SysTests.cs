using System.Text;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B17_Sys_topics
{
    [Fact]
    public async Task Tell_how_the_broker_is_and_stay_out_of_wildcards()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var all = await broker.ConnectRawAsync();
        using var curious = await broker.ConnectRawAsync();
        await all.GreetAsync("all");
        await curious.GreetAsync("curious");
        await all.SubscribeAsync("#");
        time.Advance(TimeSpan.FromSeconds(1));

        await curious.SubscribeAsync("$SYS/broker/clients/connected");

        Assert.Equal("2", Encoding.UTF8.GetString((await curious.ReceiveAsync<PublishPacket>()).Payload.Span));
        await all.ExpectSilenceAsync();
    }

    [Fact]
    public async Task Count_what_was_refused_and_belong_to_the_broker_alone()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        Assert.Equal(MqttReasonCode.NotAuthorized, await client.PublishAsync("$SYS/broker/refused/publishes", "0", MqttQualityOfService.AtLeastOnce, retain: true));
        await client.SubscribeAsync("a/#/b");
        time.Advance(TimeSpan.FromSeconds(11));

        foreach (var (name, count) in new[] { ("publishes", "1"), ("subscriptions", "1"), ("connections", "0"), ("not told", "0") })
        {
            await client.SubscribeAsync("$SYS/broker/refused/" + name);
            await client.ExpectAsync(count);
        }
    }
}
