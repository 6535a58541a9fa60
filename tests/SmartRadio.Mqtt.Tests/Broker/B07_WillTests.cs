using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B07_Will
{
    private static readonly Will Bye = new("gone", "bye"u8.ToArray(), MqttQualityOfService.AtMostOnce, Retain: false);

    [Theory]
    [InlineData(MqttReasonCode.Success, false)]
    [InlineData(MqttReasonCode.DisconnectWithWill, true)]
    public async Task A_farewell_decides_about_the_will(MqttReasonCode farewell, bool published)
    {
        await using var broker = await TestBroker.StartAsync();
        using var listener = await ListenAsync(broker);
        using var doomed = await broker.ConnectRawAsync();
        await doomed.GreetAsync("d", with: c => c with { Will = Bye });

        await doomed.SendAsync(new DisconnectPacket(farewell));
        Assert.Null(await doomed.TryReceiveAsync());

        await ExpectWillAsync(listener, published);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task What_a_client_said_counts_though_it_is_back_before_that_was_read(MqttProtocolVersion version)
    {
        const int Messages = 200;
        await using var broker = await TestBroker.StartAsync();
        using var listener = await ListenAsync(broker);
        var hasty = await broker.ConnectRawAsync(version);
        for (var i = 0; i < 20; i++)
        {
            await hasty.GreetAsync("d", cleanStart: false, sessionExpiry: version == MqttProtocolVersion.V5 ? 100 : null, with: c => c with { Will = Bye });
            var back = await broker.ConnectRawAsync(version);
            await hasty.SendTogetherAsync([
                .. Enumerable.Repeat(new PublishPacket("gone", "alive"u8.ToArray(), MqttQualityOfService.AtMostOnce, 0), Messages),
                new DisconnectPacket(MqttReasonCode.Success)]);
            hasty.Dispose();
            hasty = back;
        }

        using (hasty)
        {
            await hasty.GreetAsync("d", cleanStart: false);
            for (var i = 0; i < 20 * Messages; i++)
            {
                await listener.ExpectAsync("alive");
            }

            await listener.ExpectSilenceAsync();
        }
    }

    [Fact]
    public async Task A_client_that_vanishes_leaves_its_will()
    {
        await using var broker = await TestBroker.StartAsync();
        using var listener = await ListenAsync(broker);
        using (var doomed = await broker.ConnectRawAsync(MqttProtocolVersion.V311))
        {
            await doomed.GreetAsync("d", with: c => c with { Will = Bye });
        }

        await listener.ExpectAsync("bye");
    }

    [Fact]
    public async Task A_delayed_will_waits()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var listener = await ListenAsync(broker);
        await VanishWithDelayAsync(broker);

        time.Advance(TimeSpan.FromSeconds(9));
        await listener.ExpectSilenceAsync();
        time.Advance(TimeSpan.FromSeconds(2));

        await listener.ExpectAsync("bye");
    }

    [Fact]
    public async Task A_client_that_is_back_in_time_takes_its_will_back()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var listener = await ListenAsync(broker);
        await VanishWithDelayAsync(broker);
        using var back = await broker.ConnectRawAsync();
        await back.GreetAsync("d", cleanStart: false, sessionExpiry: 100);

        time.Advance(TimeSpan.FromSeconds(20));

        await listener.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_new_session_of_the_same_client_releases_the_old_will_at_once()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var listener = await ListenAsync(broker);
        await VanishWithDelayAsync(broker);
        using var back = await broker.ConnectRawAsync();

        await back.GreetAsync("d", cleanStart: true);

        await listener.ExpectAsync("bye");
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    [InlineData(MqttQualityOfService.ExactlyOnce)]
    public async Task A_will_is_a_message_like_any_other_and_its_expiry_begins_when_it_is_published(MqttQualityOfService quality)
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var listener = await broker.ConnectRawAsync();
        await listener.GreetAsync("listener");
        await listener.SubscribeAsync("gone", quality);
        using (var doomed = await broker.ConnectRawAsync())
        {
            await doomed.GreetAsync("d", with: c => c with
            {
                Will = new Will("gone", "bye"u8.ToArray(), quality, Retain: true)
                {
                    Properties = new PacketProperties
                    {
                        PayloadIsText = true,
                        MessageExpiryInterval = 50,
                        ContentType = "text/plain",
                        ResponseTopic = "answer",
                        CorrelationData = "7"u8.ToArray(),
                        UserProperties = [new MqttUserProperty("a", "b")],
                    },
                },
            });
            time.Advance(TimeSpan.FromSeconds(60));
            await doomed.SendAsync(new DisconnectPacket(MqttReasonCode.DisconnectWithWill));
            Assert.Null(await doomed.TryReceiveAsync());
        }

        var will = await listener.ExpectAsync("bye");
        var properties = will.Properties!;
        Assert.Equal((quality, false), (will.QualityOfService, will.Retain));
        Assert.Equal((true, 50u, "text/plain", "answer"), (properties.PayloadIsText, properties.MessageExpiryInterval, properties.ContentType, properties.ResponseTopic));
        Assert.Equal("7"u8.ToArray(), properties.CorrelationData!.Value.ToArray());
        Assert.Equal([new MqttUserProperty("a", "b")], properties.UserProperties);
        Assert.Null(properties.WillDelayInterval);
        using var later = await broker.ConnectRawAsync();
        await later.GreetAsync("later");
        await later.SubscribeAsync("gone");
        Assert.True((await later.ExpectAsync("bye")).Retain);
    }

    [Fact]
    public async Task A_session_that_ends_before_the_delay_is_over_releases_the_will_then()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var listener = await ListenAsync(broker);
        using var doomed = await broker.ConnectRawAsync();
        await doomed.GreetAsync("d", sessionExpiry: 5, with: c => c with { Will = Bye with { Properties = new PacketProperties { WillDelayInterval = 1000 } } });
        await doomed.SendAsync(new DisconnectPacket(MqttReasonCode.DisconnectWithWill));
        Assert.Null(await doomed.TryReceiveAsync());
        await listener.ExpectSilenceAsync();

        time.Advance(TimeSpan.FromSeconds(6));

        await listener.ExpectAsync("bye");
    }

    private static async Task<RawClient> ListenAsync(TestBroker broker)
    {
        var listener = await broker.ConnectRawAsync();
        await listener.GreetAsync("listener");
        await listener.SubscribeAsync("gone");
        return listener;
    }

    private static async Task VanishWithDelayAsync(TestBroker broker)
    {
        using var doomed = await broker.ConnectRawAsync();
        await doomed.GreetAsync("d", with: c => c with
        {
            CleanStart = false,
            Will = Bye with { Properties = new PacketProperties { WillDelayInterval = 10 } },
            Properties = new PacketProperties { SessionExpiryInterval = 100 },
        });
        await doomed.SendAsync(new DisconnectPacket(MqttReasonCode.DisconnectWithWill));
        Assert.Null(await doomed.TryReceiveAsync());
    }

    private static async Task ExpectWillAsync(RawClient listener, bool published)
    {
        if (published)
        {
            await listener.ExpectAsync("bye");
        }

        await listener.ExpectSilenceAsync();
    }
}
