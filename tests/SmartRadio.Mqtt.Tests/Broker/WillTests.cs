using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class WillTests : IAsyncLifetime
{
    private TestBroker _broker = null!;
    private RawClient _listener = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _listener = await _broker.SignInAsync("listener");
        await _listener.SubscribeAsync("n/+/here");
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Will_is_told_when_the_client_vanishes(MqttProtocolVersion version)
    {
        var client = await SignInAsync(version);
        client.Dispose();

        Assert.Equal("n/1/here", (await _listener.HearsAsync("off")).Topic);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Will_is_not_told_after_a_farewell(MqttProtocolVersion version)
    {
        using var client = await SignInAsync(version);
        await client.SendAsync(new MqttDisconnectPacket());
        await client.ReceiveUntilClosedAsync();

        await _listener.HearsNothingAsync();
    }

    [Fact]
    public async Task Will_is_told_when_the_client_breaks_the_rules()
    {
        using var client = await SignInAsync(MqttProtocolVersion.V500);
        await client.SendAsync(0xFF, 0xFF, 0xFF, 0xFF, 0xFF);

        await _listener.HearsAsync("off");
    }

    [Fact]
    public async Task Will_is_told_when_the_clients_rights_change()
    {
        using var client = await SignInAsync(MqttProtocolVersion.V500);
        _broker.Embedded.Disconnect("1");

        await _listener.HearsAsync("off");
    }

    [Fact]
    public async Task Will_is_retained_as_any_message_is()
    {
        var client = await SignInAsync(MqttProtocolVersion.V500);
        await client.PublishAsync("n/1/here", "on", retain: true);
        await _listener.HearsAsync("on");
        client.Dispose();
        await _listener.HearsAsync("off");

        using var late = await _broker.SignInAsync("late");
        await late.SendAsync(late.Subscribe("n/+/here"));
        var packets = new[] { await late.TryReceiveAsync(), await late.TryReceiveAsync() };
        var told = packets.OfType<MqttPublishPacket>().Single();
        Assert.Equal(("off", true), (Encoding.UTF8.GetString(told.Payload), told.Retain));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Will_is_told_before_the_client_that_is_back(MqttProtocolVersion version)
    {
        using var old = await SignInAsync(version);
        using var back = await SignInAsync(version);
        await old.ReceiveUntilClosedAsync();
        await back.PublishAsync("n/1/here", "on", retain: true);

        await _listener.HearsAsync("off");
        await _listener.HearsAsync("on");
        await _listener.HearsNothingAsync();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Will_of_another_clients_topic_is_rejected(MqttProtocolVersion version)
    {
        using var client = await _broker.OpenAsync(version);
        var answer = await client.SignInAsync("1", connect => SetWill(connect, TestAccess.Forbidden + "here"));

        Assert.True(answer is { ReasonCode: MqttConnectReasonCode.NotAuthorized }
            or { ReturnCode: MqttConnectReturnCode.ConnectionRefusedNotAuthorized });
        Assert.Equal(TestAccess.Forbidden + "here", Assert.Single(_broker.Access.Rejections).Topic);
        Assert.Null(await client.TryReceiveAsync());
    }

    private async Task<RawClient> SignInAsync(MqttProtocolVersion version)
    {
        var client = await _broker.OpenAsync(version);
        await client.SignInAsync("1", connect => SetWill(connect, "n/1/here"));
        return client;
    }

    private static void SetWill(MqttConnectPacket connect, string topic) =>
        (connect.WillFlag, connect.WillTopic, connect.WillMessage, connect.WillRetain) = (true, topic, "off"u8.ToArray(), true);
}
