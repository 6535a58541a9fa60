using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>Which sessions a client begins, keeps and leaves behind.</summary>
public class C08_Sessions
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocolVersion.V311, 0)]
    [InlineData(MqttProtocolVersion.V311, 3600)]
    [InlineData(MqttProtocolVersion.V5, 3600)]
    public async Task A_client_without_an_id_comes_back(MqttProtocolVersion version, int seconds)
    {
        var first = await TestBroker.StartAsync();
        var port = first.Port;
        await using var client = new MqttClient(first.ClientOptions("", version) with { SessionExpiryInterval = TimeSpan.FromSeconds(seconds) });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        await first.DisposeAsync();
        await using var second = await TestBroker.StartAsync(o => o.Port = port);

        await client.SubscribeAsync("b", MqttQualityOfService.AtLeastOnce, Ct).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task A_client_without_an_id_asks_for_no_session_that_outlives_the_connection()
    {
        var asked = new TaskCompletionSource<ConnectPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var broker = await FakeBroker.StartAsync(async peer => asked.SetResult(await peer.ReceiveAsync<ConnectPacket>()));
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, SessionExpiryInterval = TimeSpan.FromHours(1) });
        await client.StartAsync(Ct);

        Assert.Null((await asked.Task.WaitAsync(Soon, Ct)).Properties?.SessionExpiryInterval);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task A_session_that_is_not_to_be_kept_leaves_nothing_after_a_reconnect_either(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = new MqttClient(broker.ClientOptions("c", version));
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        using var thief = await broker.ConnectRawAsync(version);
        await thief.GreetAsync("c");
        await client.SubscribeAsync("b", MqttQualityOfService.AtLeastOnce, Ct).WaitAsync(Soon, Ct);
        await client.StopAsync(Ct);

        using var again = await broker.ConnectRawAsync(version);
        Assert.False((await again.GreetAsync("c", cleanStart: false)).SessionPresent);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task A_session_that_is_to_be_kept_is_a_new_one_and_outlives_the_first_connection(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        using (var earlier = await broker.ConnectRawAsync(version))
        {
            await earlier.GreetAsync("c", cleanStart: false, sessionExpiry: version == MqttProtocolVersion.V5 ? 3600u : null);
            await earlier.SubscribeAsync("old", MqttQualityOfService.AtLeastOnce);
        }

        var will = new MqttMessage("new", "gone"u8.ToArray());
        var client = new MqttClient(broker.ClientOptions("c", version) with { SessionExpiryInterval = TimeSpan.FromHours(1), Will = will });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("new", MqttQualityOfService.AtLeastOnce, Ct).WaitAsync(Soon, Ct);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await speaker.PublishAsync("old", "1", MqttQualityOfService.AtLeastOnce);
        await speaker.PublishAsync("new", "2", MqttQualityOfService.AtLeastOnce);
        Assert.Equal("2"u8.ToArray(), (await client.Messages.ReadAsync(Ct).AsTask().WaitAsync(Soon, Ct)).Payload.ToArray());
        await client.VanishAsync();

        using var again = await broker.ConnectRawAsync(version);
        Assert.True((await again.GreetAsync("c", cleanStart: false)).SessionPresent);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task A_message_is_not_taken_for_one_that_an_earlier_process_broke_off(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        using var listener = await broker.ConnectRawAsync();
        await listener.GreetAsync("l");
        await listener.SubscribeAsync("a");
        using (var earlier = await broker.ConnectRawAsync(version))
        {
            await earlier.GreetAsync("c", cleanStart: false, sessionExpiry: version == MqttProtocolVersion.V5 ? 3600u : null);
            for (ushort id = 1; id <= 3; id++)
            {
                await earlier.SendAsync(new PublishPacket("a", "cut off"u8.ToArray(), MqttQualityOfService.ExactlyOnce, id));
                Assert.Equal(PacketType.PubRec, (await earlier.ReceiveAsync<AckPacket>()).Type);
                await listener.ExpectAsync("cut off");
            }
        }

        await using var client = new MqttClient(
            broker.ClientOptions("c", version) with { CleanStart = false, SessionExpiryInterval = TimeSpan.FromHours(1) });
        var message = new MqttMessage("a", "new"u8.ToArray()) { QualityOfService = MqttQualityOfService.ExactlyOnce };
        await client.StartAsync(Ct);
        for (var i = 0; i < 5; i++)
        {
            await client.PublishAsync(message, Ct).WaitAsync(Soon, Ct);
            await listener.ExpectAsync("new");
        }
    }

    [Fact]
    public async Task A_message_the_broker_has_done_with_already_was_not_refused()
    {
        await using var broker = await FakeBroker.StartAsync(
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
                var message = await peer.ReceiveAsync<PublishPacket>();
                await peer.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
                await peer.ReceiveAsync<AckPacket>();
            },
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(true, MqttReasonCode.Success));
                var released = await peer.ReceiveAsync<AckPacket>();
                await peer.SendAsync(new AckPacket(PacketType.PubComp, released.PacketId, MqttReasonCode.PacketIdentifierNotFound));
                await peer.ReceiveAsync<DisconnectPacket>();
            });
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = "c", FirstReconnectDelay = TimeSpan.FromMilliseconds(20) });
        await client.StartAsync(Ct);

        await client.PublishAsync(new MqttMessage("a", default) { QualityOfService = MqttQualityOfService.ExactlyOnce }, Ct).WaitAsync(Soon, Ct);
    }
}
