using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B11_Message_properties
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    public async Task Reach_the_receiver_unchanged(MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await client.GreetAsync("c");
        await client.SubscribeAsync("a", quality);

        await speaker.PublishAsync("a", "câu hỏi", quality, properties: new PacketProperties
        {
            PayloadIsText = true,
            ContentType = "text/plain",
            ResponseTopic = "answers/1",
            CorrelationData = new byte[] { 1, 2, 3 },
            UserProperties = [new("b", "2"), new("a", "1"), new("b", "2")],
        });

        var properties = (await client.ExpectAsync("câu hỏi")).Properties!;
        Assert.True(properties.PayloadIsText);
        Assert.Equal("text/plain", properties.ContentType);
        Assert.Equal("answers/1", properties.ResponseTopic);
        Assert.Equal([1, 2, 3], properties.CorrelationData!.Value.ToArray());
        Assert.Equal([new("b", "2"), new("a", "1"), new("b", "2")], properties.UserProperties);
    }

    [Fact]
    public async Task Where_answers_may_go_is_told_to_those_who_ask()
    {
        await using var broker = await TestBroker.StartAsync(options => options.ResponseInformation = "answers/");
        using var asks = await broker.ConnectRawAsync();
        using var asksNot = await broker.ConnectRawAsync();
        await using var client = new MqttClient(broker.ClientOptions("c") with { RequestResponseInformation = true });

        var told = await asks.GreetAsync("a", with: connect => connect with { Properties = new PacketProperties { RequestResponseInformation = true } });
        var untold = await asksNot.GreetAsync("b");
        await client.StartAsync(Ct);
        await client.SubscribeAsync("x", MqttQualityOfService.AtMostOnce, Ct);

        Assert.Equal("answers/", told.Properties!.ResponseInformation);
        Assert.Null(untold.Properties!.ResponseInformation);
        Assert.Equal("answers/", client.ResponseInformation);
    }

    [Fact]
    public async Task Are_left_out_for_a_receiver_of_3_1_1()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync(MqttProtocolVersion.V311);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await client.GreetAsync("c");
        await client.SubscribeAsync("a");

        await speaker.PublishAsync("a", "tin", properties: new PacketProperties { ContentType = "x" });

        await client.ExpectAsync("tin");
    }
}
