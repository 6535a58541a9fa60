using System.Net.Sockets;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

public class B15_Limits
{
    [Fact]
    public async Task A_connection_that_never_introduces_itself_is_closed()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var silent = await broker.ConnectRawAsync();
        using var slow = await broker.ConnectRawAsync();
        await slow.SendAsync(0x10, 30, 0, 4);
        using var good = await broker.ConnectRawAsync();
        await good.GreetAsync("c");

        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Null(await silent.TryReceiveAsync());
        Assert.Null(await slow.TryReceiveAsync());
        await good.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_client_silent_for_one_and_a_half_keep_alives_is_gone()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c", with: c => c with { KeepAlive = 10 });

        time.Advance(TimeSpan.FromSeconds(14));
        await client.ExpectSilenceAsync();
        time.Advance(TimeSpan.FromSeconds(16));

        await client.ExpectFarewellAsync(MqttReasonCode.KeepAliveTimeout);
    }

    [Fact]
    public async Task A_packet_that_never_ends_is_not_waited_for()
    {
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        await client.ExpectSilenceAsync();

        // A byte now and then, for longer than a packet may take.
        using var over = new CancellationTokenSource();
        var dripping = DripAsync(client, time, over.Token);

        await client.ExpectFarewellAsync(MqttReasonCode.MessageRateTooHigh);
        await over.CancelAsync();
        await dripping;
    }

    private static async Task DripAsync(RawClient client, ManualTime time, CancellationToken cancellationToken)
    {
        await client.SendAsync(0x30, 0xFF, 0x7F);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await client.SendRawAsync([0], cancellationToken);
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Closed, as it should be.
        }
    }

    [Fact]
    public async Task Connections_above_the_limit_are_closed()
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxConnections = 1);
        using var first = await broker.ConnectRawAsync();
        await first.GreetAsync("1");

        using var second = await broker.ConnectRawAsync();

        Assert.Null(await second.TryReceiveAsync());
        await first.ExpectSilenceAsync();
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    public async Task A_reader_that_stops_loses_only_its_own_messages(MqttQualityOfService quality)
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxQueuedBytesPerClient = 100_000);
        using var stalled = await broker.ConnectRawAsync();
        using var good = await broker.ConnectRawAsync();
        using var speaker = await broker.ConnectRawAsync();
        await stalled.GreetAsync("stalled");
        await good.GreetAsync("good");
        await speaker.GreetAsync("speaker");
        await stalled.SubscribeAsync("a", quality);
        await good.SubscribeAsync("a", MqttQualityOfService.AtMostOnce);

        var text = new string('x', 20_000);
        for (var i = 0; i < 800; i++)
        {
            await speaker.PublishAsync("a", text, quality);
            await good.ExpectAsync(text);
        }

        Assert.True(broker.Statistics.MessagesDropped > 0);
        Assert.InRange(broker.QueuedBytes, 0, 1_000_000);
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce, 0)]
    [InlineData(MqttQualityOfService.AtMostOnce, 10)]
    [InlineData(MqttQualityOfService.AtLeastOnce, 0)]
    public async Task Many_who_stall_stay_within_the_total_and_one_who_reads_gets_everything(MqttQualityOfService quality, ushort aliases)
    {
        const int Stalled = 16;
        const int Size = 40_000;
        const long Total = 4 * 1024 * 1024;
        await using var broker = await TestBroker.StartAsync(o => o.MaxQueuedBytes = Total);
        var stalled = new List<RawClient>();
        using var good = await broker.ConnectRawAsync();
        using var speaker = await broker.ConnectRawAsync();
        await good.GreetAsync("good");
        await speaker.GreetAsync("speaker");
        await good.SubscribeAsync("#");
        for (var i = 0; i < Stalled; i++)
        {
            stalled.Add(await broker.ConnectRawAsync(receiveBuffer: 4096));
            await stalled[i].GreetAsync("stalled" + i, with: c => c with { Properties = new PacketProperties { TopicAliasMaximum = aliases } });
            await stalled[i].SubscribeAsync("s/" + i, quality);
        }

        // Each has a topic of its own, so that nothing is shared, and is sent more than its sockets hold and the broker may keep.
        long most = 0;
        for (var n = 0; n < Stalled * 7_000_000 / Size; n++)
        {
            var text = $"{n} ".PadRight(Size, 'x');
            await speaker.PublishAsync("s/" + (n % Stalled), text, quality);
            await good.ExpectAsync(text);
            most = Math.Max(most, broker.QueuedBytes);
        }

        stalled.ForEach(s => s.Dispose());
        Assert.True(broker.Statistics.MessagesDropped > 0);
        Assert.InRange(most, Total / 4, Total + ((Stalled + 1) * 2 * Size));
    }

    [Fact]
    public async Task One_who_asks_and_does_not_read_the_answers_is_not_listened_to_any_more()
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxQueuedBytesPerClient = 10_000);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c");
        var pings = Enumerable.Repeat(new byte[] { 0xC0, 0 }, 32_768).SelectMany(b => b).ToArray();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var sent = 0;
        try
        {
            for (; sent < 1000; sent++)
            {
                await client.SendRawAsync(pings, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The broker has stopped reading, as it should.
        }

        Assert.InRange(sent, 0, 999);
    }

    [Fact]
    public async Task One_who_takes_what_it_is_sent_is_there_though_it_cannot_be_listened_to()
    {
        const int Size = 200_000;
        const int Messages = 100;
        var time = new ManualTime();
        await using var broker = await TestBroker.StartAsync(time: time);
        using var client = await broker.ConnectRawAsync(receiveBuffer: 64 * 1024);
        await client.GreetAsync("c", with: c => c with { KeepAlive = 20 });
        for (var i = 0; i < Messages; i++)
        {
            await client.PublishAsync($"n/{i}", new string('x', Size), retain: true);
        }

        await client.ExpectSilenceAsync();
        byte[] subscribe = [0x82, 9, 0, 1, 0, 0, 3, (byte)'n', (byte)'/', (byte)'+', 0];
        await client.SendAsync([0xC0, 0, .. subscribe[..4]]);
        await client.ReceiveAsync<PingRespPacket>();
        await client.SendAsync(subscribe[4..]);
        await client.ReceiveAsync<SubAckPacket>();

        // Thirty seconds are six megabytes here: more than any socket's buffers hold, so the broker must have sent meanwhile.
        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(Size, (await client.ReceiveAsync<PublishPacket>()).Payload.Length);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task When_sessions_hold_as_much_as_they_may_only_clients_that_have_one_are_let_in()
    {
        await using var broker = await TestBroker.StartAsync(o => o.MaxSessionBytes = 20_000);
        using var heavy = await broker.ConnectRawAsync();
        var will = new Will("gone", new byte[30_000], MqttQualityOfService.AtMostOnce, Retain: false);
        await heavy.GreetAsync("heavy", sessionExpiry: 100, with: c => c with { Will = will });
        using var stranger = await broker.ConnectRawAsync();
        using var again = await broker.ConnectRawAsync();
        using var later = await broker.ConnectRawAsync();

        Assert.Equal(MqttReasonCode.QuotaExceeded, (await stranger.GreetAsync("stranger")).ReasonCode);
        Assert.True((await again.GreetAsync("heavy", cleanStart: false)).SessionPresent);
        Assert.Equal(MqttReasonCode.SessionTakenOver, (await heavy.ReceiveAsync<DisconnectPacket>()).ReasonCode);
        Assert.Null(await heavy.TryReceiveAsync());
        Assert.Equal(MqttReasonCode.Success, (await later.GreetAsync("stranger")).ReasonCode);
    }
}
