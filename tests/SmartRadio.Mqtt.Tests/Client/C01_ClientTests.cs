using System.Collections.Concurrent;
using System.Text;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

public class C01_Client
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfService.ExactlyOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V5, MqttQualityOfService.ExactlyOnce)]
    public async Task Gets_in_order_what_another_publishes(MqttProtocolVersion version, MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync();
        await using var listener = new MqttClient(broker.ClientOptions("listener", version));
        await using var speaker = new MqttClient(broker.ClientOptions("speaker", version));
        await listener.StartAsync(Ct);
        await speaker.StartAsync(Ct);
        await listener.SubscribeAsync("news/#", quality, Ct);
        await speaker.SubscribeAsync("nothing", quality, Ct);

        for (var i = 0; i < 300; i++)
        {
            await speaker.PublishAsync(new MqttMessage("news/" + i, Encoding.UTF8.GetBytes("tin " + i)) { QualityOfService = quality }, Ct);
        }

        for (var i = 0; i < 300; i++)
        {
            var message = await listener.Messages.ReadAsync(Ct);
            Assert.Equal("news/" + i, message.Topic);
            Assert.Equal("tin " + i, Encoding.UTF8.GetString(message.Payload.Span));
        }
    }

    [Fact]
    public async Task Does_not_say_that_anything_broke_when_it_stops()
    {
        await using var broker = await TestBroker.StartAsync();
        var broken = new ConcurrentQueue<Exception>();
        for (var i = 0; i < 50; i++)
        {
            await using var client = new MqttClient(broker.ClientOptions("c"));
            client.Disconnected += end =>
            {
                if (end.Exception is { } exception)
                {
                    broken.Enqueue(exception);
                }
            };
            await client.StartAsync(Ct);
            await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);
            await client.StopAsync(Ct);
        }

        Assert.Empty(broken);
    }

    [Fact]
    public async Task Gets_what_the_options_of_its_subscriptions_ask_for()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var listener = new MqttClient(broker.ClientOptions("listener"));
        await using var speaker = new MqttClient(broker.ClientOptions("speaker"));
        await listener.StartAsync(Ct);
        await speaker.StartAsync(Ct);
        await speaker.PublishAsync(new MqttMessage("kept", "before"u8.ToArray()) { QualityOfService = MqttQualityOfService.AtLeastOnce, Retain = true }, Ct);
        await listener.SubscribeAsync(
            new MqttSubscription("kept", MqttQualityOfService.AtLeastOnce) { RetainHandling = MqttRetainHandling.DoNotSend, RetainAsPublished = true, Identifier = 7 }, Ct);
        await listener.SubscribeAsync(new MqttSubscription("mine", MqttQualityOfService.AtLeastOnce) { NoLocal = true }, Ct);

        await listener.PublishAsync(new MqttMessage("mine", "echo"u8.ToArray()) { QualityOfService = MqttQualityOfService.AtLeastOnce }, Ct);
        await speaker.PublishAsync(new MqttMessage("kept", "after"u8.ToArray()) { QualityOfService = MqttQualityOfService.AtLeastOnce, Retain = true }, Ct);

        var message = await listener.Messages.ReadAsync(Ct);
        Assert.Equal("after", Encoding.UTF8.GetString(message.Payload.Span));
        Assert.True(message.Retain);
        Assert.Equal([7u], message.SubscriptionIdentifiers);
    }

    [Fact]
    public async Task Does_not_ask_for_options_that_its_version_lacks()
    {
        await using var client = new MqttClient(new MqttClientOptions { ProtocolVersion = MqttProtocolVersion.V311 });

        await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync(new MqttSubscription("a", MqttQualityOfService.AtMostOnce) { NoLocal = true }, Ct));
    }

    [Fact]
    public async Task Is_told_why_a_message_or_a_subscription_was_refused()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = new MqttClient(broker.ClientOptions("c"));
        await client.StartAsync(Ct);

        var refused = await Assert.ThrowsAsync<MqttRefusedException>(
            () => client.PublishAsync(new MqttMessage("$SYS/x", "x"u8.ToArray()) { QualityOfService = MqttQualityOfService.ExactlyOnce }, Ct));
        Assert.EndsWith("This client may not use that topic.", refused.Message, StringComparison.Ordinal);
    }
}
