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
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a", "a/", false)]
    public async Task A_message_reaches_those_whose_filter_matches(string filter, string topic, bool matches)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync(filter);

        await client.SendAsync(new PublishPacket(topic, new byte[] { 1, 2 }, MqttQualityOfService.AtMostOnce, 0));

        Assert.Equal(matches, MqttTopic.Matches(filter, topic));
        if (matches)
        {
            var received = await client.ReceiveAsync<PublishPacket>();
            Assert.Equal(topic, received.Topic);
            Assert.Equal([1, 2], received.Payload.ToArray());
        }

        await client.ExpectSilenceAsync();
    }
}
