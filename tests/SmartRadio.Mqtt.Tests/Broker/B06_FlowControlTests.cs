using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B06_Flow_control
{
    [Fact]
    public async Task No_more_is_under_way_to_a_client_than_it_takes()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await client.GreetAsync("c", with: c => c with { Properties = new PacketProperties { ReceiveMaximum = 2 } });
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce);
        foreach (var text in new[] { "1", "2", "3" })
        {
            await speaker.PublishAsync("a", text, MqttQualityOfService.AtLeastOnce);
        }

        var first = await client.ExpectAsync("1");
        await client.ExpectAsync("2");
        await client.ExpectSilenceAsync();
        await client.SendAsync(new AckPacket(PacketType.PubAck, first.PacketId));

        await client.ExpectAsync("3");
    }

    [Fact]
    public async Task A_client_that_exceeds_the_brokers_receive_maximum_is_told_so()
    {
        await using var broker = await TestBroker.StartAsync(o => o.ReceiveMaximum = 2);
        using var client = await broker.ConnectRawAsync();
        Assert.Equal((ushort)2, (await client.GreetAsync("c")).Properties!.ReceiveMaximum);

        for (ushort id = 1; id <= 3; id++)
        {
            await client.SendAsync(new PublishPacket("a", default, MqttQualityOfService.ExactlyOnce, id));
        }

        Assert.Equal(1, (await client.ReceiveAsync<AckPacket>()).PacketId);
        Assert.Equal(2, (await client.ReceiveAsync<AckPacket>()).PacketId);
        await client.ExpectFarewellAsync(MqttReasonCode.ReceiveMaximumExceeded);
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    public async Task A_message_larger_than_a_client_takes_is_not_sent_to_it(MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await client.GreetAsync("c", with: c => c with { Properties = new PacketProperties { MaximumPacketSize = 100 } });
        await client.SubscribeAsync("a", quality);

        await speaker.PublishAsync("a", new string('x', 200), quality);
        await speaker.PublishAsync("a", "small", quality);

        await client.ExpectAsync("small");
        Assert.Equal(1, broker.Statistics.MessagesDropped);
    }

    [Fact]
    public async Task A_client_that_comes_back_and_takes_less_at_once_gets_the_rest_as_it_acknowledges()
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        var before = new List<PublishPacket>();
        using (var away = await broker.ConnectRawAsync())
        {
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
            await away.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce);
            foreach (var text in new[] { "1", "2", "3" })
            {
                await speaker.PublishAsync("a", text, MqttQualityOfService.AtLeastOnce);
                before.Add(await away.ExpectAsync(text));
            }
        }

        using var back = await broker.ConnectRawAsync();
        await back.GreetAsync("c", cleanStart: false, with: c => c with { Properties = new PacketProperties { SessionExpiryInterval = 100, ReceiveMaximum = 2 } });
        var first = await back.ExpectAsync("1");
        var second = await back.ExpectAsync("2");
        await speaker.PublishAsync("a", "4", MqttQualityOfService.AtLeastOnce);
        await back.ExpectSilenceAsync();
        await back.SendAsync(new AckPacket(PacketType.PubAck, first.PacketId));
        var third = await back.ExpectAsync("3");
        await back.ExpectSilenceAsync();
        await back.SendAsync(new AckPacket(PacketType.PubAck, third.PacketId));
        var fourth = await back.ExpectAsync("4");

        Assert.Equal(before.Select(m => m.PacketId), [first.PacketId, second.PacketId, third.PacketId]);
        Assert.Equal([true, true, true, false], new[] { first, second, third, fourth }.Select(m => m.Duplicate));
    }

    [Fact]
    public async Task What_is_too_large_for_a_client_that_comes_back_counts_as_done()
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        using (var away = await broker.ConnectRawAsync())
        {
            await away.GreetAsync("c", cleanStart: false, with: c => c with { Properties = new PacketProperties { SessionExpiryInterval = 100, ReceiveMaximum = 2 } });
            await away.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce);
            foreach (var text in new[] { new string('x', 200), new string('y', 200) })
            {
                await speaker.PublishAsync("a", text, MqttQualityOfService.AtLeastOnce);
                await away.ExpectAsync(text);
            }
        }

        using var back = await broker.ConnectRawAsync();
        await back.GreetAsync("c", cleanStart: false, with: c => c with
        {
            Properties = new PacketProperties { SessionExpiryInterval = 100, ReceiveMaximum = 2, MaximumPacketSize = 100 },
        });
        await speaker.PublishAsync("a", "small", MqttQualityOfService.AtLeastOnce);

        await back.ExpectAsync("small");
        Assert.Equal(2, broker.Statistics.MessagesDropped);
    }

    [Fact]
    public async Task A_packet_larger_than_the_broker_takes_ends_the_connection()
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxPacketSize = 1000);
        using var client = await broker.ConnectRawAsync();
        Assert.Equal(1000u, (await client.GreetAsync("c")).Properties!.MaximumPacketSize);

        await client.SendAsync([0x30, 0xFF, 0xFF, 0x7F]);

        await client.ExpectFarewellAsync(MqttReasonCode.PacketTooLarge);
    }

    [Theory]
    [InlineData(20u, false)]
    [InlineData(1000u, true)]
    public async Task A_reason_is_told_in_a_sentence_only_if_the_client_takes_a_packet_that_large(uint maximum, bool told)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectRawAsync();
        await client.SendAsync(new ConnectPacket(MqttProtocolVersion.V5, "c") { CleanStart = true, Properties = new PacketProperties { MaximumPacketSize = maximum } });
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync([0x00, 0]);

        var farewell = await client.ReceiveAsync<DisconnectPacket>();
        Assert.Equal((MqttReasonCode.MalformedPacket, told), (farewell.ReasonCode, farewell.Properties?.ReasonString is not null));
    }
}
