using System.Diagnostics;
using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>What a link sends, to a broker that acknowledges only when a test says so.</summary>
public sealed class LinkSendingTests : IDisposable
{
    private readonly FakeBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Publishing_is_false_while_the_link_is_down()
    {
        await using var link = new TestLink(_broker.Port);
        Assert.False(Publish(link, "early"));

        using (await UpAsync(link))
        {
            Assert.True(Publish(link, "x"));
        }

        await link.IsDownAsync();
        Assert.False(Publish(link, "late"));
    }

    [Fact]
    public async Task At_most_64_at_QoS_1_are_under_way()
    {
        await using var link = new TestLink(_broker.Port);
        using var peer = await UpAsync(link);
        for (var i = 0; i < 200; i++)
        {
            Assert.True(Publish(link, $"{i}"));
        }

        var first = await HearAsync(peer, 64);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peer.TryReceiveAsync(TimeSpan.FromMilliseconds(200)));
        await AcknowledgeAsync(peer, first[10], first[20]);
        var next = await HearAsync(peer, 2);

        Assert.Equal(Enumerable.Range(0, 66).Select(i => $"{i}"), first.Concat(next).Select(Text));
        Assert.Equal(
            64, first.Except([first[10], first[20]]).Concat(next).Select(each => each.PacketIdentifier).Distinct().Count());
    }

    [Fact]
    public async Task Messages_at_QoS_0_pass_those_that_wait_for_acknowledgement()
    {
        await using var link = new TestLink(_broker.Port);
        using var peer = await UpAsync(link);
        Publish(link, "reliable");
        Publish(link, "sound", reliable: false);

        Assert.Equal(["reliable", "sound"], (await HearAsync(peer, 2)).Select(Text));
    }

    [Fact]
    public async Task Unacknowledged_are_sent_again_first_and_in_order_and_sound_is_not()
    {
        await using var link = new TestLink(_broker.Port);
        using (var peer = await UpAsync(link))
        {
            for (var i = 0; i < 70; i++)
            {
                Publish(link, $"{i}");
            }

            // It waits behind those that wait for acknowledgement, and is out of date when they are through.
            Publish(link, "sound", reliable: false);
            var heard = await HearAsync(peer, 64);
            await AcknowledgeAsync(peer, heard[0], heard[3]);
            await HearAsync(peer, 2);
        }

        await link.IsDownAsync();
        using var again = await UpAsync(link);
        Publish(link, "new");
        var all = await HearAsync(again, 64);
        await AcknowledgeAsync(again, [.. all]);
        all.AddRange(await HearAsync(again, 5));

        Assert.Equal([.. Enumerable.Range(0, 70).Where(i => i is not (0 or 3)).Select(i => $"{i}"), "new"], all.Select(Text));
    }

    [Fact]
    public async Task Each_kind_is_bounded_in_bytes_and_free_again_when_sent()
    {
        await using var link = new TestLink(
            _broker.Port, options => options with { MaxQueuedBytes = 1000, MaxReliableBytes = 2000 });
        using var peer = await UpAsync(link);
        Assert.True(Publish(link, new string('a', 1500)));
        Assert.False(Publish(link, new string('b', 501)));
        Assert.True(Publish(link, new string('c', 500)));
        Assert.True(Publish(link, new string('d', 1000), reliable: false));

        var heard = await HearAsync(peer, 3);
        await AcknowledgeAsync(peer, heard[0]);

        await Poll.UntilAsync("there is room again", () => Publish(link, new string('e', 1500)));
        await Poll.UntilAsync("and for sound", () => Publish(link, new string('f', 1000), reliable: false));
    }

    [Fact]
    public async Task One_message_always_has_room()
    {
        await using var link = new TestLink(_broker.Port, options => options with { MaxQueuedBytes = 10, MaxReliableBytes = 10 });
        using var peer = await UpAsync(link);

        Assert.True(Publish(link, new string('a', 100)));
        Assert.True(Publish(link, new string('b', 100), reliable: false));

        Assert.Equal([new string('a', 100), new string('b', 100)], (await HearAsync(peer, 2)).Select(Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publishing_never_waits_for_a_broker_that_does_not_read(bool reliable)
    {
        await using var link = new TestLink(_broker.Port);
        using var peer = await UpAsync(link);
        var payload = new string('x', 100_000);
        var since = Stopwatch.GetTimestamp();

        var taken = Enumerable.Range(0, 1000).Count(_ => Publish(link, payload, reliable));

        Assert.InRange(taken, 10, 999);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    /// <summary>With MQTTnet's 8 KiB, TCP takes little more than 100 KB here and waits for each segment.</summary>
    [Fact]
    public async Task Burst_goes_out_at_once_to_a_broker_that_does_not_read()
    {
        using var broker = new FakeBroker(receiveBuffer: 4096);
        await using var link = new TestLink(broker.Port, options => options with { MaxQueuedBytes = 10_000 });
        using var peer = await broker.LetInAsync();
        await link.IsUpAsync();

        var taken = 0;
        await Poll.UntilAsync("256 KiB are on their way", () =>
        {
            for (; Publish(link, new string('x', 1000), reliable: false); taken += 1000)
            {
            }

            return taken > 256 * 1024;
        });
    }

    [Fact]
    public async Task Message_published_while_subscriptions_are_renewed_is_sent()
    {
        await using var link = new TestLink(_broker.Port);
        var subscribing = link.SubscribeAsync("a");
        using var peer = await _broker.LetInAsync();
        var subscribe = await peer.ReceiveAsync<MqttSubscribePacket>();
        await link.IsUpAsync();

        Assert.True(Publish(link, "sound", reliable: false));
        await FakeBroker.GrantAsync(peer, subscribe);
        await subscribing;

        Assert.Equal("sound", Text(await peer.ReceiveAsync<MqttPublishPacket>()));
    }

    [Fact]
    public async Task Message_that_is_rejected_is_logged_and_not_sent_again()
    {
        await using var link = new TestLink(_broker.Port);
        using var peer = await UpAsync(link);
        Publish(link, "x");
        var message = await peer.ReceiveAsync<MqttPublishPacket>();
        await peer.SendAsync(
            new MqttPubAckPacket
            {
                PacketIdentifier = message.PacketIdentifier,
                ReasonCode = MqttPubAckReasonCode.NotAuthorized
            });

        await Poll.UntilAsync("it is logged", () => link.Log.That("rejects a message on t: NotAuthorized").Any());
        Publish(link, "y");
        Assert.Equal("y", Text(await peer.ReceiveAsync<MqttPublishPacket>()));
    }

    private async Task<RawClient> UpAsync(TestLink link)
    {
        var peer = await _broker.LetInAsync();
        await link.IsUpAsync();
        return peer;
    }

    private static bool Publish(TestLink link, string text, bool reliable = true) =>
        link.Link.TryPublish("t", Encoding.UTF8.GetBytes(text), reliable);

    private static async Task<List<MqttPublishPacket>> HearAsync(RawClient peer, int count)
    {
        List<MqttPublishPacket> heard = [];
        while (heard.Count < count)
        {
            heard.Add(await peer.ReceiveAsync<MqttPublishPacket>());
        }

        return heard;
    }

    private static Task AcknowledgeAsync(RawClient peer, params MqttPublishPacket[] messages) =>
        peer.SendAsync([.. messages.Select(message => new MqttPubAckPacket { PacketIdentifier = message.PacketIdentifier })]);

    private static string Text(MqttPublishPacket message) => Encoding.UTF8.GetString(message.Payload);
}
