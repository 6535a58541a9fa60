using System.Globalization;
using System.Text;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

public class C02_Reconnect
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task Subscribes_again_at_a_broker_that_has_forgotten(MqttProtocolVersion version)
    {
        var first = await TestBroker.StartAsync();
        var port = first.Port;
        await using var client = new MqttClient(first.ClientOptions("c", version));
        var connections = 0;
        client.Connected += () => Interlocked.Increment(ref connections);
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        await first.DisposeAsync();
        await using var second = await TestBroker.StartAsync(o => o.Port = port);
        await using var speaker = new MqttClient(second.ClientOptions("s"));
        await speaker.StartAsync(Ct);
        await client.SubscribeAsync("b", MqttQualityOfService.AtLeastOnce, Ct);
        await speaker.PublishAsync(new MqttMessage("a", "tin"u8.ToArray()) { QualityOfService = MqttQualityOfService.AtLeastOnce }, Ct);

        Assert.Equal("a", (await client.Messages.ReadAsync(Ct)).Topic);
        Assert.Equal(2, connections);
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttQualityOfService.ExactlyOnce)]
    public async Task Unacknowledged_messages_are_sent_when_there_is_a_broker_again(MqttQualityOfService quality)
    {
        var first = await TestBroker.StartAsync();
        var port = first.Port;
        await using var client = new MqttClient(first.ClientOptions("c"));
        await client.StartAsync(Ct);
        await client.SubscribeAsync("own", quality, Ct);
        await first.DisposeAsync();

        var published = Enumerable.Range(0, 20).Select(i => client.PublishAsync(
            new MqttMessage("own", Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture))) { QualityOfService = quality }, Ct)).ToList();
        await using var second = await TestBroker.StartAsync(o => o.Port = port);

        await Task.WhenAll(published);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString((await client.Messages.ReadAsync(Ct)).Payload.Span));
        }
    }

    [Fact]
    public async Task A_message_taken_off_line_is_answered_when_the_broker_repeats_it()
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new PublishPacket("1", default, MqttQualityOfService.ExactlyOnce, 7);
        await using var broker = await FakeBroker.StartAsync(
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
                await peer.SendAsync(first);
            },
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await taken.Task;
                await peer.SendAsync(new ConnAckPacket(true, MqttReasonCode.Success));
                await peer.SendAsync(first with { Duplicate = true });
                Assert.Equal((PacketType.PubRec, 7), await AnswerAsync(peer));
                await peer.SendAsync(new AckPacket(PacketType.PubRel, 7));
                Assert.Equal((PacketType.PubComp, 7), await AnswerAsync(peer));
                await peer.SendAsync(new PublishPacket("2", default, MqttQualityOfService.ExactlyOnce, 8));
                Assert.Equal((PacketType.PubRec, 8), await AnswerAsync(peer));
            });
        await using var client = new MqttClient(new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = broker.Port,
            ReceiveMaximum = 1,
            SessionExpiryInterval = TimeSpan.FromHours(1),
            FirstReconnectDelay = TimeSpan.FromMilliseconds(20),
        });
        var offLine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Disconnected += _ => offLine.TrySetResult();
        await client.StartAsync(Ct);
        await offLine.Task.WaitAsync(Soon, Ct);

        Assert.True(client.Messages.TryRead(out var message));
        Assert.Equal("1", message.Topic);
        taken.SetResult();

        Assert.Equal("2", (await client.Messages.ReadAsync(Ct).AsTask().WaitAsync(Soon, Ct)).Topic);
    }

    [Fact]
    public async Task A_refused_client_says_why_and_tries_on()
    {
        var doorkeeper = new Doorkeeper();
        await using var broker = await TestBroker.StartAsync(authenticator: doorkeeper);
        await using var client = new MqttClient(broker.ClientOptions("c"));
        var refusal = new TaskCompletionSource<MqttDisconnected>();
        client.Disconnected += d => refusal.TrySetResult(d);
        await client.StartAsync(Ct);

        var told = await refusal.Task.WaitAsync(Ct);
        doorkeeper.IsOpen = true;
        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);

        Assert.Equal(MqttReasonCode.NotAuthorized, told.ReasonCode);
        Assert.Contains("closed today", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_client_takes_its_will_with_it()
    {
        await using var broker = await TestBroker.StartAsync();
        using var listener = await broker.ConnectRawAsync();
        await listener.GreetAsync("l");
        await listener.SubscribeAsync("gone");
        var client = new MqttClient(broker.ClientOptions("c") with { Will = new MqttMessage("gone", "bye"u8.ToArray()) });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);

        await client.StopAsync(Ct);

        Assert.False(client.IsConnected);
        Assert.False(await client.Messages.WaitToReadAsync(Ct));
        await listener.ExpectSilenceAsync();
    }

    private static async Task<(PacketType, int)> AnswerAsync(RawClient peer)
    {
        var ack = await peer.ReceiveAsync<AckPacket>();
        return (ack.Type, ack.PacketId);
    }

    private sealed class Doorkeeper : IMqttAuthenticator
    {
        public volatile bool IsOpen;

        public ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(IsOpen ? MqttAuthentication.Accept() : MqttAuthentication.Refuse(reason: "We are closed today"));
    }
}
