using MQTTnet.Packets;
using SmartRadio.Mqtt.Tests.Setting;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>
/// A broker that announces more than it may. Nothing runs beside these tests, for they count what is allocated.
/// </summary>
[Collection(nameof(LinkFenceTests))]
[CollectionDefinition(nameof(LinkFenceTests), DisableParallelization = true)]
public sealed class LinkFenceTests : IDisposable
{
    /// <summary>Far less than the 268,435,455 bytes that are announced, far more than a connection takes.</summary>
    private const long MostAllocated = 32 * 1024 * 1024;

    private readonly FakeBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    /// <summary>A PUBLISH, a PINGRESP and a CONNACK of 268,435,455 bytes (MQTT 5, 1.5.5), and a length of five bytes.</summary>
    [Theory]
    [InlineData("30FFFFFF7F000161")]
    [InlineData("D0FFFFFF7F")]
    [InlineData("20FFFFFF7F")]
    [InlineData("30FFFFFFFF01")]
    public async Task Too_long_an_announcement_ends_the_connection_and_takes_no_memory(string bytes)
    {
        var before = GC.GetTotalAllocatedBytes();
        await using var link = new TestLink(_broker.Port);
        using (var stranger = await _broker.AcceptAsync())
        {
            await stranger.SendAsync(Convert.FromHexString(bytes));
            await stranger.ReceiveUntilClosedAsync();
        }

        using var hostile = await _broker.LetInAsync();
        await link.IsUpAsync();
        await hostile.SendAsync(Convert.FromHexString(bytes));
        await hostile.ReceiveUntilClosedAsync();

        using var good = await _broker.LetInAsync();
        await link.IsUpAsync();
        Assert.NotEmpty(link.Log.That("A packet of more than 1048576 bytes is announced."));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostAllocated);
    }

    [Fact]
    public async Task A_packet_of_1_MiB_is_told_to_the_broker_as_the_largest_and_taken()
    {
        await using var link = new TestLink(_broker.Port);
        using var peer = await _broker.AcceptAsync();
        Assert.Equal(1024u * 1024, (await peer.ReceiveAsync<MqttConnectPacket>()).MaximumPacketSize);
        await peer.SendAsync(new MqttConnAckPacket());
        var payload = new byte[1_048_000];

        await peer.SendAsync(peer.Publish("large", payload));

        Assert.Equal(payload, (await link.NextAsync()).Payload.ToArray());
        // The link reads its length and closes, maybe before all of it is sent.
        var larger = peer.SendAsync(peer.Publish("larger", new byte[1024 * 1024]));
        await link.IsDownAsync();
        await larger.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
