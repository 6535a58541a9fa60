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
}
