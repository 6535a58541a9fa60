using System.Text;
using MQTTnet.Packets;
using SmartRadio.Mqtt.Tests.Setting;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class RetainedMessagesTests : IAsyncLifetime
{
    private TestBroker _broker = null!;
    private RawClient _speaker = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _speaker = await _broker.SignInAsync("speaker");
    }

    public async ValueTask DisposeAsync()
    {
        _speaker.Dispose();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData("n/1/here")]
    [InlineData("n/+/here")]
    [InlineData("n/1/#")]
    [InlineData("n/1/here/#")]
    [InlineData("#")]
    public async Task Broker_tells_a_new_subscriber_the_last_retained_message(string filter)
    {
        await _speaker.PublishAsync("n/1/here", "old", retain: true);
        await _speaker.PublishAsync("n/1/here", "new", retain: true);

        Assert.Equal(["n/1/here new"], await ToldAsync(filter));
    }

    [Theory]
    [InlineData("n/2/here")]
    [InlineData("n/+")]
    [InlineData("n")]
    [InlineData("n/1/here/+")]
    public async Task Broker_tells_nothing_of_other_topics(string filter)
    {
        await _speaker.PublishAsync("n/1/here", "on", retain: true);

        Assert.Empty(await ToldAsync(filter));
    }

    [Fact]
    public async Task Broker_tells_those_who_listen_already_without_the_mark()
    {
        using var listener = await _broker.SignInAsync("listener");
        await listener.SubscribeAsync("n/+/here");

        await _speaker.PublishAsync("n/1/here", "on", retain: true);

        Assert.False((await listener.HearsAsync("on")).Retain);
    }

    [Fact]
    public async Task Broker_forgets_a_topic_after_an_empty_message()
    {
        await _speaker.PublishAsync("n/1/here", "on", retain: true);
        await _speaker.PublishAsync("n/2/here", "on", retain: true);
        await _speaker.PublishAsync("n/1/here", "", retain: true);

        Assert.Equal(["n/2/here on"], await ToldAsync("n/#"));
    }

    [Fact]
    public async Task Broker_keeps_only_what_asks_for_it_on_topics_that_are_kept()
    {
        await _speaker.PublishAsync("n/1/here", "not asked");
        await _speaker.PublishAsync("n/1/other", "not kept", retain: true);

        Assert.Empty(await ToldAsync("#"));
    }

    [Fact]
    public async Task Broker_keeps_256_bytes_and_no_more()
    {
        await _speaker.PublishAsync("n/1/here", new string('x', 256), retain: true);
        await _speaker.PublishAsync("n/2/here", new string('x', 257), retain: true);

        Assert.Equal(["n/1/here " + new string('x', 256)], await ToldAsync("#"));
    }

    [Fact]
    public async Task Retained_message_outlives_its_publisher()
    {
        await _speaker.PublishAsync("n/1/here", "on", retain: true);
        await _speaker.SendAsync(new MqttDisconnectPacket());
        await _speaker.ReceiveUntilClosedAsync();

        Assert.Equal(["n/1/here on"], await ToldAsync("#"));
    }

    /// <summary>What a new subscriber is told, all of it marked, as "topic text".</summary>
    private async Task<List<string>> ToldAsync(string filter)
    {
        using var listener = await _broker.SignInAsync("listener");
        // The broker takes what waits and its answers in turn: two answers later nothing waits.
        await listener.SendAsync(
            listener.Subscribe(filter), new MqttPingReqPacket(), new MqttPingReqPacket(), new MqttPingReqPacket());
        List<string> told = [];
        for (var pings = 0; pings < 3;)
        {
            if (await listener.TryReceiveAsync() is MqttPublishPacket message)
            {
                Assert.True(message.Retain);
                told.Add($"{message.Topic} {Encoding.UTF8.GetString(message.Payload)}");
            }
            else
            {
                pings++;
            }
        }

        return told;
    }
}
