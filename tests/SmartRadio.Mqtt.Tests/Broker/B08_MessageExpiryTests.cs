using System.Net;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;
using SmartRadio.Mqtt.Transport;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B08_Message_expiry
{
    private static readonly PacketProperties TenSeconds = new() { MessageExpiryInterval = 10 };

    [Fact]
    public async Task What_grows_older_in_a_queue_counts_the_same_when_it_leaves()
    {
        var time = new ManualTime();
        var transport = new HeldTransport();
        var queue = new OutboundQueue(transport, () => 1_000_000, time);
        queue.Enqueue(PacketEncoder.Encode(new PingRespPacket(), MqttProtocolVersion.V5));
        await transport.Asked.Task;
        var message = new PublishPacket(new string('n', 60), "tin"u8.ToArray(), MqttQualityOfService.AtLeastOnce, 1) { Properties = TenSeconds };
        var expiresAt = time.GetUtcNow().ToUnixTimeMilliseconds() + 10_000;
        queue.Enqueue(PacketEncoder.EncodePublishHead(message, MqttProtocolVersion.V5, expiresAt), new Segment(SharedBuffer.Unpooled("tin"u8.ToArray())));

        time.Advance(TimeSpan.FromSeconds(3));
        transport.Let.SetResult();

        await queue.WaitUntilAtMostAsync(0, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(0, queue.Bytes);
    }

    [Fact]
    public async Task What_waits_for_an_absent_client_grows_older_and_expires()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using (var away = await broker.ConnectRawAsync())
        {
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
            await away.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce);
            await away.SendAsync(new DisconnectPacket(MqttReasonCode.Success));
            Assert.Null(await away.TryReceiveAsync());
        }

        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("a", "short", MqttQualityOfService.AtLeastOnce, properties: TenSeconds);
        await speaker.PublishAsync("a", "long", MqttQualityOfService.AtLeastOnce, properties: new PacketProperties { MessageExpiryInterval = 60 });
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(1, broker.Statistics.MessagesExpired);
        using var back = await broker.ConnectRawAsync();
        await back.GreetAsync("c", cleanStart: false, sessionExpiry: 100);
        Assert.Equal(40u, (await back.ExpectAsync("long")).Properties!.MessageExpiryInterval);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(11, false)]
    public async Task A_retained_message_expires(int seconds, bool stillThere)
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.PublishAsync("a", "kept", MqttQualityOfService.AtLeastOnce, retain: true, properties: TenSeconds);
        time.Advance(TimeSpan.FromSeconds(seconds));

        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce);

        if (stillThere)
        {
            Assert.Equal(5u, (await client.ExpectAsync("kept")).Properties!.MessageExpiryInterval);
        }

        await client.ExpectSilenceAsync();
    }

    public static TheoryData<string, MqttProtocolVersion, MqttQualityOfService, uint?, ushort> Ways => new()
    {
        { "shared encoding", MqttProtocolVersion.V5, MqttQualityOfService.AtMostOnce, null, 0 },
        { "subscription identifier", MqttProtocolVersion.V5, MqttQualityOfService.AtMostOnce, 7, 0 },
        { "topic alias", MqttProtocolVersion.V5, MqttQualityOfService.AtMostOnce, null, 10 },
        { "3.1.1", MqttProtocolVersion.V311, MqttQualityOfService.AtMostOnce, null, 0 },
        { "QoS 1", MqttProtocolVersion.V5, MqttQualityOfService.AtLeastOnce, null, 0 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_waits_in_a_connections_queue_grows_older_and_expires(
        string way, MqttProtocolVersion version, MqttQualityOfService quality, uint? identifier, ushort aliases)
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(o => o.MaxQueuedBytesPerClient = 64 * 1024 * 1024, time: time);
        using var reader = await broker.ConnectRawAsync(version);
        using var speaker = await broker.ConnectRawAsync();
        await reader.GreetAsync(way, with: c => aliases == 0 ? c : c with { Properties = new PacketProperties { TopicAliasMaximum = aliases } });
        await speaker.GreetAsync("s");
        await reader.SubscribeAsync(new MqttSubscription("a", quality), identifier);

        // More than sockets hold stands in front.
        var filler = new string('x', 1_000_000);
        for (var i = 0; i < 24; i++)
        {
            await speaker.PublishAsync("a", filler);
        }

        await speaker.PublishAsync("a", "short", quality, properties: TenSeconds);
        await speaker.PublishAsync("a", "long", quality, properties: new PacketProperties { MessageExpiryInterval = 60, ContentType = "t" });
        await speaker.PublishAsync("a", "for ever", quality, properties: new PacketProperties { ContentType = "t" });
        await speaker.ExpectSilenceAsync();
        time.Advance(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 24; i++)
        {
            await reader.ExpectAsync(filler);
        }

        if (quality == MqttQualityOfService.AtLeastOnce)
        {
            // Under way already: it is not taken back.
            Assert.Equal(1u, (await reader.ExpectAsync("short")).Properties!.MessageExpiryInterval);
        }

        var waited = await reader.ExpectAsync("long");
        var last = await reader.ExpectAsync("for ever");
        if (version == MqttProtocolVersion.V5)
        {
            Assert.Equal((40u, "t"), (waited.Properties!.MessageExpiryInterval, waited.Properties.ContentType));
            Assert.Equal((null, "t"), (last.Properties!.MessageExpiryInterval, last.Properties.ContentType));
        }
    }

    [Fact]
    public async Task One_message_reaches_each_reader_with_the_time_it_waited_for_that_reader()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(o => o.MaxQueuedBytesPerClient = 64 * 1024 * 1024, time: time);
        using var prompt = await broker.ConnectRawAsync();
        using var late = await broker.ConnectRawAsync();
        using var speaker = await broker.ConnectRawAsync();
        await prompt.GreetAsync("prompt");
        await late.GreetAsync("late");
        await speaker.GreetAsync("s");
        await prompt.SubscribeAsync("a");
        await late.SubscribeAsync("+");
        var filler = new string('x', 1_000_000);
        for (var i = 0; i < 24; i++)
        {
            await speaker.PublishAsync("filler", filler);
        }

        await speaker.PublishAsync("a", "both", properties: TenSeconds);
        Assert.Equal(10u, (await prompt.ExpectAsync("both")).Properties!.MessageExpiryInterval);
        time.Advance(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 24; i++)
        {
            await late.ExpectAsync(filler);
        }

        Assert.Equal(7u, (await late.ExpectAsync("both")).Properties!.MessageExpiryInterval);
    }

    /// <summary>Sends nothing until it is let.</summary>
    private sealed class HeldTransport : ByteTransport
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Let { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override EndPoint? RemoteEndPoint => null;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => ValueTask.FromResult(0);

        public override async ValueTask SendAsync(SendBatch batch)
        {
            Asked.TrySetResult();
            await Let.Task;
        }

        public override void Dispose()
        {
        }
    }
}
