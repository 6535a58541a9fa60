using System.Text;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>What a broker says in CONNACK binds the client.</summary>
public class C05_Broker_terms
{
    private static readonly MqttMessage Once = new("a", "x"u8.ToArray()) { QualityOfService = MqttQualityOfService.AtLeastOnce };

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_broker_does_not_take_is_refused_before_it_is_sent()
    {
        var terms = new PacketProperties { MaximumQoS = 1, RetainAvailable = false, MaximumPacketSize = 100, AssignedClientIdentifier = "given" };
        await using var broker = await FakeBroker.StartAsync(peer => GreetAsync(peer, terms, async () =>
        {
            // Nothing came before the farewell.
            await peer.ReceiveAsync<DisconnectPacket>();
        }));
        await using var client = await ConnectAsync(broker);

        var quality = await Assert.ThrowsAsync<MqttRefusedException>(() => client.PublishAsync(Once with { QualityOfService = MqttQualityOfService.ExactlyOnce }, Ct));
        var retain = await Assert.ThrowsAsync<MqttRefusedException>(() => client.PublishAsync(Once with { Retain = true }, Ct));
        var size = await Assert.ThrowsAsync<MqttRefusedException>(() => client.PublishAsync(Once with { Payload = new byte[100] }, Ct));

        Assert.Equal([MqttReasonCode.QoSNotSupported, MqttReasonCode.RetainNotSupported, MqttReasonCode.PacketTooLarge], new[] { quality, retain, size }.Select(e => e.ReasonCode));
        Assert.Equal("given", client.ClientId);
    }

    [Fact]
    public async Task No_more_is_under_way_than_the_broker_takes()
    {
        await using var broker = await FakeBroker.StartAsync(peer => GreetAsync(peer, new PacketProperties { ReceiveMaximum = 2 }, async () =>
        {
            var first = await peer.ReceiveAsync<PublishPacket>();
            var second = await peer.ReceiveAsync<PublishPacket>();

            // The third is not under way: this one, published after it, comes first.
            Assert.Equal("later", (await peer.ReceiveAsync<PublishPacket>()).Topic);
            await peer.SendAsync(new AckPacket(PacketType.PubAck, first.PacketId));
            var third = await peer.ReceiveAsync<PublishPacket>();
            await peer.SendAsync(new AckPacket(PacketType.PubAck, second.PacketId));
            await peer.SendAsync(new AckPacket(PacketType.PubAck, third.PacketId));
            await peer.ReceiveAsync<DisconnectPacket>();
        }));
        await using var client = await ConnectAsync(broker);

        var published = Task.WhenAll(client.PublishAsync(Once, Ct), client.PublishAsync(Once, Ct), client.PublishAsync(Once, Ct));
        await client.PublishAsync(new MqttMessage("later", default), Ct);
        await published.WaitAsync(Ct);
    }

    [Fact]
    public async Task What_is_repeated_after_a_reconnect_is_no_more_at_a_time_than_the_broker_takes_now()
    {
        var ids = new List<ushort>();
        await using var broker = await FakeBroker.StartAsync(
            peer => GreetAsync(peer, new PacketProperties(), async () =>
            {
                for (var i = 0; i < 4; i++)
                {
                    ids.Add((await peer.ReceiveAsync<PublishPacket>()).PacketId);
                }

                await peer.SendAsync(new AckPacket(PacketType.PubRec, ids[0]));
                Assert.Equal(PacketType.PubRel, (await peer.ReceiveAsync<AckPacket>()).Type);
            }),
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(true, MqttReasonCode.Success) { Properties = new PacketProperties { ReceiveMaximum = 1 } });
                var released = await peer.ReceiveAsync<AckPacket>();
                Assert.Equal((PacketType.PubRel, ids[0]), (released.Type, released.PacketId));

                // Nothing else is under way: this one, published after the reconnect, comes first.
                Assert.Equal("later", (await peer.ReceiveAsync<PublishPacket>()).Topic);
                await peer.SendAsync(new AckPacket(PacketType.PubComp, ids[0]));
                for (var i = 1; i < 4; i++)
                {
                    var repeated = await peer.ReceiveAsync<PublishPacket>();
                    Assert.Equal((ids[i], true), (repeated.PacketId, repeated.Duplicate));
                    await peer.SendAsync(new AckPacket(PacketType.PubAck, ids[i]));
                }

                var last = await peer.ReceiveAsync<PublishPacket>();
                Assert.False(last.Duplicate);
                await peer.SendAsync(new AckPacket(PacketType.PubAck, last.PacketId));
                await peer.ReceiveAsync<DisconnectPacket>();
            });
        await using var client = new MqttClient(Options(broker) with { FirstReconnectDelay = TimeSpan.FromMilliseconds(20) });
        var connected = 0;
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () =>
        {
            if (Interlocked.Increment(ref connected) == 2)
            {
                again.SetResult();
            }
        };
        var published = new List<Task> { client.PublishAsync(Once with { QualityOfService = MqttQualityOfService.ExactlyOnce }, Ct) };
        published.AddRange(Enumerable.Range(0, 3).Select(_ => client.PublishAsync(Once, Ct)));
        await client.StartAsync(Ct);
        await again.Task.WaitAsync(Soon, Ct);

        await client.PublishAsync(new MqttMessage("later", default), Ct);
        published.Add(client.PublishAsync(Once, Ct));
        await Task.WhenAll(published).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task Topics_are_shortened_as_far_as_the_broker_takes_it()
    {
        await using var broker = await FakeBroker.StartAsync(peer => GreetAsync(peer, new PacketProperties { TopicAliasMaximum = 1 }, async () =>
        {
            var seen = new List<(string, ushort?, string)>();
            for (var i = 0; i < 4; i++)
            {
                var packet = await peer.ReceiveAsync<PublishPacket>();
                seen.Add((packet.Topic, packet.Properties?.TopicAlias, Encoding.UTF8.GetString(packet.Payload.Span)));
            }

            Assert.Equal([("a", 1, "1"), ("", 1, "2"), ("b", null, "3"), ("", 1, "4")], seen);
            await peer.ReceiveAsync<DisconnectPacket>();
        }));
        await using var client = await ConnectAsync(broker);

        foreach (var (topic, text) in new[] { ("a", "1"), ("a", "2"), ("b", "3"), ("a", "4") })
        {
            await client.PublishAsync(new MqttMessage(topic, Encoding.UTF8.GetBytes(text)), Ct);
        }
    }

    [Fact]
    public async Task The_brokers_keep_alive_counts_and_a_silent_broker_is_left()
    {
        var time = new ManualTime();
        var pinged = new TaskCompletionSource();
        await using var broker = await FakeBroker.StartAsync(peer => GreetAsync(peer, new PacketProperties { ServerKeepAlive = 10 }, async () =>
        {
            await peer.ReceiveAsync<PingReqPacket>();
            pinged.SetResult();
            while (await peer.TryReceiveAsync() is PingReqPacket)
            {
                // It gets no answer.
            }
        }));
        await using var client = new MqttClient(Options(broker) with { KeepAlive = TimeSpan.FromHours(1) }, time);
        var end = new TaskCompletionSource();
        client.Disconnected += _ => end.TrySetResult();
        await StartAsync(client);

        // The clock may be moved before the client has begun to wait for it.
        while (!pinged.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }

        while (!end.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }
    }

    private static async Task GreetAsync(RawClient peer, PacketProperties terms, Func<Task> then)
    {
        await peer.ReceiveAsync<ConnectPacket>();
        await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success) { Properties = terms });
        await then();
    }

    private static MqttClientOptions Options(FakeBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port, FirstReconnectDelay = TimeSpan.FromMinutes(1) };

    private static async Task<MqttClient> ConnectAsync(FakeBroker broker)
    {
        var client = new MqttClient(Options(broker));
        await StartAsync(client);
        return client;
    }

    private static async Task StartAsync(MqttClient client)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () => connected.TrySetResult();
        await client.StartAsync(Ct);
        await connected.Task.WaitAsync(Ct);
    }
}
