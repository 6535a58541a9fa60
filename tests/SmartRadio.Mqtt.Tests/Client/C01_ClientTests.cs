using System.Text;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

public class C01_Client
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.ExactlyOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.ExactlyOnce)]
    public async Task Gets_in_order_what_another_publishes(MqttProtocolVersion version, MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync();
        await using var listener = new MqttClient(broker.ClientOptions("listener", version));
        await using var speaker = new MqttClient(broker.ClientOptions("speaker", version));
        await listener.StartAsync(Ct);
        await speaker.StartAsync(Ct);
        await listener.SubscribeAsync("news/#", quality, Ct);
        await speaker.SubscribeAsync("nothing", quality, Ct);

        for (var i = 0; i < 300; i++)
        {
            await speaker.PublishAsync(new MqttMessage("news/" + i, Encoding.UTF8.GetBytes("tin " + i)) { QualityOfService = quality }, Ct);
        }

        for (var i = 0; i < 300; i++)
        {
            var message = await listener.Messages.ReadAsync(Ct);
            Assert.Equal("news/" + i, message.Topic);
            Assert.Equal("tin " + i, Encoding.UTF8.GetString(message.Payload.Span));
        }
    }
}
