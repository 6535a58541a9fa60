using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B01_Connect
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task A_client_of_either_version_is_greeted(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync(version);

        var greeting = await client.GreetAsync("c");

        Assert.Equal(MqttReasonCode.Success, greeting.ReasonCode);
        Assert.False(greeting.SessionPresent);
    }
}
