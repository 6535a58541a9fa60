using System.Diagnostics;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class TakeOverTests
{
    [Fact]
    public async Task Old_connection_is_told_why_and_closed()
    {
        await using var broker = await TestBroker.StartAsync();
        using var old = await broker.SignInAsync("1");
        await old.SubscribeAsync("a");

        using var back = await broker.SignInAsync("1");

        Assert.Equal(MqttDisconnectReasonCode.SessionTakenOver, (await old.ReceiveAsync<MqttDisconnectPacket>()).ReasonCode);
        Assert.Null(await old.TryReceiveAsync());
        await back.PublishAsync("a", "x");
        await back.HearsNothingAsync();
        Assert.Equal(1, broker.Metrics.Connected);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Take_over_of_a_reader_that_does_not_read_keeps_nobody_waiting(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        using var speaker = await broker.SignInAsync("speaker");
        var old = new List<RawClient>();
        for (var i = 0; i < 5; i++)
        {
            old.Add(await broker.SignInAsync($"{i}", version));
            await old[i].SubscribeAsync("a");
        }

        await FillAsync(broker, speaker);

        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < 5; i++)
        {
            using var back = await broker.SignInAsync($"{i}", version);
            using var other = await broker.SignInAsync($"other-{i}", version);
            await back.HearsNothingAsync();
            await old[i].IsResetAsync();
        }

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Poll.UntilAsync("all is counted back", () => (broker.Metrics.PendingBytes, broker.Metrics.Connected) == (0, 1));
        old.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Take_over_of_a_client_that_takes_no_answers_keeps_nobody_waiting()
    {
        await using var broker = await TestBroker.StartAsync();
        using var old = await broker.SignInAsync("1");
        await Flood.WithUnreadAnswersAsync(old);

        var since = Stopwatch.GetTimestamp();
        using var back = await broker.SignInAsync("1");

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await old.IsResetAsync();
    }

    [Fact]
    public async Task Take_over_of_a_reader_that_does_not_read_tells_its_will_once()
    {
        await using var broker = await TestBroker.StartAsync();
        using var listener = await broker.SignInAsync("listener");
        await listener.SubscribeAsync("n/1/here");
        using var speaker = await broker.SignInAsync("speaker");
        using var old = await broker.OpenAsync();
        await old.SignInAsync(
            "1", connect => (connect.WillFlag, connect.WillTopic, connect.WillMessage) = (true, "n/1/here", "off"u8.ToArray()));
        await old.SubscribeAsync("a");
        await FillAsync(broker, speaker);

        using var back = await broker.SignInAsync("1");
        await old.IsResetAsync();
        await Poll.UntilAsync("the old one is gone", () => broker.Metrics.Connected == 3);
        await back.PublishAsync("n/1/here", "on");

        await listener.HearsAsync("off");
        await listener.HearsAsync("on");
        await listener.HearsNothingAsync();
    }

    [Fact]
    public async Task Take_over_by_many_at_once_leaves_one_that_can_be_disconnected()
    {
        await using var broker = await TestBroker.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => broker.OpenAsync()));
            await Task.WhenAll(clients.Select(client => client.SendAsync(RawClient.Connect("1"))));
            var ends = clients.Select(client => client.ReceiveUntilClosedAsync()).ToArray();
            await Poll.UntilAsync("at most one is left", () => ends.Count(end => !end.IsCompleted) <= 1);

            broker.Embedded.Disconnect("1");

            await Task.WhenAll(ends);
            await Poll.UntilAsync("none is left", () => broker.Metrics.Connected == 0);
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    private static async Task FillAsync(TestBroker broker, RawClient speaker)
    {
        var payload = new byte[60_000];
        while (broker.Metrics.Dropped < 10)
        {
            await speaker.SendAsync(speaker.Publish("a", payload, MqttQualityOfServiceLevel.AtLeastOnce));
            await speaker.ReceiveAsync<MqttPubAckPacket>();
        }
    }
}
