using System.Buffers;
using System.Buffers.Binary;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>A reader that does not read: what waits for it is bounded, and others lose nothing.</summary>
public sealed class PendingBoundsTests
{
    private const int Size = 10_000;

    /// <summary>More than the kernel and Kestrel take for a reader that does not read.</summary>
    private const int Many = 1500;

    [Fact]
    public async Task Messages_at_QoS_1_are_dropped_beyond_MaxPending()
    {
        var limits = new SessionLimits(MaxKeepAlive: 0, MaxPending: 8, MaxPendingBytes: int.MaxValue);
        await using var broker = await TestBroker.StartAsync(limits: limits);
        using var reader = await StalledAsync(broker, "reader");

        await PublishAsync(broker, Many, MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(8 * Size, broker.Metrics.PendingBytes);
        var read = await ReadAllAsync(broker, reader);
        Assert.Equal(Enumerable.Range(0, read.Count), read);
        Assert.Equal(0, broker.Metrics.PendingBytes);
    }

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    public async Task Messages_are_dropped_beyond_MaxPendingBytes(MqttQualityOfServiceLevel quality)
    {
        var limits = new SessionLimits(
            MaxKeepAlive: 0, MaxPending: int.MaxValue, MaxPendingAtQos0: int.MaxValue, MaxPendingBytes: 5 * Size);
        await using var broker = await TestBroker.StartAsync(limits: limits);
        using var reader = await StalledAsync(broker, "reader");

        await PublishAsync(broker, Many, quality);

        Assert.InRange(broker.Metrics.PendingBytes, 4 * Size, 5 * Size);
        Assert.True(broker.Metrics.Dropped > 0);
    }

    [Theory]
    [InlineData(4, 256, 192 * 1024)]
    [InlineData(32, 256, 100 * 1024)]
    [InlineData(32, 16, 192 * 1024)]
    public async Task Oldest_messages_at_QoS_0_are_dropped(int maxAtQos0, int maxPending, int maxBytes)
    {
        var limits = new SessionLimits(
            MaxKeepAlive: 0, MaxPendingAtQos0: maxAtQos0, MaxPending: maxPending, MaxPendingBytes: maxBytes);
        await using var broker = await TestBroker.StartAsync(limits: limits);
        using var reader = await StalledAsync(broker, "reader");

        await PublishAsync(broker, Many, MqttQualityOfServiceLevel.AtMostOnce);
        var read = await ReadAllAsync(broker, reader);

        // What is being sent when the reader stops counts too: one turn of 32 KiB.
        const int turn = (32 * 1024 / Size) + 1;
        var least = new[] { maxAtQos0, maxPending - turn, (maxBytes / Size) - turn }.Min();
        Assert.Equal(Enumerable.Range(Many - least, least), read.TakeLast(least));
        Assert.True(broker.Metrics.Dropped > 0);
        Assert.Equal(read.Order(), read);
    }

    [Fact]
    public async Task Sound_does_not_push_out_a_command_and_both_stay_in_order()
    {
        await using var broker = await TestBroker.StartAsync(limits: new SessionLimits(MaxKeepAlive: 0, MaxPendingAtQos0: 4));
        using var reader = await StalledAsync(broker, "reader");
        using var speaker = await broker.SignInAsync("speaker");
        await PublishAsync(broker, Many, MqttQualityOfServiceLevel.AtMostOnce);

        await speaker.SendAsync(
            Numbered(speaker, Many, MqttQualityOfServiceLevel.AtLeastOnce),
            Numbered(speaker, Many + 1, MqttQualityOfServiceLevel.AtMostOnce));
        await speaker.ReceiveAsync<MqttPubAckPacket>();

        Assert.Equal([Many, Many + 1], (await ReadAllAsync(broker, reader, Many + 2)).TakeLast(2));
    }

    [Fact]
    public async Task All_that_wait_are_bounded_together_but_nobody_is_left_without()
    {
        await using var broker = await TestBroker.StartAsync(options => options.MaxPendingBytes = 10 * Size);
        using var first = await StalledAsync(broker, "first");
        using var second = await StalledAsync(broker, "second");
        using var third = await StalledAsync(broker, "third");

        await PublishAsync(broker, Many, MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.InRange(broker.Metrics.PendingBytes, 9 * Size, 12 * Size);
        foreach (var reader in new[] { first, second, third })
        {
            Assert.Equal(0, Number(await reader.ReceiveAsync<MqttPublishPacket>()));
        }
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Stalled_reader_costs_300_KB_when_76_MiB_are_offered_and_harms_nobody(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        using var stalled = await StalledAsync(broker, "stalled", version);
        using var good = await broker.SignInAsync("good");
        await good.SubscribeAsync("a");
        using var speaker = await broker.SignInAsync("speaker");
        const int Offered = 76 * 1024 * 1024 / 60_000;
        for (var i = 0; i < Offered; i++)
        {
            await speaker.SendAsync(Numbered(speaker, i, MqttQualityOfServiceLevel.AtLeastOnce, 60_000));
            Assert.Equal(i, Number(await good.ReceiveAsync<MqttPublishPacket>()));
            await speaker.ReceiveAsync<MqttPubAckPacket>();
        }

        await Poll.UntilAsync("little waits", () => broker.Metrics.PendingBytes <= 300_000);
        Assert.True(broker.Metrics.PendingBytes > 0);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task All_is_counted_back_when_the_client_is_gone(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        var stalled = await StalledAsync(broker, "stalled", version);
        await PublishAsync(broker, Many, MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.True(broker.Metrics.PendingBytes > 0);

        stalled.Dispose();

        await Poll.UntilAsync("nothing waits", () => (broker.Metrics.PendingBytes, broker.Metrics.Connected) == (0, 0));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Reader_that_never_reads_again_frees_its_connection(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync(
            options => (options.MaxConnections, options.SignInTimeout) = (2, TimeSpan.FromSeconds(1)));
        using var stalled = await broker.SignInAsync("stalled", version, keepAlive: 1);
        await stalled.SubscribeAsync("a");
        await PublishAsync(broker, Many, MqttQualityOfServiceLevel.AtLeastOnce);

        await stalled.IsResetAsync();
        using var first = await broker.SignInAsync("first");
        await Poll.UntilAsync("its place is free", async () => await TrySignInAsync(broker));
    }

    private static async Task<bool> TrySignInAsync(TestBroker broker)
    {
        using var client = await broker.OpenAsync();
        try
        {
            await client.SendAsync(RawClient.Connect("second"));
            return await client.TryReceiveAsync() is MqttConnAckPacket;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<RawClient> StalledAsync(
        TestBroker broker, string clientId, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var reader = await broker.SignInAsync(clientId, version);
        await reader.SubscribeAsync("a");
        return reader;
    }

    /// <summary>Publishes numbered messages, and returns when the broker is done with all.</summary>
    private static async Task PublishAsync(TestBroker broker, int count, MqttQualityOfServiceLevel quality)
    {
        using var speaker = await broker.SignInAsync("publisher");
        for (var i = 0; i < count; i++)
        {
            await speaker.SendAsync(Numbered(speaker, i, quality));
            if (quality != MqttQualityOfServiceLevel.AtMostOnce)
            {
                await speaker.ReceiveAsync<MqttPubAckPacket>();
            }
        }

        await speaker.PublishAsync("done", "");
        await speaker.SendAsync(new MqttDisconnectPacket());
        await speaker.ReceiveUntilClosedAsync();
    }

    private static MqttPublishPacket Numbered(RawClient speaker, int number, MqttQualityOfServiceLevel quality, int size = Size)
    {
        var payload = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        return speaker.Publish("a", payload, quality);
    }

    /// <summary>Reads until all that were not dropped have come.</summary>
    private static async Task<List<int>> ReadAllAsync(TestBroker broker, RawClient reader, int published = Many)
    {
        List<int> read = [];
        while (read.Count + broker.Metrics.Dropped < published)
        {
            read.Add(Number(await reader.ReceiveAsync<MqttPublishPacket>()));
        }

        return read;
    }

    private static int Number(MqttPublishPacket packet) =>
        BinaryPrimitives.ReadInt32BigEndian(packet.Payload.Slice(0, 4).ToArray());
}
