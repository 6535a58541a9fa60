using System.Text;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>A broker in a process of its own is killed with SIGKILL and started again on the same file.</summary>
public sealed class B14_Durability : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mqtt-store-");

    private string Store => Path.Combine(_folder.FullName, "mqtt.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttQualityOfService.ExactlyOnce)]
    public async Task Sessions_messages_and_retained_messages_survive_kill_9(MqttQualityOfService quality)
    {
        await using (var broker = await BrokerProcess.StartAsync(Store))
        {
            using var away = await broker.ConnectRawAsync();
            await away.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
            await away.SubscribeAsync(new MqttSubscription("a/#", quality), identifier: 7);
            away.Dispose();
            using var speaker = await broker.ConnectRawAsync();
            await speaker.GreetAsync("s");
            await speaker.PublishAsync("a/1", "one", quality, properties: new PacketProperties { ContentType = "t" });
            await speaker.PublishAsync("a/2", "two", quality, retain: true);
            await speaker.PublishAsync("gone", "x", quality, retain: true);
            await speaker.PublishAsync("gone", "", quality, retain: true);
            await broker.KillAsync();
        }

        await using var again = await BrokerProcess.StartAsync(Store);
        using var back = await again.ConnectRawAsync();
        Assert.True((await back.GreetAsync("c", cleanStart: false, sessionExpiry: 1000)).SessionPresent);
        var one = await back.ExpectAsync("one");
        Assert.Equal(("t", 7u), (one.Properties!.ContentType, one.Properties.SubscriptionIdentifiers[0]));
        await back.ExpectAsync("two");

        using var curious = await again.ConnectRawAsync();
        await curious.GreetAsync("x");
        await curious.SubscribeAsync("a/#");
        Assert.True((await curious.ExpectAsync("two")).Retain);
        await curious.SubscribeAsync("gone");
        await curious.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_session_that_has_ended_leaves_nothing_to_the_next_of_its_name()
    {
        await using (var broker = await BrokerProcess.StartAsync(Store))
        {
            using (var other = await broker.ConnectRawAsync())
            {
                await other.GreetAsync("other", sessionExpiry: 1000);
                await other.SubscribeAsync("gone", MqttQualityOfService.AtLeastOnce);
            }

            using var witness = await broker.ConnectRawAsync();
            await witness.GreetAsync("witness");
            await witness.SubscribeAsync("gone");
            using (var doomed = await broker.ConnectRawAsync())
            {
                var will = new Will("gone", "bye"u8.ToArray(), MqttQualityOfService.AtLeastOnce, Retain: false) { Properties = new PacketProperties { WillDelayInterval = 1000 } };
                await doomed.GreetAsync("c", sessionExpiry: 1, with: c => c with { Will = will });
                await doomed.SubscribeAsync("gone", MqttQualityOfService.AtLeastOnce);
            }

            await witness.ExpectAsync("bye");
            using var next = await broker.ConnectRawAsync();
            Assert.False((await next.GreetAsync("c", cleanStart: false, sessionExpiry: 1000)).SessionPresent);
            await next.SubscribeAsync("else", MqttQualityOfService.AtLeastOnce);
            await broker.KillAsync();
        }

        await using var again = await BrokerProcess.StartAsync(Store);
        using var back = await again.ConnectRawAsync();
        Assert.True((await back.GreetAsync("c", cleanStart: false, sessionExpiry: 1000)).SessionPresent);
        await back.ExpectSilenceAsync();
    }

    [Fact]
    public async Task What_was_acknowledged_or_ended_does_not_come_back()
    {
        await using (var broker = await BrokerProcess.StartAsync(Store))
        {
            using var client = await broker.ConnectRawAsync();
            await client.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
            await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce);
            using var speaker = await broker.ConnectRawAsync();
            await speaker.GreetAsync("s");
            await speaker.PublishAsync("a", "done", MqttQualityOfService.AtLeastOnce);
            await client.SendAsync(new AckPacket(PacketType.PubAck, (await client.ExpectAsync("done")).PacketId));
            using var ended = await broker.ConnectRawAsync();
            await ended.GreetAsync("e", cleanStart: false, sessionExpiry: 1000);
            await ended.SendAsync(new DisconnectPacket(MqttReasonCode.Success) { Properties = new PacketProperties { SessionExpiryInterval = 0 } });
            Assert.Null(await ended.TryReceiveAsync());

            // An answered subscription was written after all of that.
            await client.SubscribeAsync("b", MqttQualityOfService.AtLeastOnce);
            await broker.KillAsync();
        }

        await using var again = await BrokerProcess.StartAsync(Store);
        using var back = await again.ConnectRawAsync();
        Assert.True((await back.GreetAsync("c", cleanStart: false, sessionExpiry: 1000)).SessionPresent);
        await back.ExpectSilenceAsync();
        using var fresh = await again.ConnectRawAsync();
        Assert.False((await fresh.GreetAsync("e", cleanStart: false)).SessionPresent);
    }

    [Fact]
    public async Task Wills_survive_kill_9_and_are_published_when_the_client_stays_away()
    {
        await using (var broker = await BrokerProcess.StartAsync(Store))
        {
            using var brief = await ConnectWithWillAsync(broker, "brief", sessionExpiry: 0, delay: 0);
            using var lasting = await ConnectWithWillAsync(broker, "lasting", sessionExpiry: 1000, delay: 60);
            using var back = await ConnectWithWillAsync(broker, "back", sessionExpiry: 0, delay: 0);
            using var polite = await ConnectWithWillAsync(broker, "polite", sessionExpiry: 1000, delay: 0);
            await polite.SendAsync(new DisconnectPacket(MqttReasonCode.Success));
            Assert.Null(await polite.TryReceiveAsync());
            using var vanished = await ConnectWithWillAsync(broker, "vanished", sessionExpiry: 1000, delay: 20);
            await vanished.SendAsync(new DisconnectPacket(MqttReasonCode.DisconnectWithWill));
            Assert.Null(await vanished.TryReceiveAsync());

            // An answered subscription was written after all of that.
            using var last = await broker.ConnectRawAsync();
            await last.GreetAsync("last", cleanStart: false, sessionExpiry: 1000);
            await last.SubscribeAsync("b", MqttQualityOfService.AtLeastOnce);
            await broker.KillAsync();
        }

        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var again = await TestBroker.StartAsync(o => (o.StorePath, o.WillGraceAfterCrash) = (Store, TimeSpan.FromSeconds(30)), time: time);
        using var listener = await again.ConnectRawAsync();
        await listener.GreetAsync("listener");
        await listener.SubscribeAsync("will/#");
        using var returned = await again.ConnectRawAsync();
        Assert.False((await returned.GreetAsync("back", cleanStart: false)).SessionPresent);
        await listener.ExpectSilenceAsync();

        time.Advance(TimeSpan.FromSeconds(21));
        await listener.ExpectAsync("vanished");
        await listener.ExpectSilenceAsync();

        time.Advance(TimeSpan.FromSeconds(10));
        await listener.ExpectAsync("brief");
        await listener.ExpectSilenceAsync();

        time.Advance(TimeSpan.FromSeconds(30));
        await listener.ExpectAsync("lasting");
        await listener.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_will_whose_delay_is_over_when_the_broker_is_back_is_published_then_and_only_once()
    {
        await using (var broker = await BrokerProcess.StartAsync(Store))
        {
            using var vanished = await ConnectWithWillAsync(broker, "vanished", sessionExpiry: 1000, delay: 20);
            await vanished.SendAsync(new DisconnectPacket(MqttReasonCode.DisconnectWithWill));
            Assert.Null(await vanished.TryReceiveAsync());
            using var listener = await broker.ConnectRawAsync();
            await listener.GreetAsync("listener", cleanStart: false, sessionExpiry: 1000);
            await listener.SubscribeAsync("will/#", MqttQualityOfService.AtLeastOnce);
            await broker.KillAsync();
        }

        var time = new ManualTime(DateTimeOffset.UtcNow + TimeSpan.FromSeconds(25));
        await using (var again = await TestBroker.StartAsync(o => o.StorePath = Store, time: time))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            using var listener = await again.ConnectRawAsync();
            Assert.True((await listener.GreetAsync("listener", cleanStart: false, sessionExpiry: 1000)).SessionPresent);
            var will = await listener.ExpectAsync("vanished");
            await listener.SendAsync(new AckPacket(PacketType.PubAck, will.PacketId));
            await listener.ExpectSilenceAsync();
        }

        await using var third = await TestBroker.StartAsync(o => o.StorePath = Store, time: time);
        time.Advance(TimeSpan.FromSeconds(1));
        using var later = await third.ConnectRawAsync();
        await later.GreetAsync("listener", cleanStart: false, sessionExpiry: 1000);
        await later.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_receiver_at_exactly_once_is_asked_with_the_same_packet_identifier()
    {
        ushort packetId;
        await using (var broker = await BrokerProcess.StartAsync(Store))
        {
            using var client = await broker.ConnectRawAsync();
            await client.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
            await client.SubscribeAsync("a", MqttQualityOfService.ExactlyOnce);
            using var speaker = await broker.ConnectRawAsync();
            await speaker.GreetAsync("s");
            await speaker.PublishAsync("a", "once", MqttQualityOfService.ExactlyOnce);
            packetId = (await client.ExpectAsync("once")).PacketId;
            await client.SendAsync(new AckPacket(PacketType.PubRec, packetId));
            Assert.Equal(PacketType.PubRel, (await client.ReceiveAsync<AckPacket>()).Type);
            await client.SubscribeAsync("b");
            await broker.KillAsync();
        }

        await using var again = await BrokerProcess.StartAsync(Store);
        using var back = await again.ConnectRawAsync();
        await back.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
        var release = await back.ReceiveAsync<AckPacket>();
        Assert.Equal((PacketType.PubRel, packetId), (release.Type, release.PacketId));
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttQualityOfService.ExactlyOnce)]
    public async Task What_was_under_way_comes_again_after_kill_9_as_a_duplicate_of_the_same_number_and_new_messages_have_other_numbers(MqttQualityOfService quality)
    {
        ushort packetId;
        await using (var broker = await BrokerProcess.StartAsync(Store))
        {
            using var client = await broker.ConnectRawAsync();
            await client.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
            await client.SubscribeAsync("a", quality);
            using var speaker = await broker.ConnectRawAsync();
            await speaker.GreetAsync("s");
            await speaker.PublishAsync("a", "done", quality);
            await AcknowledgeAsync(client, await client.ExpectAsync("done"));
            await speaker.PublishAsync("a", "1", quality);
            packetId = (await client.ExpectAsync("1")).PacketId;
            await client.SubscribeAsync("b");
            await broker.KillAsync();
        }

        await using var again = await BrokerProcess.StartAsync(Store);
        using var back = await again.ConnectRawAsync();
        await back.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
        var repeated = await back.ExpectAsync("1");
        Assert.Equal((packetId, true), (repeated.PacketId, repeated.Duplicate));
        using var later = await again.ConnectRawAsync();
        await later.GreetAsync("s");
        await later.PublishAsync("a", "2", quality);
        var next = await back.ExpectAsync("2");
        Assert.True(next.PacketId > packetId && !next.Duplicate);
    }

    private static async Task AcknowledgeAsync(RawClient client, PublishPacket message)
    {
        if (message.QualityOfService == MqttQualityOfService.AtLeastOnce)
        {
            await client.SendAsync(new AckPacket(PacketType.PubAck, message.PacketId));
            return;
        }

        await client.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
        Assert.Equal(PacketType.PubRel, (await client.ReceiveAsync<AckPacket>()).Type);
        await client.SendAsync(new AckPacket(PacketType.PubComp, message.PacketId));
    }

    private static async Task<RawClient> ConnectWithWillAsync(BrokerProcess broker, string clientId, uint sessionExpiry, uint delay)
    {
        var client = await broker.ConnectRawAsync();
        await client.GreetAsync(clientId, sessionExpiry: sessionExpiry, with: c => c with
        {
            Will = new Will("will/" + clientId, Encoding.UTF8.GetBytes(clientId), MqttQualityOfService.AtLeastOnce, Retain: false)
            {
                Properties = new PacketProperties { WillDelayInterval = delay },
            },
        });
        return client;
    }
}
