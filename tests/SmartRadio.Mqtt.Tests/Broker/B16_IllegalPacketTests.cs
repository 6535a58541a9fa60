using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B16_Illegal_packets
{
    public static TheoryData<string, byte[], MqttReasonCode> Illegal => new()
    {
        { "an unknown type", [0x00, 0], MqttReasonCode.MalformedPacket },
        { "the first byte of an unknown type", [0x0A], MqttReasonCode.MalformedPacket },
        { "the first byte with reserved flags", [0x8A], MqttReasonCode.MalformedPacket },
        { "a length of five bytes", [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 1], MqttReasonCode.MalformedPacket },
        { "QoS 3", [0x36, 5, 0, 1, (byte)'a', 0, 1], MqttReasonCode.MalformedPacket },
        { "a duplicate at QoS 0", [0x38, 4, 0, 1, (byte)'a', 0], MqttReasonCode.MalformedPacket },
        { "a wildcard in a topic", [0x30, 4, 0, 1, (byte)'#', 0], MqttReasonCode.TopicNameInvalid },
        { "no topic and no alias", [0x30, 3, 0, 0, 0], MqttReasonCode.ProtocolError },
        { "text that is not UTF-8", [0x30, 5, 0, 2, 0xC3, 0x28, 0], MqttReasonCode.MalformedPacket },
        { "a text longer than the packet", [0x30, 3, 0, 9, (byte)'a'], MqttReasonCode.MalformedPacket },
        { "packet identifier 0", [0x32, 6, 0, 1, (byte)'a', 0, 0, 0], MqttReasonCode.ProtocolError },
        { "a property twice", [0x30, 9, 0, 1, (byte)'a', 4, 1, 1, 1, 1, 0], MqttReasonCode.ProtocolError },
        { "a property of another packet", [0x30, 7, 0, 1, (byte)'a', 3, 33, 0, 1], MqttReasonCode.MalformedPacket },
        { "a subscription identifier from a client", [0x30, 6, 0, 1, (byte)'a', 2, 11, 1], MqttReasonCode.ProtocolError },
        { "a subscription without a filter", [0x82, 3, 0, 1, 0], MqttReasonCode.MalformedPacket },
        { "an empty filter", [0x82, 6, 0, 1, 0, 0, 0, 0], MqttReasonCode.MalformedPacket },
        { "unsubscribing from an empty filter", [0xA2, 5, 0, 1, 0, 0, 0], MqttReasonCode.MalformedPacket },
        { "reserved subscription options", [0x82, 7, 0, 1, 0, 0, 1, (byte)'a', 0xC0], MqttReasonCode.MalformedPacket },
        { "reserved flags", [0x80, 7, 0, 1, 0, 0, 1, (byte)'a', 0], MqttReasonCode.MalformedPacket },
        { "a broker's packet", [0x20, 3, 0, 0, 0], MqttReasonCode.ProtocolError },
        { "a PUBACK with a reason of none", [0x40, 3, 0, 1, 0xFF], MqttReasonCode.ProtocolError },
        { "a PUBREC with the reason of a PUBCOMP", [0x50, 3, 0, 1, 0x92], MqttReasonCode.ProtocolError },
        { "a PUBREL with the reason of a PUBACK", [0x62, 3, 0, 1, 0x10], MqttReasonCode.ProtocolError },
        { "a PUBCOMP with the reason of a PUBACK", [0x70, 3, 0, 1, 0x80], MqttReasonCode.ProtocolError },
        { "a farewell with the reason of a CONNACK", [0xE0, 1, 0x85], MqttReasonCode.ProtocolError },
        { "an AUTH with the reason of a CONNACK", [0xF0, 2, 0x87, 0], MqttReasonCode.ProtocolError },
        { "a ping with a body", [0xC0, 1, 0], MqttReasonCode.MalformedPacket },
        { "re-authentication without a method", [0xF0, 2, 0x19, 0], MqttReasonCode.ProtocolError },
    };

    [Theory]
    [MemberData(nameof(Illegal))]
    public async Task End_the_connection_with_a_reason_a_count_and_no_harm_to_others(string what, byte[] packet, MqttReasonCode reason)
    {
        await using var broker = await TestBroker.StartAsync();
        using var good = await broker.ConnectRawAsync();
        await good.GreetAsync("good");
        await good.SubscribeAsync("#");
        using var bad = await broker.ConnectRawAsync();
        await bad.GreetAsync(what);

        await bad.SendAsync(packet);

        await bad.ExpectFarewellAsync(reason);
        Assert.Equal(1, broker.Statistics.ProtocolErrors);
        await good.ExpectSilenceAsync();
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtLeastOnce, "PubRec")]
    [InlineData(MqttQualityOfService.AtLeastOnce, "PubComp")]
    [InlineData(MqttQualityOfService.ExactlyOnce, "PubAck")]
    [InlineData(MqttQualityOfService.ExactlyOnce, "PubComp")]
    [InlineData(MqttQualityOfService.ExactlyOnce, "PubRec PubAck")]
    public async Task An_acknowledgement_that_is_not_the_next_one_ends_the_connection_and_the_message_is_kept(MqttQualityOfService quality, string answers)
    {
        var acks = answers.Split(' ').Select(Enum.Parse<PacketType>).ToList();
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("speaker");
        using (var bad = await broker.ConnectRawAsync())
        {
            await bad.GreetAsync("bad", sessionExpiry: 100);
            await bad.SubscribeAsync("a", quality);
            await speaker.PublishAsync("a", "tin", quality);
            var message = await bad.ExpectAsync("tin");

            foreach (var ack in acks)
            {
                await bad.SendAsync(new AckPacket(ack, message.PacketId));
                if (ack != acks[^1])
                {
                    Assert.Equal(PacketType.PubRel, (await bad.ReceiveAsync<AckPacket>()).Type);
                }
            }

            await bad.ExpectFarewellAsync(MqttReasonCode.ProtocolError);
        }

        using var back = await broker.ConnectRawAsync();
        Assert.True((await back.GreetAsync("bad", cleanStart: false)).SessionPresent);
        if (acks.Count == 1)
        {
            Assert.True((await back.ExpectAsync("tin")).Duplicate);
        }
        else
        {
            Assert.Equal(PacketType.PubRel, (await back.ReceiveAsync<AckPacket>()).Type);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 14, 0, 4, 77, 81, 84, 84, 5, 0x01, 0, 0, 0, 0, 1, 99 }, "the reserved flag")]
    [InlineData(new byte[] { 0x10, 14, 0, 4, 77, 81, 84, 84, 5, 0x1A, 0, 0, 0, 0, 1, 99 }, "a QoS of no will")]
    [InlineData(new byte[] { 0x10, 14, 0, 4, 77, 81, 84, 84, 5, 0x80, 0, 0, 0, 0, 1, 99 }, "a missing user name")]
    [InlineData(new byte[] { 0x10, 4, 0, 4, 77, 81 }, "half a name")]
    public async Task Before_the_greeting_close_the_connection(byte[] packet, string what)
    {
        await using var broker = await TestBroker.StartAsync();
        using var bad = await broker.ConnectRawAsync();

        await bad.SendAsync(packet);

        Assert.NotEmpty(what);
        Assert.Null(await bad.TryReceiveAsync());
        Assert.Equal(1, broker.Statistics.ProtocolErrors);
    }
}
