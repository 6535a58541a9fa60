using System.Globalization;
using System.Text.Json;
using FsCheck.Fluent;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Peers;

/// <summary>npm's mqtt against our broker, and mqtt-packet against our codec.</summary>
public class Npm_mqtt(NpmPeers npm) : IClassFixture<NpmPeers>
{
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
    public async Task Reads_our_packets_and_writes_them_as_we_read_them()
    {
        var samples = Samples.ForPeers.Sample(300).ToList();
        await using var peer = ChildProcess.Start("node", Path.Combine(npm.Folder, "packets.mjs"));
        foreach (var (packet, version) in samples)
        {
            var ours = PacketEncoder.Encode(packet, version).Memory;
            await peer.WriteLineAsync(JsonSerializer.Serialize(new { version = (int)version, hex = Convert.ToHexStringLower(ours.Span) }));

            var theirs = await peer.ReadLineAsync();

            Assert.False(theirs!.StartsWith("error", StringComparison.Ordinal), $"{theirs}: {packet}");
            Assert.True(Frame.TryRead(Convert.FromHexString(theirs), int.MaxValue, out var frame, out _));
            Assert.Equal(JsonSerializer.Serialize(packet, packet.GetType()), JsonSerializer.Serialize(PacketDecoder.Decode(frame, version), packet.GetType()));
        }
    }
}
