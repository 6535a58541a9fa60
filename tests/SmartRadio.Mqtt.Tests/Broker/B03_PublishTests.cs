using System.Globalization;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B03_Publish
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task Exactly_once_arrives_once_though_it_is_sent_twice(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync(version);
        using var listener = await broker.ConnectRawAsync(version);
        await speaker.GreetAsync("s");
        await listener.GreetAsync("l");
        await listener.SubscribeAsync("a");
        var message = new PublishPacket("a", "tin"u8.ToArray(), MqttQualityOfService.ExactlyOnce, 5);

        await speaker.SendAsync(message);
        await speaker.ReceiveAsync<AckPacket>();
        await speaker.SendAsync(message with { Duplicate = true });

        Assert.Equal(PacketType.PubRec, (await speaker.ReceiveAsync<AckPacket>()).Type);
        await speaker.SendAsync(new AckPacket(PacketType.PubRel, 5));
        Assert.Equal(PacketType.PubComp, (await speaker.ReceiveAsync<AckPacket>()).Type);
        await listener.ExpectAsync("tin");
        await listener.ExpectSilenceAsync();
    }

    [Fact]
    public async Task To_a_receiver_at_exactly_once_goes_in_four_steps()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync("a", MqttQualityOfService.ExactlyOnce);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("a", "tin", MqttQualityOfService.ExactlyOnce);

        var message = await client.ExpectAsync("tin");
        await client.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
        Assert.Equal(PacketType.PubRel, (await client.ReceiveAsync<AckPacket>()).Type);
        await client.SendAsync(new AckPacket(PacketType.PubComp, message.PacketId));

        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task An_unknown_release_is_answered_with_its_reason()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");

        await client.SendAsync(new AckPacket(PacketType.PubRel, 12));

        Assert.Equal(MqttReasonCode.PacketIdentifierNotFound, (await client.ReceiveAsync<AckPacket>()).ReasonCode);
    }

    [Theory]
    [InlineData("secret", MqttQualityOfService.AtLeastOnce)]
    [InlineData("secret", MqttQualityOfService.ExactlyOnce)]
    [InlineData("$SYS/broker/version", MqttQualityOfService.AtLeastOnce)]
    public async Task What_is_not_allowed_is_refused_and_counted_and_reaches_nobody(string topic, MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync(o => o.SysInterval = TimeSpan.Zero, authorizer: new NoSecrets());
        using var client = await broker.ConnectRawAsync();
        using var listener = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await listener.GreetAsync("l");
        await listener.SubscribeAsync(topic);

        await client.SendAsync(new PublishPacket(topic, default, quality, 3));

        Assert.Equal(MqttReasonCode.NotAuthorized, (await client.ReceiveAsync<AckPacket>()).ReasonCode);
        await listener.ExpectSilenceAsync();
        Assert.Equal(1, broker.Statistics.PublishesRefused);
    }

    [Fact]
    public async Task Messages_of_one_client_keep_their_order()
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        using var listener = await broker.ConnectRawAsync(MqttProtocolVersion.V311);
        await speaker.GreetAsync("s");
        await listener.GreetAsync("l");
        await listener.SubscribeAsync("#");

        for (var i = 0; i < 2000; i++)
        {
            await speaker.PublishAsync("a/" + (i % 7), i.ToString(CultureInfo.InvariantCulture));
        }

        for (var i = 0; i < 2000; i++)
        {
            await listener.ExpectAsync(i.ToString(CultureInfo.InvariantCulture));
        }
    }

    private sealed class NoSecrets : IMqttAuthorizer
    {
        public bool MayPublish(MqttPeer peer, string topic) => topic != "secret";

        public bool MaySubscribe(MqttPeer peer, string filter) => true;
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttQualityOfService.ExactlyOnce)]
    public async Task That_nobody_is_subscribed_is_said(MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        using var listener = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await listener.GreetAsync("l");

        Assert.Equal(MqttReasonCode.NoMatchingSubscribers, await speaker.PublishAsync("a", "tin", quality));
        await listener.SubscribeAsync("a");
        Assert.Equal(MqttReasonCode.Success, await speaker.PublishAsync("a", "tin", quality));
    }

    [Fact]
    public async Task A_refusal_is_explained_to_whoever_wants_to_know_and_has_room()
    {
        await using var broker = await TestBroker.StartAsync();
        using var curious = await broker.ConnectRawAsync();
        using var plain = await broker.ConnectRawAsync();
        using var tiny = await broker.ConnectRawAsync();
        using var old = await broker.ConnectRawAsync(MqttProtocolVersion.V311);
        await curious.GreetAsync("c");
        await plain.GreetAsync("p", with: c => c with { Properties = new PacketProperties { RequestProblemInformation = false } });
        await tiny.GreetAsync("t", with: c => c with { Properties = new PacketProperties { MaximumPacketSize = 32 } });
        await old.GreetAsync("o");
        var forbidden = new PublishPacket("$SYS/x", "tin"u8.ToArray(), MqttQualityOfService.AtLeastOnce, 5);
        var impossible = new MqttSubscription("a/#/b", MqttQualityOfService.AtMostOnce);

        foreach (var (client, explained) in new[] { (curious, true), (plain, false), (tiny, false), (old, false) })
        {
            await client.SendAsync(forbidden);
            Assert.Equal(explained, (await client.ReceiveAsync<AckPacket>()).Properties?.ReasonString is not null);
            Assert.Equal(explained, (await client.SubscribeAsync(impossible)).Properties?.ReasonString is not null);
        }
    }

    [Fact]
    public async Task What_is_declared_to_be_text_and_is_not_reaches_nobody()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.SubscribeAsync("a");
        var text = new PacketProperties { PayloadIsText = true };

        await client.SendAsync(new PublishPacket("a", new byte[] { 0xC3, 0x28 }, MqttQualityOfService.AtLeastOnce, 5) { Properties = text });
        Assert.Equal(MqttReasonCode.PayloadFormatInvalid, (await client.ReceiveAsync<AckPacket>()).ReasonCode);
        await client.SendAsync(new PublishPacket("a", new byte[] { 0xC3, 0x28 }, MqttQualityOfService.AtMostOnce, 0) { Properties = text });
        await client.SendAsync(new PublishPacket("a", "đúng"u8.ToArray(), MqttQualityOfService.AtMostOnce, 0) { Properties = text });

        await client.ExpectAsync("đúng");
        await client.ExpectSilenceAsync();
    }
}
