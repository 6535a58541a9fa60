using System.Globalization;
using System.Text.Json.Nodes;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Peers;

/// <summary>npm's mqtt against our broker, and mqtt-packet against our codec.</summary>
public class Npm_mqtt(NpmPeers npm) : IClassFixture<NpmPeers>
{
    private const int PacketsOfAType = 100;

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public async Task Hears_itself_at_every_quality_through_our_broker(string version)
    {
        await using var broker = await TestBroker.StartAsync();

        var heard = await ChildProcess.RunAsync("node", Path.Combine(npm.Folder, "client.mjs"), "mqtt://127.0.0.1:" + broker.Port.ToString(CultureInfo.InvariantCulture), version);

        Assert.Equal("npm/0 chào\nnpm/1 chào\nnpm/2 chào\n", heard);
    }

    [Fact]
    public async Task Reads_every_packet_we_write_and_writes_every_packet_we_read()
    {
        await using var peer = ChildProcess.Start("node", Path.Combine(npm.Folder, "packets.mjs"));
        var compared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in Enum.GetValues<MqttProtocolVersion>())
        {
            foreach (var packet in Samples.TypesOf(version).SelectMany(type => PeerSamples.Of(type, version, PacketsOfAType)))
            {
                await CompareAsync(peer, packet, version);
                compared.UnionWith(PropertiesOf(packet));
            }
        }

        // Nothing was left out by chance: each property in each packet that may carry it.
        Assert.Empty(PropertiesOfTheStandard().Except(compared));
    }

    private static async Task CompareAsync(ChildProcess peer, Packet packet, MqttProtocolVersion version)
    {
        var form = MqttPacketForm.Of(packet, version);
        var ours = Convert.ToHexStringLower(PacketEncoder.Encode(packet, version).Memory.Span);
        await peer.WriteLineAsync(new JsonObject { ["version"] = (int)version, ["hex"] = ours, ["packet"] = form.DeepClone() }.ToJsonString());
        var answer = JsonNode.Parse((await peer.ReadLineAsync())!)!.AsObject();

        Assert.False(answer.ContainsKey("error"), $"{answer["error"]}: {form.ToJsonString()}");
        Assert.True(JsonNode.DeepEquals(form, answer["parsed"]), $"We wrote\n{form.ToJsonString()}\nthey read\n{answer["parsed"]!.ToJsonString()}");
        Assert.True(Frame.TryRead(Convert.FromHexString((string)answer["hex"]!), int.MaxValue, out var frame, out _));
        var read = MqttPacketForm.Of(PacketDecoder.Decode(frame, version), version);
        Assert.True(JsonNode.DeepEquals(form, read), $"They wrote\n{form.ToJsonString()}\nwe read\n{read.ToJsonString()}");
    }

    private static IEnumerable<string> PropertiesOf(Packet packet)
    {
        var own = MqttPacketForm.Of(packet, MqttProtocolVersion.V5)["properties"] as JsonObject ?? [];
        var wills = packet is ConnectPacket { Will.Properties: { } will } ? MqttPacketForm.Of(new PingReqPacket { Properties = will }, MqttProtocolVersion.V5)["properties"] as JsonObject ?? [] : [];
        return [.. own.Select(p => $"{packet.Type} {p.Key}".ToUpperInvariant()), .. wills.Select(p => $"{PacketType.Will} {p.Key}".ToUpperInvariant())];
    }

    private static IEnumerable<string> PropertiesOfTheStandard() =>
        from type in Samples.TypesOf(MqttProtocolVersion.V5).Append(PacketType.Will)
        from id in Enum.GetValues<PropertyId>()
        where PropertyCodec.IsAllowed(id, type)
        let name = id switch { PropertyId.PayloadFormat => "payloadFormatIndicator", PropertyId.UserProperty => "userProperties", _ => id.ToString() }
        select $"{type} {name}".ToUpperInvariant();
}
