using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B05_Session
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.ExactlyOnce)]
    public async Task Messages_wait_for_a_client_that_is_away(MqttProtocolVersion version, MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync();
        using (var away = await broker.ConnectRawAsync(version))
        {
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: version == MqttProtocolVersion.V5 ? 100 : null);
            await away.SubscribeAsync("a", quality);
            await away.SendAsync(new DisconnectPacket(MqttReasonCode.Success));
            Assert.Null(await away.TryReceiveAsync());
        }

        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("a", "1", quality);
        await speaker.PublishAsync("a", "2", quality);

        using var back = await broker.ConnectRawAsync(version);
        Assert.True((await back.GreetAsync("c", cleanStart: false, sessionExpiry: version == MqttProtocolVersion.V5 ? 100 : null)).SessionPresent);
        await back.ExpectAsync("1");
        await back.ExpectAsync("2");
    }

    [Fact]
    public async Task What_was_under_way_is_sent_again_marked_as_duplicate()
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        PublishPacket first;
        using (var away = await broker.ConnectRawAsync())
        {
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
            await away.SubscribeAsync("a", MqttQualityOfService.ExactlyOnce);
            await speaker.PublishAsync("a", "1", MqttQualityOfService.ExactlyOnce);
            await speaker.PublishAsync("a", "2", MqttQualityOfService.ExactlyOnce);
            first = await away.ExpectAsync("1");
            await away.SendAsync(new AckPacket(PacketType.PubRec, first.PacketId));
            await away.ExpectAsync("2");
            Assert.Equal(PacketType.PubRel, (await away.ReceiveAsync<AckPacket>()).Type);
        }

        using var back = await broker.ConnectRawAsync();
        await back.GreetAsync("c", cleanStart: false, sessionExpiry: 100);

        Assert.Equal(first.PacketId, (await back.ReceiveAsync<AckPacket>()).PacketId);
        Assert.True((await back.ExpectAsync("2")).Duplicate);
    }

    [Fact]
    public async Task A_clean_start_forgets_the_old_session()
    {
        await using var broker = await TestBroker.StartAsync();
        using var old = await broker.ConnectRawAsync();
        await old.GreetAsync("c", sessionExpiry: 100);
        await old.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce);

        using var fresh = await broker.ConnectRawAsync();
        Assert.False((await fresh.GreetAsync("c", cleanStart: true, sessionExpiry: 100)).SessionPresent);

        await fresh.PublishAsync("a", "tin");
        await fresh.ExpectSilenceAsync();
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(101, false)]
    public async Task A_session_ends_when_its_time_is_over(int secondsAway, bool present)
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using (var away = await broker.ConnectRawAsync())
        {
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
            await away.SendAsync(new DisconnectPacket(MqttReasonCode.Success));
            Assert.Null(await away.TryReceiveAsync());
        }

        time.Advance(TimeSpan.FromSeconds(secondsAway));

        using var back = await broker.ConnectRawAsync();
        Assert.Equal(present, (await back.GreetAsync("c", cleanStart: false, sessionExpiry: 100)).SessionPresent);
    }

    [Fact]
    public async Task A_farewell_may_change_how_long_it_is_kept()
    {
        await using var broker = await TestBroker.StartAsync();
        using (var away = await broker.ConnectRawAsync())
        {
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
            await away.SendAsync(new DisconnectPacket(MqttReasonCode.Success) { Properties = new PacketProperties { SessionExpiryInterval = 0 } });
            Assert.Null(await away.TryReceiveAsync());
        }

        using var back = await broker.ConnectRawAsync();
        Assert.False((await back.GreetAsync("c", cleanStart: false)).SessionPresent);
        await back.SendAsync(new DisconnectPacket(MqttReasonCode.Success) { Properties = new PacketProperties { SessionExpiryInterval = 5 } });
        await back.ExpectFarewellAsync(MqttReasonCode.ProtocolError);
    }
}
