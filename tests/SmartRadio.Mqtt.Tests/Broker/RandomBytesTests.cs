using FsCheck;
using FsCheck.Fluent;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>Bytes of any kind, before and after sign-in, in both versions: they harm nobody but who sends them.</summary>
public sealed class RandomBytesTests : IAsyncLifetime
{
    private TestBroker _broker = null!;
    private RawClient _speaker = null!;
    private RawClient _listener = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _speaker = await _broker.SignInAsync("speaker");
        _listener = await _broker.SignInAsync("listener");
        await _listener.SubscribeAsync("good/+");
    }

    public async ValueTask DisposeAsync()
    {
        _speaker.Dispose();
        _listener.Dispose();
        await _broker.DisposeAsync();
    }

    [Fact]
    public void Random_bytes_harm_nobody_else()
    {
        // Random alone rarely gets past the first byte: packets are announced rightly, and good ones are spoilt.
        var framed =
            from type in Gen.Choose(0, 255)
            from body in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Where(bytes => bytes.Length < 128)
            select (byte[])[(byte)type, (byte)body.Length, .. body];
        var spoilt =
            from good in Gen.Elements(GoodPackets())
            from at in Gen.Choose(0, good.Length - 1)
            from value in Gen.Choose(0, 255)
            select good.Select((old, i) => i == at ? (byte)value : old).ToArray();
        var tries =
            from version in Gen.Elements(MqttProtocolVersion.V311, MqttProtocolVersion.V500)
            from signsIn in Gen.Elements(true, true, false)
            from packets in Gen.OneOf(framed, spoilt).NonEmptyListOf()
            select (version, signsIn, packets);

        Prop.ForAll(tries.ToArbitrary(), each => TryAsync(each.version, each.signsIn, each.packets).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Assert.True(_broker.Metrics.Violations > 100);
    }

    private async Task TryAsync(MqttProtocolVersion version, bool signsIn, IEnumerable<byte[]> packets)
    {
        using (var client = signsIn ? await _broker.SignInAsync("random", version) : await _broker.OpenAsync(version))
        {
            try
            {
                await client.SendAsync(packets.SelectMany(bytes => bytes).ToArray());
            }
            catch (IOException)
            {
                // It was thrown out after the first of them.
            }
        }

        await _speaker.PublishAsync("good/1", "well");
        await _listener.HearsAsync("well");
        await Poll.UntilAsync("it is gone", () => _broker.Metrics.Connected == 2);
    }

    private static byte[][] GoodPackets()
    {
        var format = new MqttPacketFormatterAdapter(MqttProtocolVersion.V500, new MqttBufferWriter(4096, 65536));
        MqttPacket[] packets =
        [
            RawClient.Connect(
                "random",
                connect => (connect.Username, connect.WillFlag, connect.WillTopic, connect.WillMessage) = ("u", true, "w", [1])),
            new MqttPublishPacket { Topic = "other/1",
                QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce, PacketIdentifier = 1 },
            new MqttSubscribePacket { PacketIdentifier = 1, TopicFilters = [new() { Topic = "other/+" }, new() { Topic = "#" }] },
            new MqttUnsubscribePacket { PacketIdentifier = 1, TopicFilters = ["other/+"] },
            new MqttPubRelPacket { PacketIdentifier = 1 },
            new MqttPingReqPacket(),
            new MqttDisconnectPacket(),
        ];
        return [.. packets.Select(packet => format.Encode(packet).ToArray())];
    }
}
