using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Tests.Setting;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>
/// Clients that ask and take no answers: they are not read from any more, so answers take no memory without bound.
/// </summary>
public sealed class FloodTests
{
    public static TheoryData<string> Kinds => ["ping", "QoS 1", "QoS 2", "subscribe", "release"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Client_that_takes_no_answers_is_not_read_from_and_closed(string kind)
    {
        await using var broker = await TestBroker.StartAsync(options => options.SignInTimeout = TimeSpan.FromSeconds(1));
        using var bystander = await broker.SignInAsync("bystander");
        using var client = await broker.SignInAsync("1", keepAlive: 1);

        await Flood.WithAsync(client, Request(client, kind));

        await bystander.HearsNothingAsync();
        await client.IsResetAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Client_that_takes_its_answers_is_read_from_for_ever(string kind)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.SignInAsync("1");
        for (var i = 0; i < 2000; i++)
        {
            await client.SendAsync(Request(client, kind));
            Assert.NotNull(await client.TryReceiveAsync());
        }
    }

    [Fact]
    public async Task Client_that_publishes_too_fast_is_held_back()
    {
        await using var broker = await TestBroker.StartAsync(limits: new SessionLimits(MaxKeepAlive: 0, MaxMessagesPerSecond: 1));
        using var listener = await broker.SignInAsync("listener");
        await listener.SubscribeAsync("a");
        using var client = await broker.SignInAsync("1");
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 12; i++)
        {
            await client.PublishAsync("a", $"{i}");
        }

        for (var i = 0; i < 12; i++)
        {
            await listener.HearsAsync($"{i}");
        }

        // Ten seconds' worth at once, the rest at its pace.
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(1));
    }

    private static MqttPacket Request(RawClient client, string kind) => kind switch
    {
        "ping" => new MqttPingReqPacket(),
        "QoS 1" => client.Publish("a", [], MqttQualityOfServiceLevel.AtLeastOnce),
        "QoS 2" => client.Publish("a", [], MqttQualityOfServiceLevel.ExactlyOnce),
        "subscribe" => client.Subscribe("a"),
        _ => new MqttPubRelPacket { PacketIdentifier = 1 },
    };
}
