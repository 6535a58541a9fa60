using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B08_Message_expiry
{
    private static readonly PacketProperties TenSeconds = new() { MessageExpiryInterval = 10 };

    [Fact]
    public async Task What_waits_for_an_absent_client_grows_older_and_expires()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using (var away = await broker.ConnectRawAsync())
        {
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
            await away.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce);
            await away.SendAsync(new DisconnectPacket(MqttReasonCode.Success));
            Assert.Null(await away.TryReceiveAsync());
        }

        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("a", "short", MqttQualityOfService.AtLeastOnce, properties: TenSeconds);
        await speaker.PublishAsync("a", "long", MqttQualityOfService.AtLeastOnce, properties: new PacketProperties { MessageExpiryInterval = 60 });
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(1, broker.Statistics.MessagesExpired);
        using var back = await broker.ConnectRawAsync();
        await back.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
        Assert.Equal(40u, (await back.ExpectAsync("long")).Properties!.MessageExpiryInterval);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(11, false)]
    public async Task A_retained_message_expires(int seconds, bool stillThere)
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.PublishAsync("a", "kept", MqttQualityOfService.AtLeastOnce, retain: true, properties: TenSeconds);
        time.Advance(TimeSpan.FromSeconds(seconds));

        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce);

        if (stillThere)
        {
            Assert.Equal(5u, (await client.ExpectAsync("kept")).Properties!.MessageExpiryInterval);
        }

        await client.ExpectSilenceAsync();
    }
}
