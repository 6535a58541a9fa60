using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

public class C03_Bounds
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_consumer_stops_the_socket_and_loses_nothing_acknowledged()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var slow = new MqttClient(broker.ClientOptions("slow") with { MaxReceivedBytes = 50_000 });
        await slow.StartAsync(Ct);
        await slow.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);
        await using var speaker = new MqttClient(broker.ClientOptions("s"));
        await speaker.StartAsync(Ct);
        for (var i = 0; i < 100; i++)
        {
            await speaker.PublishAsync(new MqttMessage("a", new byte[5_000]) { QualityOfService = MqttQualityOfService.AtLeastOnce }, Ct);
        }

        Assert.InRange(slow.Messages.Count, 0, 12);
        for (var i = 0; i < 100; i++)
        {
            await slow.Messages.ReadAsync(Ct);
        }
    }

    [Fact]
    public async Task A_message_is_acknowledged_when_it_is_taken()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = new MqttClient(broker.ClientOptions("c") with { ReceiveMaximum = 1 });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("a", "1", MqttQualityOfService.AtLeastOnce);
        await speaker.PublishAsync("a", "2", MqttQualityOfService.AtLeastOnce);

        await client.Messages.WaitToReadAsync(Ct);
        Assert.Equal(1, client.Messages.Count);
        await client.Messages.ReadAsync(Ct);

        await client.Messages.ReadAsync(Ct);
    }

    [Fact]
    public async Task Off_line_nothing_is_promised_at_most_once_and_little_at_least_once()
    {
        await using var client = new MqttClient(new MqttClientOptions { MaxUnacknowledgedBytes = 10_000 });
        var message = new MqttMessage("a", new byte[3_000]);

        Assert.False(client.TryPublish(message));
        await Assert.ThrowsAsync<MqttNotConnectedException>(() => client.PublishAsync(message, Ct));
        var kept = 0;
        while (client.TryPublish(message with { QualityOfService = MqttQualityOfService.AtLeastOnce }))
        {
            kept++;
        }

        Assert.Equal(3, kept);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.PublishAsync(message with { QualityOfService = MqttQualityOfService.AtLeastOnce }, limit.Token));
    }

    [Fact]
    public async Task What_no_packet_can_hold_is_refused_off_line_too()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = new MqttClient(broker.ClientOptions("c"));
        var message = new MqttMessage("a", default) { QualityOfService = MqttQualityOfService.AtLeastOnce };

        await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync(message with { ContentType = new string('x', 70_000) }, Ct));

        await client.StartAsync(Ct);
        await client.PublishAsync(message, Ct).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task What_the_broker_turns_out_not_to_take_does_not_hold_up_the_rest()
    {
        await using var broker = await TestBroker.StartAsync(options => options.MaxPacketSize = 10_000);
        await using var client = new MqttClient(broker.ClientOptions("c"));
        var message = new MqttMessage("a", new byte[9_990]) { QualityOfService = MqttQualityOfService.AtLeastOnce };
        var large = client.PublishAsync(message with { ContentType = "audio/basic" }, Ct);
        var small = client.PublishAsync(message with { Payload = new byte[10] }, Ct);

        await client.StartAsync(Ct);

        Assert.Equal(MqttReasonCode.PacketTooLarge, (await Assert.ThrowsAsync<MqttRefusedException>(() => large.WaitAsync(Soon, Ct))).ReasonCode);
        await small.WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task Who_waits_to_send_at_most_once_can_be_called_off()
    {
        await using var broker = await StalledBroker.StartAsync();
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, MaxQueuedBytes = 80_000_000 });
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () => connected.TrySetResult();
        await client.StartAsync(Ct);
        await connected.Task.WaitAsync(Soon, Ct);
        // Less than half of what may wait, more than sockets hold; with the next it would be too much.
        Assert.True(client.TryPublish(new MqttMessage("a", new byte[32_000_000])));
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var waiting = Task.Run(() => client.PublishAsync(new MqttMessage("a", new byte[60_000_000]), limit.Token), Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon, Ct));
    }

    [Fact]
    public async Task A_slow_consumer_does_not_take_the_brokers_silence_for_its_death()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync();
        await using var client = new MqttClient(broker.ClientOptions("c") with { MaxReceivedBytes = 1_000, KeepAlive = TimeSpan.FromSeconds(20) }, time);
        var ended = false;
        client.Disconnected += _ => ended = true;
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("a", new string('x', 2_000));
        await client.Messages.WaitToReadAsync(Ct);

        for (var second = 0; second < 60; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await client.Messages.ReadAsync(Ct);
        await client.SubscribeAsync("b", MqttQualityOfService.AtMostOnce, Ct).WaitAsync(Soon, Ct);
        Assert.False(ended);
    }

    [Fact]
    public async Task A_refused_operation_fails_with_the_brokers_reason()
    {
        await using var broker = await TestBroker.StartAsync(authorizer: new NoSecrets());
        await using var client = new MqttClient(broker.ClientOptions("c"));
        await client.StartAsync(Ct);

        var subscription = await Assert.ThrowsAsync<MqttRefusedException>(() => client.SubscribeAsync("secret", MqttQualityOfService.AtMostOnce, Ct));
        var publish = await Assert.ThrowsAsync<MqttRefusedException>(
            () => client.PublishAsync(new MqttMessage("secret", default) { QualityOfService = MqttQualityOfService.AtLeastOnce }, Ct));

        Assert.Equal((MqttReasonCode.NotAuthorized, MqttReasonCode.NotAuthorized), (subscription.ReasonCode, publish.ReasonCode));
        await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync(new MqttMessage("a/#", default), Ct));
    }

    [Fact]
    public async Task A_broker_that_breaks_the_protocol_is_left()
    {
        await using var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            await peer.SendAsync(0x36, 0);
        });
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port });
        var end = new TaskCompletionSource<MqttDisconnected>();
        client.Disconnected += d => end.TrySetResult(d);

        await client.StartAsync(Ct);

        Assert.IsType<MqttProtocolException>((await end.Task.WaitAsync(Ct)).Exception);
    }

    [Fact]
    public async Task What_goes_with_a_message_counts_too()
    {
        var inbox = new MessageInbox(10_000);
        var text = new string('x', 3_000);
        var small = new MqttMessage("a", default);
        MqttMessage[] large =
        [
            small with { ContentType = text + text },
            small with { ResponseTopic = text + text },
            small with { CorrelationData = new byte[10_000] },
            small with { UserProperties = [new(text, text)] },
            small with { UserProperties = [.. Enumerable.Repeat(new MqttUserProperty("", ""), 200)] },
            small with { SubscriptionIdentifiers = [.. Enumerable.Repeat(1u, 2_500)] },
        ];
        foreach (var message in large)
        {
            Assert.True(inbox.AddAsync(small, null, Ct).AsTask().IsCompletedSuccessfully);
            var adding = inbox.AddAsync(message, null, Ct).AsTask();
            Assert.False(adding.IsCompleted);
            await inbox.ReadAsync(Ct);
            await inbox.ReadAsync(Ct);
            await adding;
        }
    }

    [Fact]
    public async Task A_broker_that_sends_more_than_it_may_is_left()
    {
        await using var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            while (await peer.TryReceiveAsync() is AckPacket)
            {
                // Until the test ends.
            }
        });
        var options = new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, ReceiveMaximum = 2, TopicAliasMaximum = 3 };
        using var connection = await ClientConnection.OpenAsync(options, cleanStart: true, TimeProvider.System, Ct);
        var inbox = new MessageInbox(10_000);
        var received = new ReceivedPackets(inbox, [], connection, () => connection, options);

        // As much as it may, again and again.
        for (ushort id = 1; id < 20; id += 2)
        {
            await received.AddAsync(Packet(MqttQualityOfService.AtLeastOnce, id, alias: 3), Ct);
            await received.AddAsync(Packet(MqttQualityOfService.ExactlyOnce, (ushort)(id + 1), alias: 1), Ct);
            await inbox.ReadAsync(Ct);
            await inbox.ReadAsync(Ct);
            received.Release((ushort)(id + 1));
        }

        var alias = await Assert.ThrowsAsync<MqttProtocolException>(() => received.AddAsync(Packet(MqttQualityOfService.AtMostOnce, 0, alias: 4), Ct).AsTask());
        await received.AddAsync(Packet(MqttQualityOfService.ExactlyOnce, 21, alias: null), Ct);
        await received.AddAsync(Packet(MqttQualityOfService.AtLeastOnce, 22, alias: null), Ct);
        await received.AddAsync(Packet(MqttQualityOfService.AtMostOnce, 0, alias: null), Ct);
        var third = await Assert.ThrowsAsync<MqttProtocolException>(() => received.AddAsync(Packet(MqttQualityOfService.AtLeastOnce, 23, alias: null), Ct).AsTask());

        Assert.Equal((MqttReasonCode.TopicAliasInvalid, MqttReasonCode.ReceiveMaximumExceeded), (alias.ReasonCode, third.ReasonCode));

        static PublishPacket Packet(MqttQualityOfService quality, ushort id, ushort? alias) =>
            new("a", default, quality, id) { Properties = new PacketProperties { TopicAlias = alias } };
    }

    private sealed class NoSecrets : IMqttAuthorizer
    {
        public bool MayPublish(MqttPeer peer, string topic) => topic != "secret";

        public bool MaySubscribe(MqttPeer peer, string filter) => filter != "secret";
    }
}
