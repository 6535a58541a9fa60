using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Client;

public sealed class LinkReceivingTests : IDisposable
{
    private readonly FakeBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Messages_come_in_order_with_the_instant_of_their_arrival()
    {
        var time = new SettableTime();
        await using var link = new TestLink(_broker.Port, time: time);
        using var peer = await _broker.LetInAsync();
        await peer.SendAsync(
            peer.Publish("a", "one"u8.ToArray()),
            peer.Publish("b", "two"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce, retain: true));
        await peer.ReceiveAsync<MqttPubAckPacket>();
        var at = time.GetUtcNow();
        time.Advance(TimeSpan.FromSeconds(5));

        var (one, two) = (await link.NextAsync(), await link.NextAsync());

        Assert.Equal(
            ("a", "one", false, at), (one.Topic, Encoding.UTF8.GetString(one.Payload.Span), one.Retained, one.ReceivedAt));
        Assert.Equal(
            ("b", "two", true, at), (two.Topic, Encoding.UTF8.GetString(two.Payload.Span), two.Retained, two.ReceivedAt));
    }

    [Fact]
    public async Task Unread_messages_are_bounded_and_counted()
    {
        await using var link = new TestLink(_broker.Port, options => options with { MaxReceivedBytes = 10_000 });
        using var peer = await _broker.LetInAsync();
        for (var i = 0; i < 15; i++)
        {
            await peer.SendAsync(peer.Publish($"{i}", new byte[1000]));
        }

        await Poll.UntilAsync("the rest is dropped", () => link.Link.Dropped == 6);
        Assert.Equal("0", (await link.NextAsync()).Topic);
        await peer.SendAsync(peer.Publish("now", new byte[1000]));
        while ((await link.NextAsync()).Topic != "now")
        {
        }

        Assert.Equal(6, link.Link.Dropped);
    }

    [Fact]
    public async Task Empty_messages_that_nobody_reads_are_bounded_too()
    {
        await using var link = new TestLink(_broker.Port, options => options with { MaxReceivedBytes = 10_000 });
        using var peer = await _broker.LetInAsync();

        await peer.SendAsync([.. Enumerable.Repeat<MqttPacket>(peer.Publish("a", []), 5000)]);

        await Poll.UntilAsync("some are dropped", () => link.Link.Dropped > 0);
    }

    [Fact]
    public async Task Reading_ends_when_the_link_stops()
    {
        await using var link = new TestLink(_broker.Port);
        using var peer = await _broker.LetInAsync();
        var reading = link.Link.ReadAllAsync(CancellationToken.None).CountAsync().AsTask();

        await link.Link.DisposeAsync();

        Assert.Equal(0, await reading.WaitAsync(Poll.Patience));
    }
}
